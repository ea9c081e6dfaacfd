package dev.serai.credits;

import java.time.LocalDate;
import java.util.Map;

/** What access keys have spent, as the store has it. */
@FunctionalInterface
public interface Spending {
    /**
     * What the keys of an account have spent since the first of the month. A key that has spent nothing may be missing. Blocks.
     *
     * @param day of the month, by UTC
     * @return by the ids of the keys
     * @throws RuntimeException of the store, if it is away
     */
    Map<String, Spent> spent(String accountId, LocalDate day);

    /**
     * So much, whoever pays for the models.
     *
     * @param dayNanos   on that day
     * @param monthNanos in all the month, that day included
     */
    record Spent(long dayNanos, long monthNanos) {
        static final Spent NOTHING = new Spent(0, 0);

        Spent plus(Spent other) {
            return new Spent(dayNanos + other.dayNanos, monthNanos + other.monthNanos);
        }

        Spent plus(long nanos) {
            return new Spent(dayNanos + nanos, monthNanos + nanos);
        }

        /** What is known twice: who knows of less has not heard of everything. */
        Spent orMore(Spent other) {
            return new Spent(Math.max(dayNanos, other.dayNanos), Math.max(monthNanos, other.monthNanos));
        }

        long nanos(Period period) {
            return period == Period.DAY ? dayNanos : monthNanos;
        }
    }
}
