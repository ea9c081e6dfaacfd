package dev.serai.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Changes to the members of a document, and to those of the objects among them. What is not set or removed keeps its bytes and its
 * place; a member that was not there is appended. What is asked is answered with the changes made so far; the document itself does
 * not change. Not thread-safe.
 */
public final class JsonEdit {
    private static final byte[] REMOVED = {};
    private static final byte[] NOTHING = {};
    private static final byte[] COMMA = {','};
    private static final byte[] COLON = {':'};

    private final JsonDocument document;
    private final Map<String, byte[]> changes = new LinkedHashMap<>();
    private final Map<String, JsonEdit> opened = new LinkedHashMap<>();

    JsonEdit(JsonDocument document) {
        this.document = document;
    }

    /** What the changes are made to. */
    public JsonDocument document() {
        return document;
    }

    /** The kind of the member's value as it is now; null if there is no such member. */
    public JsonDocument.@Nullable Kind kind(String name) {
        byte[] change = changes.get(name);
        return change == null ? document.kind(name) : change == REMOVED ? null : JsonBytes.kind(change);
    }

    /** The JSON of the member's value as it is now; null if there is no such member. Not to be changed. */
    public byte @Nullable [] value(String name) {
        JsonEdit inside = opened.get(name);
        if (inside != null) {
            return inside.toBytes();
        }
        byte[] change = changes.get(name);
        return change == null ? document.json(name) : change == REMOVED ? null : change;
    }

    /** The object that is the member's value now, for changes inside it; null if the member is absent or no object. */
    public @Nullable JsonEdit object(String name) {
        if (kind(name) != JsonDocument.Kind.OBJECT) {
            return null;
        }
        JsonEdit inside = opened.get(name);
        if (inside == null) {
            inside = new JsonEdit(objectNow(name));
            opened.put(name, inside);
        }
        return inside;
    }

    private JsonDocument objectNow(String name) {
        byte[] change = changes.get(name);
        JsonDocument unchanged = change == null ? document.object(name) : null;
        try {
            return unchanged != null ? unchanged : JsonDocument.parse(Objects.requireNonNull(change));
        } catch (JsonException e) {
            throw new IllegalStateException("what was set is no JSON", e);
        }
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
        opened.remove(name);
        changes.put(name, json);
        return this;
    }

    /** Sets the member to a string. */
    public JsonEdit set(String name, String text) {
        return set(name, JsonText.quoted(text));
    }

    /** Removes the member if it is there. */
    public JsonEdit remove(String name) {
        opened.remove(name);
        changes.put(name, REMOVED);
        return this;
    }

    /** The changed document; the document's own bytes if there is nothing to change. */
    public byte[] toBytes() {
        return isChanged() ? spliced() : document.bytes();
    }

    private boolean isChanged() {
        opened.forEach((name, inside) -> {
            if (inside.isChanged()) {
                changes.put(name, inside.toBytes());
            }
        });
        changes.entrySet().removeIf(change -> change.getValue() == REMOVED && document.kind(change.getKey()) == null);
        return !changes.isEmpty();
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
