package dev.serai.failover;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many retries each provider may still get: every attempt pays in a share, a retry takes one out. A provider that fails for
 * everybody is thus asked little more often than one that works. Thread-safe.
 */
final class RetryBudget {
    private static final long ONE = 1_000_000;

    /** What a quiet provider has saved up, and no provider exceeds. */
    private static final long MOST = 10 * ONE;

    private final Map<String, AtomicLong> balances = new ConcurrentHashMap<>();

    void payIn(String provider, double share) {
        AtomicLong balance = of(provider);
        if (balance.get() < MOST) {
            balance.addAndGet((long) (share * ONE));
        }
    }

    /** Takes one retry out, if there is one. */
    boolean takeOut(String provider) {
        AtomicLong balance = of(provider);
        long before = balance.get();
        while (before >= ONE) {
            if (balance.compareAndSet(before, before - ONE)) {
                return true;
            }
            before = balance.get();
        }
        return false;
    }

    private AtomicLong of(String provider) {
        AtomicLong known = balances.get(provider);
        return known != null ? known : balances.computeIfAbsent(provider, key -> new AtomicLong(MOST));
    }
}
