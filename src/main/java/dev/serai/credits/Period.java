package dev.serai.credits;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** After what time a budget begins anew, by the calendar in UTC. */
public enum Period {
    DAY,
    MONTH;

    /** The first day of the period that a day is in. */
    LocalDate begin(LocalDate day) {
        return this == DAY ? day : day.withDayOfMonth(1);
    }

    /** When the next one begins. */
    Instant next(LocalDate day) {
        LocalDate first = this == DAY ? day.plusDays(1) : begin(day).plusMonths(1);
        return first.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
