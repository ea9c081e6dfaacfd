package dev.serai.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as files and headers have them: {@code 250ms}, {@code 2s}, {@code 5m}, {@code 1h}. */
public final class DurationText {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private DurationText() {}

    /** @throws IllegalArgumentException if it has another form, or is nothing at all; the message begins with "has" */
    public static Duration parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("has '" + text + "', which is no time like 250ms, 2s, 5m or 1h");
        }
        long amount = Long.parseLong(form.group(1));
        if (amount == 0) {
            throw new IllegalArgumentException("has '" + text + "', which is no time at all");
        }
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    /** The shortest text that {@link #parse} reads as this time; what is below a millisecond is lost. */
    public static String of(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }
}
