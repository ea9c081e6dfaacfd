package dev.serai.testing;

import static org.assertj.core.api.Assertions.fail;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for what other threads bring about, and no longer than it takes. */
public final class Await {
    private static final long PATIENCE_MILLIS = 5_000;
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long STEADY_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private Await() {}

    /** Fails if it has not become true within five seconds. */
    public static void until(String expected, BooleanSupplier condition) {
        within(PATIENCE_MILLIS, expected, condition);
    }

    /** Fails if it has not become true by then. */
    public static void within(long millis, String expected, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("not within " + millis + " ms: " + expected);
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    /** Waits until a count has begun to move and come to rest, and gives the count. */
    public static long rest(LongSupplier count) {
        until("the count moves", () -> count.getAsLong() > 0);
        long[] last = {count.getAsLong(), System.nanoTime()};
        within(4 * PATIENCE_MILLIS, "the count comes to rest", () -> {
            long now = count.getAsLong();
            if (now != last[0]) {
                last[0] = now;
                last[1] = System.nanoTime();
            }
            return System.nanoTime() - last[1] > STEADY_NANOS;
        });
        return last[0];
    }
}
