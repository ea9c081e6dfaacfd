package dev.serai.json;

import org.jspecify.annotations.Nullable;

/**
 * A JSON object kept as its bytes, with the place of each top-level member. Reading it checks the whole text strictly
 * (RFC 8259, no duplicate names at any depth, nothing behind the object); editing it splices, so that whatever is not edited
 * survives byte for byte: unknown fields, the order, numbers of any precision. Immutable.
 */
public final class JsonDocument {
    private JsonDocument() {}

    /** What kind of value a member has. */
    public enum Kind {
        STRING,
        NUMBER,
        BOOLEAN,
        NULL,
        ARRAY,
        OBJECT
    }

    /** @throws JsonException if the bytes are not exactly one JSON object */
    public static JsonDocument parse(byte[] bytes) throws JsonException {
        return parse(bytes, 0, bytes.length);
    }

    /** Like {@link #parse(byte[])} for a part of an array, which is not copied and must not change. */
    public static JsonDocument parse(byte[] bytes, int from, int to) throws JsonException {
        throw new JsonException("next commit");
    }

    /** The kind of a member's value; null if there is no such member. */
    public @Nullable Kind kind(String name) {
        return null;
    }

    /** The text of a string member; null if the member is absent or no string. */
    public @Nullable String string(String name) {
        return null;
    }
}
