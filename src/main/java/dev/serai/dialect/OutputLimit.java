package dev.serai.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.serai.json.JsonDocument.Kind;
import dev.serai.json.JsonEdit;
import java.math.BigDecimal;

/** The limit that a request sets for the length of its answer, kept within a limit that it does not choose. */
public final class OutputLimit {
    private OutputLimit() {}

    /** Whether the request says anything here; null is nothing. */
    public static boolean isSaid(JsonEdit request, String name) {
        Kind kind = request.kind(name);
        return kind != null && kind != Kind.NULL;
    }

    /**
     * Sees to it that the member is a limit of so many tokens at most. What is no positive number is replaced too: some servers take -1 or
     * nonsense for no limit.
     */
    public static void keep(JsonEdit request, String name, long tokens) {
        if (!isWithin(request, name, tokens)) {
            request.set(name, json(tokens));
        }
    }

    /** The number as JSON. */
    public static byte[] json(long number) {
        return Long.toString(number).getBytes(US_ASCII);
    }

    /** Whether the member is a number from 1 to so many. Google's interfaces take numbers as strings as well. */
    public static boolean isWithin(JsonEdit request, String name, long tokens) {
        byte[] value = request.value(name);
        if (value == null) {
            return false;
        }
        String text = new String(value, US_ASCII).strip();
        boolean quoted = text.length() > 1 && text.startsWith("\"");
        try {
            BigDecimal said = new BigDecimal(quoted ? text.substring(1, text.length() - 1) : text);
            return said.signum() > 0 && said.compareTo(BigDecimal.valueOf(tokens)) <= 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
