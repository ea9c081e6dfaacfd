package dev.serai.testing;

import static org.assertj.core.api.Assertions.fail;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Waits for what other threads bring about, and no longer than it takes. A machine that stands still for a moment (a neighbour, a
 * collection of garbage) is no slow product: a look that comes late counts for no more than {@link #LOOK_AT_MOST_NANOS}.
 */
public final class Await {
    private static final long PATIENCE_MILLIS = 20_000;
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LOOK_AT_MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int STEADY_LOOKS = 200;

    private Await() {}

    /** Fails if it has not become true for long: for what need not be quick. */
    public static void until(String expected, BooleanSupplier condition) {
        within(PATIENCE_MILLIS, expected, condition);
    }

    /** Fails if it has not become true by then: for what is promised to be quick. */
    public static void within(long millis, String expected, BooleanSupplier condition) {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        long last = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (left < 0) {
                fail("not within " + millis + " ms: " + expected);
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            long now = System.nanoTime();
            left -= Math.min(now - last, LOOK_AT_MOST_NANOS);
            last = now;
        }
    }

    /** Waits until a count has begun to move and come to rest for almost half a second at least, and gives the count. */
    public static long rest(LongSupplier count) {
        until("the count moves", () -> count.getAsLong() > 0);
        long[] last = {count.getAsLong(), 0};
        until("the count comes to rest", () -> {
            long now = count.getAsLong();
            last[1] = now == last[0] ? last[1] + 1 : 0;
            last[0] = now;
            return last[1] > STEADY_LOOKS;
        });
        return last[0];
    }
}
