package dev.serai.credits;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** After what time a budget begins anew, by the calendar in UTC. */
public enum Period {
    DAY,
    MONTH;

    /** When the one ends that a day is in. */
    Instant next(LocalDate day) {
        LocalDate first = this == DAY ? day.plusDays(1) : day.withDayOfMonth(1).plusMonths(1);
        return first.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
