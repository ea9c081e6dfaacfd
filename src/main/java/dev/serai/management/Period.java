package dev.serai.management;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Days (UTC), as the parameters {@code from} and {@code to} name them.
 *
 * @param to the last one, inclusive
 */
record Period(LocalDate from, LocalDate to) {
    private static final int USUAL_DAYS = 30;

    /** The last thirty days, if nothing is named. */
    static Period days(Map<String, String> query, Clock clock) {
        LocalDate to = query.containsKey("to")
                ? day("to", query.getOrDefault("to", ""))
                : LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate from =
                query.containsKey("from") ? day("from", query.getOrDefault("from", "")) : to.minusDays(USUAL_DAYS - 1);
        if (to.isBefore(from)) {
            throw ApiException.invalid("to is before from");
        }
        return new Period(from, to);
    }

    /** The first moment, where a moment may be named, too; null if there is none. */
    static @Nullable Instant from(Map<String, String> query) {
        String text = query.get("from");
        return text == null ? null : moment("from", text, 0);
    }

    /** The first moment that is not meant any more: the end of a day that is named; null if there is none. */
    static @Nullable Instant to(Map<String, String> query) {
        String text = query.get("to");
        return text == null ? null : moment("to", text, 1);
    }

    private static Instant moment(String name, String text, int daysOn) {
        try {
            return text.length() > "2026-11-22".length()
                    ? OffsetDateTime.parse(text).toInstant()
                    : day(name, text).plusDays(daysOn).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw ApiException.invalid(
                    name + " must be a day such as 2026-11-22, or a time such as 2026-11-22T12:00:00Z");
        }
    }

    private static LocalDate day(String name, String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 1970 && day.getYear() <= 9999) {
                return day;
            }
        } catch (DateTimeException e) {
            // told below
        }
        throw ApiException.invalid(name + " must be a day such as 2026-11-22");
    }
}
