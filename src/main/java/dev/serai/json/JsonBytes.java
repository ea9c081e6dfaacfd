package dev.serai.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What JSON needs to know of single bytes: white space, the byte-order mark, well-formed UTF-8. */
final class JsonBytes {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NOT_ASCII = 0x8080808080808080L;

    private JsonBytes() {}

    /** The index of the first byte that is no white space; {@code to} if there is none. */
    static int firstFrom(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && isSpace(bytes[i])) {
            i++;
        }
        return i;
    }

    /** What kind of value this valid JSON is. */
    static JsonDocument.Kind kind(byte[] json) {
        return switch (json[firstFrom(json, 0, json.length)]) {
            case '{' -> JsonDocument.Kind.OBJECT;
            case '[' -> JsonDocument.Kind.ARRAY;
            case '"' -> JsonDocument.Kind.STRING;
            case 't', 'f' -> JsonDocument.Kind.BOOLEAN;
            case 'n' -> JsonDocument.Kind.NULL;
            default -> JsonDocument.Kind.NUMBER;
        };
    }

    /** The index of the last byte before {@code index} that is no white space; there must be one. */
    static int lastBefore(byte[] bytes, int index) {
        int i = index - 1;
        while (isSpace(bytes[i])) {
            i--;
        }
        return i;
    }

    /** Behind the byte-order mark, if the text begins with one. */
    static int behindMark(byte[] bytes, int from, int to) {
        boolean marked = to - from >= 3
                && bytes[from] == (byte) 0xEF
                && bytes[from + 1] == (byte) 0xBB
                && bytes[from + 2] == (byte) 0xBF;
        return marked ? from + 3 : from;
    }

    /**
     * The index of the brace that opens the object. Whoever parses from there needs no guess at the encoding: a zero
     * byte behind the brace, which would look like UTF-16, is refused here.
     */
    static int openingBrace(byte[] bytes, int from, int to) throws JsonException {
        int first = firstFrom(bytes, from, to);
        if (first == to) {
            throw new JsonException("the body is empty; it must be a JSON object");
        }
        return switch (bytes[first]) {
            case '{' -> {
                if (first + 1 < to && bytes[first + 1] == 0) {
                    throw JsonException.at("the body is not valid JSON", bytes, from, first + 1);
                }
                yield first;
            }
            case '[' -> throw new JsonException("the body is a JSON array; it must be an object");
            case '"' -> throw new JsonException("the body is a JSON string; it must be an object");
            default -> throw new JsonException("the body is not a JSON object");
        };
    }

    /** The index of the first byte that begins no well-formed UTF-8 sequence (RFC 3629); {@code to} if all is well. */
    static int firstMalformed(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            if (i + Long.BYTES <= to && ((long) EIGHT.get(bytes, i) & NOT_ASCII) == 0) {
                i += Long.BYTES;
            } else if (bytes[i] >= 0) {
                i++;
            } else {
                int length = sequence(bytes, i, to);
                if (length == 0) {
                    return i;
                }
                i += length;
            }
        }
        return to;
    }

    /** How many bytes the sequence of a character beyond ASCII has; 0 if it is malformed. */
    private static int sequence(byte[] bytes, int i, int to) {
        int lead = bytes[i] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || i + length > to) {
            return 0;
        }
        int second = bytes[i + 1] & 0xFF;
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int k = 2; k < length; k++) {
            if ((bytes[i + k] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
