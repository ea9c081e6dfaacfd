package dev.serai.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;

/** JSON strings: from their bytes to text and back. */
public final class JsonText {
    private JsonText() {}

    /** The text as a JSON string, quotes included, in UTF-8; half a surrogate pair becomes a question mark. */
    public static byte[] quoted(String text) {
        byte[] inner = JsonStringEncoder.getInstance().quoteAsUTF8(wellFormed(text));
        byte[] quoted = new byte[inner.length + 2];
        quoted[0] = '"';
        System.arraycopy(inner, 0, quoted, 1, inner.length);
        quoted[quoted.length - 1] = '"';
        return quoted;
    }

    /** The text with a question mark for each half of a surrogate pair, which JSON may escape but UTF-8 cannot hold. */
    public static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** The text of a string in valid JSON. */
    public static String decode(byte[] bytes, JsonSpan span) {
        int from = span.from() + 1;
        int to = span.to() - 1;
        int plain = from;
        while (plain < to && bytes[plain] != '\\') {
            plain++;
        }
        String head = new String(bytes, from, plain - from, StandardCharsets.UTF_8);
        return plain == to ? head : unescape(head, bytes, plain, to);
    }

    private static String unescape(String head, byte[] bytes, int from, int to) {
        String rest = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(head.length() + rest.length()).append(head);
        int i = 0;
        while (i < rest.length()) {
            char c = rest.charAt(i++);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = rest.charAt(i++);
            if (escaped == 'u') {
                text.append((char) Integer.parseInt(rest, i, i + 4, 16));
                i += 4;
            } else {
                text.append(plain(escaped));
            }
        }
        return text.toString();
    }

    private static char plain(char escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped;
        };
    }
}
