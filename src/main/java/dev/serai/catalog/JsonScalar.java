package dev.serai.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.json.JsonSpan;
import dev.serai.json.JsonText;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Values of parameters for comparing: {@code 1}, {@code 1.0} and {@code 1e0} are one number, however a string is escaped. */
final class JsonScalar {
    private JsonScalar() {}

    /**
     * Something that equals the same of every JSON text with this value: a {@link String}, a {@link BigDecimal}, a {@link Boolean}.
     *
     * @param json one valid JSON value without space around it
     * @return null for null, for an array, for an object, and for a number that no rule could mean
     */
    static @Nullable Object of(byte[] json) {
        return switch (json[0]) {
            case '"' -> JsonText.decode(json, new JsonSpan(0, json.length));
            case 't' -> true;
            case 'f' -> false;
            case 'n', '{', '[' -> null;
            default -> number(json);
        };
    }

    static @Nullable Object of(String json) {
        return of(json.getBytes(UTF_8));
    }

    /** The number, without regard to its scale; null if this is none, or one whose exponent nobody computes with. */
    static @Nullable BigDecimal number(byte[] json) {
        try {
            return new BigDecimal(new String(json, UTF_8)).stripTrailingZeros();
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }
}
