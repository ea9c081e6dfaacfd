package dev.serai.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a JSON object in a byte array, for a reader that wants a few of its values and the places of others. It
 * stands on one value at a time, at first on the object itself, and checks the syntax as far as it moves. Every value
 * it stands on must be left behind, by walking through it or by {@link #skip}, before the next one. Not thread-safe;
 * close it, so that its buffers are used again.
 */
public final class JsonCursor implements AutoCloseable {
    private static final int MAX_DEPTH = 512;
    private static final int MAX_NUMBER_DIGITS = 1_000;
    private static final int MAX_QUOTED_NAME = 100;

    private static final JsonFactory STRICT = factory(true);
    private static final JsonFactory PLAIN = factory(false);

    private final byte[] bytes;
    private final int from;
    private final int to;
    private final int base;
    private final JsonParser parser;

    private JsonCursor(JsonFactory factory, byte[] bytes, int from, int to) throws JsonException {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.base = JsonBytes.openingBrace(bytes, from, to);
        try {
            this.parser = factory.createParser(bytes, base, to - base);
        } catch (IOException e) {
            throw JsonException.at("the body is not valid JSON", bytes, from, base);
        }
        next();
    }

    /**
     * For JSON that is looked through and handed on: a name that appears twice passes.
     *
     * @throws JsonException if the bytes do not begin with an object
     */
    public static JsonCursor open(byte[] bytes, int from, int to) throws JsonException {
        return new JsonCursor(PLAIN, bytes, from, to);
    }

    /** Like {@link #open}, but refuses an object, however deep, that has the same name twice. */
    static JsonCursor openStrict(byte[] bytes, int from, int to) throws JsonException {
        return new JsonCursor(STRICT, bytes, from, to);
    }

    private static JsonFactory factory(boolean strict) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNumberLength(MAX_NUMBER_DIGITS)
                .maxStringLength(Integer.MAX_VALUE)
                .build();
        return JsonFactory.builder()
                .streamReadConstraints(constraints)
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, strict)
                // Names come from outside: they must not stay in the virtual machine's table of strings.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    /** Moves into the object it stands on, or from member to member: to the next value; false at the object's end. */
    public boolean nextMember() throws JsonException {
        if (next() != JsonToken.FIELD_NAME) {
            return false;
        }
        next();
        return true;
    }

    /** Moves into the array it stands on, or from element to element; false at the array's end. */
    public boolean nextElement() throws JsonException {
        return next() != JsonToken.END_ARRAY;
    }

    /** Like {@link #nextMember}, but stops at the name; {@link #next} then moves to the value. */
    boolean nextName() throws JsonException {
        return next() == JsonToken.FIELD_NAME;
    }

    @Nullable
    JsonToken next() throws JsonException {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** The name of the member whose value it stands on. */
    public String name() throws JsonException {
        try {
            return String.valueOf(parser.currentName());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    public boolean isNull() {
        return parser.hasToken(JsonToken.VALUE_NULL);
    }

    public boolean isObject() {
        return parser.hasToken(JsonToken.START_OBJECT);
    }

    public boolean isArray() {
        return parser.hasToken(JsonToken.START_ARRAY);
    }

    JsonDocument.Kind kind() {
        return switch (parser.currentToken()) {
            case START_OBJECT -> JsonDocument.Kind.OBJECT;
            case START_ARRAY -> JsonDocument.Kind.ARRAY;
            case VALUE_STRING -> JsonDocument.Kind.STRING;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonDocument.Kind.NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> JsonDocument.Kind.BOOLEAN;
            case VALUE_NULL -> JsonDocument.Kind.NULL;
            default -> throw new IllegalStateException("the cursor stands on no value");
        };
    }

    /** The text of a string; null for any other value, which stays to be left behind. */
    public @Nullable String string() throws JsonException {
        try {
            return parser.hasToken(JsonToken.VALUE_STRING) ? parser.getText() : null;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * The value of an integer of at most 64 bits; {@code otherwise} for any other value, which stays to be left behind.
     */
    public long integer(long otherwise) throws JsonException {
        try {
            boolean fits = parser.hasToken(JsonToken.VALUE_NUMBER_INT)
                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
            return fits ? parser.getLongValue() : otherwise;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Where the text of the string that it stands on begins in the array, behind the quote; -1 if it stands on another value. */
    public int stringFrom() {
        return parser.hasToken(JsonToken.VALUE_STRING) ? tokenFrom() + 1 : -1;
    }

    /** Leaves the value behind, with all that lies in it. */
    public void skip() throws JsonException {
        try {
            parser.skipChildren();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Leaves the value behind and says where it is. */
    public JsonSpan skipToSpan() throws JsonException {
        int valueFrom = tokenFrom();
        try {
            parser.skipChildren();
            parser.finishToken();
        } catch (IOException e) {
            throw failure(e);
        }
        return new JsonSpan(valueFrom, position());
    }

    /**
     * Leaves the value behind and says whether it holds anything: null, false, an empty string, array or object does
     * not.
     */
    public boolean skipToContent() throws JsonException {
        boolean holds =
                switch (parser.currentToken()) {
                    case VALUE_NULL, VALUE_FALSE -> false;
                    case VALUE_STRING -> bytes[tokenFrom() + 1] != '"';
                    case START_ARRAY, START_OBJECT -> !isEmpty();
                    default -> true;
                };
        skip();
        return holds;
    }

    private boolean isEmpty() {
        int inside = JsonBytes.firstFrom(bytes, tokenFrom() + 1, to);
        return inside < to && (bytes[inside] == ']' || bytes[inside] == '}');
    }

    /**
     * Checks that nothing but space follows the object, which must have been walked to its end.
     *
     * @throws JsonException if anything follows
     */
    public void expectEnd() throws JsonException {
        int behind = JsonBytes.firstFrom(bytes, position(), to);
        if (behind < to) {
            throw JsonException.at("something follows the JSON object", bytes, from, behind);
        }
    }

    /** The first byte of the value or name it stands on. */
    int tokenFrom() {
        return base + (int) parser.currentTokenLocation().getByteOffset();
    }

    /** Behind the last byte that was read. */
    int position() {
        return base + (int) parser.currentLocation().getByteOffset();
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw new AssertionError("closing reads nothing", e);
        }
    }

    private JsonException failure(IOException e) {
        if (e instanceof StreamConstraintsException) {
            return new JsonException(
                    "the body is nested deeper than " + MAX_DEPTH + " levels, or has a number of more than "
                            + MAX_NUMBER_DIGITS + " digits or a name that is too long");
        }
        if (e instanceof JsonEOFException) {
            return JsonException.at("the body ends in the middle of its JSON", bytes, from, to);
        }
        if (String.valueOf(e.getMessage()).startsWith("Duplicate field ")) {
            String name = printable(String.valueOf(parser.getParsingContext().getCurrentName()));
            return JsonException.at("the key \"" + name + "\" appears twice in one object", bytes, from, offset(e));
        }
        return JsonException.at("the body is not valid JSON", bytes, from, offset(e));
    }

    private int offset(IOException e) {
        int offset = e instanceof JsonProcessingException json && json.getLocation() != null
                ? base + (int) json.getLocation().getByteOffset()
                : position();
        return Math.min(offset, to - 1);
    }

    private static String printable(String name) {
        StringBuilder text = new StringBuilder();
        name.codePoints()
                .limit(MAX_QUOTED_NAME)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
                .forEach(text::appendCodePoint);
        return text.toString();
    }
}
