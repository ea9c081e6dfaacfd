package dev.serai.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object kept as its bytes, with the place of each top-level member. Reading it checks the whole text strictly
 * (RFC 8259, no duplicate names at any depth, nothing behind the object); editing it splices, so that whatever is not
 * edited survives byte for byte: unknown fields, the order, numbers of any precision. A byte-order mark in front is
 * accepted and is no part of the document. Immutable.
 */
public final class JsonDocument {
    private final byte[] bytes;
    private final int from;
    private final int to;
    private final List<Member> members;

    private JsonDocument(byte[] bytes, int from, int to, List<Member> members) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.members = members;
    }

    /** What kind of value a member has. */
    public enum Kind {
        STRING,
        NUMBER,
        BOOLEAN,
        NULL,
        ARRAY,
        OBJECT
    }

    /** A value's kind and where it stands in {@link #array}. */
    public record Value(Kind kind, JsonSpan span) {}

    /** A member: its name, where the quote before its name stands, and its value. */
    record Member(String name, int from, Value value) {
        int to() {
            return value.span().to();
        }
    }

    /**
     * Reads an array, which is not copied and must not change.
     *
     * @throws JsonException if the bytes are not exactly one JSON object
     */
    public static JsonDocument parse(byte[] bytes) throws JsonException {
        return parse(bytes, 0, bytes.length);
    }

    /** Like {@link #parse(byte[])} for a part of an array. */
    public static JsonDocument parse(byte[] bytes, int from, int to) throws JsonException {
        return parse(bytes, from, to, true);
    }

    /**
     * Like {@link #parse(byte[])}, but a name may appear twice: for what is handed on as it is, where nobody could be led to read
     * another value than was checked.
     */
    public static JsonDocument parseLeniently(byte[] bytes) throws JsonException {
        return parse(bytes, 0, bytes.length, false);
    }

    private static JsonDocument parse(byte[] bytes, int from, int to, boolean strictly) throws JsonException {
        int start = JsonBytes.behindMark(bytes, from, to);
        int malformed = JsonBytes.firstMalformed(bytes, start, to);
        if (malformed < to) {
            throw JsonException.at("the body is not valid UTF-8", bytes, start, malformed);
        }
        return read(
                strictly ? JsonCursor.openStrict(bytes, start, to) : JsonCursor.open(bytes, start, to),
                bytes,
                start,
                to);
    }

    private static JsonDocument read(JsonCursor cursor, byte[] bytes, int from, int to) throws JsonException {
        try (JsonCursor json = cursor) {
            List<Member> members = members(json);
            json.expectEnd();
            return new JsonDocument(bytes, from, to, members);
        }
    }

    private static List<Member> members(JsonCursor json) throws JsonException {
        List<Member> members = new ArrayList<>(16);
        while (json.nextName()) {
            String name = json.name();
            int nameFrom = json.tokenFrom();
            json.next();
            Kind kind = json.kind();
            members.add(new Member(name, nameFrom, new Value(kind, json.skipToSpan())));
        }
        return members;
    }

    /** The kind of a member's value; null if there is no such member. */
    public @Nullable Kind kind(String name) {
        Value value = value(name);
        return value == null ? null : value.kind();
    }

    /** The text of a string member; null if the member is absent or no string. */
    public @Nullable String string(String name) {
        Value value = value(name);
        return value == null || value.kind() != Kind.STRING ? null : JsonText.decode(bytes, value.span());
    }

    /** The JSON of a member's value, copied; null if there is no such member. */
    public byte @Nullable [] json(String name) {
        Value value = value(name);
        return value == null
                ? null
                : Arrays.copyOfRange(bytes, value.span().from(), value.span().to());
    }

    /** Whether the member is there and is {@code true}. */
    public boolean isTrue(String name) {
        Value value = value(name);
        return value != null
                && value.kind() == Kind.BOOLEAN
                && bytes[value.span().from()] == 't';
    }

    /** The value of an integer member; {@code otherwise} if it is absent, no integer, or larger than 64 bits. */
    public long integer(String name, long otherwise) {
        Value value = value(name);
        if (value == null || value.kind() != Kind.NUMBER) {
            return otherwise;
        }
        try {
            return Long.parseLong(ascii(value.span()));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** The texts of an array of strings; null if the member is absent, no array, or holds anything else. */
    public @Nullable List<String> strings(String name) {
        if (kind(name) != Kind.ARRAY) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (Value element : elements(name)) {
            if (element.kind() != Kind.STRING) {
                return null;
            }
            texts.add(JsonText.decode(bytes, element.span()));
        }
        return texts;
    }

    /** The elements of an array member, in order; empty if the member is absent or no array. */
    public List<Value> elements(String name) {
        if (kind(name) != Kind.ARRAY) {
            return List.of();
        }
        List<Value> elements = new ArrayList<>();
        try (JsonCursor json = JsonCursor.open(bytes, from, to)) {
            while (json.nextMember() && !json.name().equals(name)) {
                json.skip();
            }
            while (json.nextElement()) {
                elements.add(new Value(json.kind(), json.skipToSpan()));
            }
            return elements;
        } catch (JsonException e) {
            throw new IllegalStateException("the bytes of a document have changed", e);
        }
    }

    /** An object member as a document on the same bytes; null if the member is absent or no object. */
    public @Nullable JsonDocument object(String name) {
        Value value = value(name);
        return value == null || value.kind() != Kind.OBJECT ? null : object(value);
    }

    /** An object of this document, such as one of its {@link #elements}, as a document on the same bytes. */
    public JsonDocument object(Value value) {
        try {
            int first = value.span().from();
            int behind = value.span().to();
            // The whole was checked when it was read, as strictly as it had to be.
            return read(JsonCursor.open(bytes, first, behind), bytes, first, behind);
        } catch (JsonException e) {
            throw new IllegalStateException("no object of this document, or its bytes have changed", e);
        }
    }

    /** Begins a pass over the document. */
    public JsonCursor cursor() {
        try {
            return JsonCursor.open(bytes, from, to);
        } catch (JsonException e) {
            throw new IllegalStateException("the bytes of a document have changed", e);
        }
    }

    /** Begins a changed copy. */
    public JsonEdit edit() {
        return new JsonEdit(this);
    }

    /** The number of bytes. */
    public int size() {
        return to - from;
    }

    /** The bytes of this document: the array it was read from if it fills it, else a copy. Not to be changed. */
    public byte[] bytes() {
        return from == 0 && to == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, to);
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, from, size());
    }

    /** The array that holds this document, and to which every {@link JsonSpan} refers. Not to be changed. */
    public byte[] array() {
        return bytes;
    }

    /**
     * The string that the last member of this name has, however deep it lies in a member of this document; null if there is none, or its
     * value is no string. Looks from the end, and so finds what stands behind a long text without reading the text.
     */
    public @Nullable String lastString(String within, String name) {
        Value value = value(within);
        byte[] sought = ('"' + name + '"').getBytes(StandardCharsets.US_ASCII);
        int first = value == null ? 0 : value.span().from();
        for (int at = value == null ? -1 : value.span().to() - sought.length; at > first; at--) {
            boolean isName = bytes[at] == '"'
                    && bytes[at - 1] != '\\'
                    && Arrays.equals(bytes, at, at + sought.length, sought, 0, sought.length);
            int colon = isName ? JsonBytes.firstFrom(bytes, at + sought.length, to) : to;
            if (colon < to && bytes[colon] == ':') {
                return stringAt(JsonBytes.firstFrom(bytes, colon + 1, to));
            }
        }
        return null;
    }

    private @Nullable String stringAt(int start) {
        if (start >= to || bytes[start] != '"') {
            return null;
        }
        int end = start + 1;
        while (bytes[end] != '"') {
            end += bytes[end] == '\\' ? 2 : 1;
        }
        return JsonText.decode(bytes, new JsonSpan(start, end + 1));
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    List<Member> members() {
        return members;
    }

    private @Nullable Value value(String name) {
        for (Member member : members) {
            if (member.name().equals(name)) {
                return member.value();
            }
        }
        return null;
    }

    private String ascii(JsonSpan span) {
        return new String(bytes, span.from(), span.to() - span.from(), StandardCharsets.ISO_8859_1);
    }
}
