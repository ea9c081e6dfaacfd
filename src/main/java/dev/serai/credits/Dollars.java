package dev.serai.credits;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Money as text: a decimal number of US dollars, exact and without an exponent, such as {@code 0.00125}. */
public final class Dollars {
    public static final long NANOS_PER_CENT = 10_000_000;

    private static final int NANO_DIGITS = 9;
    private static final int PICO_DIGITS = 12;
    private static final Pattern FORM = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,12})?");

    private Dollars() {}

    public static String ofNanos(long nanos) {
        return text(BigDecimal.valueOf(nanos, NANO_DIGITS));
    }

    public static String ofPicos(long picos) {
        return text(BigDecimal.valueOf(picos, PICO_DIGITS));
    }

    private static String text(BigDecimal dollars) {
        return dollars.signum() == 0 ? "0" : dollars.stripTrailingZeros().toPlainString();
    }

    /** @throws IllegalArgumentException if the text is no such number, or finer than a nano-dollar */
    public static long nanos(String text) {
        return units(text, NANO_DIGITS);
    }

    /** @throws IllegalArgumentException if the text is no such number, or finer than a pico-dollar, or ten million dollars or more */
    public static long picos(String text) {
        return units(text, PICO_DIGITS);
    }

    private static long units(String text, int digits) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("must be an amount of US dollars, such as 12.50");
        }
        try {
            return new BigDecimal(text).movePointRight(digits).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "must be an amount of US dollars with at most " + digits + " digits behind the point", e);
        }
    }
}
