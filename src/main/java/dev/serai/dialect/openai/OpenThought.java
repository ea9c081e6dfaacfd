package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Signature;
import dev.serai.dialect.JsonTree;
import org.jspecify.annotations.Nullable;

/** What the thinking at hand is signed with in the end, and how to tell whether more of it comes. */
final class OpenThought {
    private @Nullable String field;
    private ObjectNode detail = JsonTree.NODES.objectNode();
    private int length;
    private int hash;

    static OpenThought ofField(String field) {
        OpenThought thought = new OpenThought();
        thought.field = field;
        return thought;
    }

    static OpenThought ofDetail(ObjectNode detail) {
        OpenThought thought = new OpenThought();
        thought.merge(detail);
        return thought;
    }

    boolean isOfField(String name) {
        return name.equals(field);
    }

    /** The next piece of the same detail: of the same type, and with the same index as far as there is one. */
    boolean goesOnWith(ObjectNode next) {
        return field == null
                && detail.path("type").equals(next.path("type"))
                && (!next.hasNonNull("index") || detail.path("index").equals(next.path("index")));
    }

    /** A detail that repeats what the plain field has said: to sign it, or because it ends there. */
    boolean isWrittenAgainBy(String words) {
        return field != null && length > 0 && words.length() == length && words.hashCode() == hash;
    }

    void become(ObjectNode signed) {
        field = null;
        merge(signed);
    }

    void merge(ObjectNode more) {
        more.properties().forEach(member -> {
            if (!member.getValue().isNull()) {
                detail.set(member.getKey(), member.getValue());
            }
        });
    }

    /** The hash of all pieces is that of the whole string: it grows like String.hashCode does. */
    void count(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            hash = 31 * hash + piece.charAt(i);
        }
        length += piece.length();
    }

    Signature signature(@Nullable String model) {
        return field == null ? ChatThoughts.ofDetail(detail, model) : ChatThoughts.ofField(field, model);
    }
}
