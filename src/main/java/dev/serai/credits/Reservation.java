package dev.serai.credits;

import java.time.Instant;
import java.util.List;

/** A part of budgets that is kept for a request which is under way. Thread-safe. */
public final class Reservation {
    private final Purse purse;
    private final List<Budget> budgets;
    private long nanos;

    Reservation(Purse purse, List<Budget> budgets, long nanos) {
        this.purse = purse;
        this.budgets = budgets;
        this.nanos = nanos;
    }

    /** So much was used, more or less than is kept, or after it was released. */
    public void spend(long used, Instant now) {
        purse.spend(budgets, used, now);
    }

    /** Nothing is kept any more. To do so again does no harm. */
    public void release() {
        long kept;
        synchronized (this) {
            kept = nanos;
            nanos = 0;
        }
        if (kept > 0) {
            purse.free(budgets, kept);
        }
    }
}
