package dev.serai.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes to the top-level members of a document. What is not set or removed keeps its bytes and its place; a member
 * that was not there is appended. The document itself does not change. Not thread-safe.
 */
public final class JsonEdit {
    private static final byte[] REMOVED = {};
    private static final byte[] NOTHING = {};
    private static final byte[] COMMA = {','};
    private static final byte[] COLON = {':'};

    private final JsonDocument document;
    private final Map<String, byte[]> changes = new LinkedHashMap<>();

    JsonEdit(JsonDocument document) {
        this.document = document;
    }

    /**
     * Sets the member to a value that is JSON already.
     *
     * @param json the bytes of one valid JSON value; the caller vouches for it
     */
    public JsonEdit set(String name, byte[] json) {
        if (json.length == 0) {
            throw new IllegalArgumentException("no JSON value is empty");
        }
        changes.put(name, json);
        return this;
    }

    /** Sets the member to a string. */
    public JsonEdit set(String name, String text) {
        return set(name, JsonText.quoted(text));
    }

    /** Removes the member if it is there. */
    public JsonEdit remove(String name) {
        changes.put(name, REMOVED);
        return this;
    }

    /** The changed document; the document's own bytes if there is nothing to change. */
    public byte[] toBytes() {
        changes.entrySet().removeIf(change -> change.getValue() == REMOVED && document.kind(change.getKey()) == null);
        return changes.isEmpty() ? document.bytes() : spliced();
    }

    private byte[] spliced() {
        byte[] source = document.array();
        int inside = JsonBytes.firstFrom(source, document.from(), document.to()) + 1;
        Splice out = new Splice().add(source, document.from(), inside);
        Map<String, byte[]> appended = new LinkedHashMap<>(changes);
        boolean empty = true;
        int behind = inside;
        for (JsonDocument.Member member : document.members()) {
            byte[] change = appended.remove(member.name());
            if (change != REMOVED) {
                addGap(out, empty, inside, behind, member);
                addMember(out, member, change);
                empty = false;
            }
            behind = member.to();
        }
        for (Map.Entry<String, byte[]> member : appended.entrySet()) {
            out.add(empty ? NOTHING : COMMA)
                    .add(JsonText.quoted(member.getKey()))
                    .add(COLON)
                    .add(member.getValue());
            empty = false;
        }
        return out.add(source, behind, document.to()).toBytes();
    }

    /**
     * What stands between members stays with the one behind it; the first that is kept gets what stood before the
     * first.
     */
    private void addGap(Splice out, boolean first, int inside, int behind, JsonDocument.Member member) {
        if (first) {
            out.add(document.array(), inside, document.members().get(0).from());
        } else {
            out.add(document.array(), behind, member.from());
        }
    }

    private void addMember(Splice out, JsonDocument.Member member, byte @Nullable [] change) {
        if (change == null) {
            out.add(document.array(), member.from(), member.to());
        } else {
            out.add(document.array(), member.from(), member.value().span().from())
                    .add(change);
        }
    }
}
