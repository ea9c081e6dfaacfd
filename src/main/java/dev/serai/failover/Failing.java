package dev.serai.failover;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How often each provider has failed one request of late. Many keys or models are no reason to knock at a door all the time behind which
 * nobody answers. For one thread at a time.
 */
final class Failing {
    private static final int MANY = 4;
    private static final long OF_LATE_NANOS = Duration.ofSeconds(3).toNanos();

    private final Map<String, Deque<Long>> failures = new HashMap<>(2);

    /** Counts a failure; true if it is the last that this request should have of the provider. */
    boolean isTooMuch(String provider, long nanos) {
        Deque<Long> latest = failures.computeIfAbsent(provider, id -> new ArrayDeque<>(MANY));
        latest.add(nanos);
        return latest.size() >= MANY && nanos - oldest(latest) < OF_LATE_NANOS;
    }

    private static long oldest(Deque<Long> latest) {
        while (latest.size() > MANY) {
            latest.remove();
        }
        return latest.element();
    }
}
