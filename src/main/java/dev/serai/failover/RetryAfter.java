package dev.serai.failover;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long a provider wants to be left alone, by its headers: {@code retry-after-ms}, or {@code retry-after} in seconds or as a date
 * (RFC 9110, 10.2.3).
 */
public final class RetryAfter {
    /** Whatever a provider says, no key rests longer. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /**
     * @param headers names in lower case
     * @return null if there is none that can be read; never negative
     */
    public static @Nullable Duration of(Map<String, String> headers, Instant now) {
        Duration exact = number(headers.get("retry-after-ms"), 1);
        if (exact != null) {
            return exact;
        }
        String said = headers.get("retry-after");
        Duration seconds = number(said, 1_000);
        return seconds != null || said == null ? seconds : date(said.strip(), now);
    }

    private static @Nullable Duration number(@Nullable String text, int millisEach) {
        if (text == null || !text.strip().matches("\\d{1,12}(\\.\\d{1,9})?")) {
            return null;
        }
        return atMost(Duration.ofMillis((long) (Double.parseDouble(text.strip()) * millisEach)));
    }

    private static @Nullable Duration date(String text, Instant now) {
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return until.isBefore(now) ? Duration.ZERO : atMost(Duration.between(now, until));
        } catch (DateTimeException noDate) {
            return null;
        }
    }

    private static Duration atMost(Duration said) {
        return said.compareTo(LONGEST) > 0 ? LONGEST : said;
    }
}
