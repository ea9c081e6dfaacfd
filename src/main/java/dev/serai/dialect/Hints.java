package dev.serai.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.stream.Stream;

/** Names and values of JSON whose absence says something, to look for without reading. Immutable. */
public final class Hints {
    /** Never there. */
    public static final Hints NONE = new Hints();

    private final byte[][] quoted;

    private Hints(String... words) {
        quoted = Stream.of(words)
                .map(word -> ('"' + word + '"').getBytes(US_ASCII))
                .toArray(byte[][]::new);
    }

    /** @param words names or whole values, in ASCII, as they stand between quotes */
    public static Hints of(String... words) {
        return new Hints(words);
    }

    /** Whether any of the words stands in the JSON. What is written with escapes is not found. */
    public boolean occurIn(byte[] json) {
        if (quoted.length == 0) {
            return false;
        }
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '"' && begins(json, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean begins(byte[] json, int from) {
        for (byte[] word : quoted) {
            int to = from + word.length;
            if (to <= json.length && Arrays.equals(json, from, to, word, 0, word.length)) {
                return true;
            }
        }
        return false;
    }
}
