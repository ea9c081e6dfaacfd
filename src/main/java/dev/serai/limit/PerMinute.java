package dev.serai.limit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.local.LocalBucket;
import java.time.Duration;

/**
 * So much in a minute: a bucket that holds that much and fills evenly. It can owe: what turns out to have been used is taken even if
 * it is not there, and what comes then waits the longer. Thread-safe and without locks, but for {@link #change}.
 */
final class PerMinute {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** More than one in a nanosecond is not counted. */
    private static final long MOST = MINUTE.toNanos();

    /** What a provider says of its usage may be nonsense; a key is not shut out for longer than so many minutes by one answer. */
    private static final long LONGEST_DEBT_MINUTES = 60;

    private final LocalBucket bucket;
    private volatile long limit;

    PerMinute(long limit, TimeMeter time) {
        this.limit = limit;
        this.bucket = Bucket.builder()
                .addLimit(bandwidth(limit))
                .withCustomTimePrecision(time)
                .build();
    }

    private static Bandwidth bandwidth(long limit) {
        long capacity = Math.min(limit, MOST);
        return Bandwidth.builder()
                .capacity(capacity)
                .refillGreedy(capacity, MINUTE)
                .build();
    }

    long limit() {
        return limit;
    }

    /** Takes so much if it is there. */
    boolean take(long amount) {
        return bucket.tryConsume(amount);
    }

    /** How long until so much is there. */
    long waitNanos(long amount) {
        return bucket.estimateAbilityToConsume(amount).getNanosToWaitForRefill();
    }

    void giveBack(long amount) {
        bucket.addTokens(amount);
    }

    /** Takes so much, there or not. */
    void owe(long amount) {
        long most = Math.min(limit, MOST) * LONGEST_DEBT_MINUTES;
        bucket.consumeIgnoringRateLimits(Math.min(amount, most));
    }

    boolean isFull() {
        return bucket.getAvailableTokens() >= Math.min(limit, MOST);
    }

    Standing standing() {
        long capacity = limit;
        long available = bucket.getAvailableTokens();
        double used = Math.max(0, capacity - available);
        return new Standing(capacity, Math.max(0, available), (long) (used / capacity * MINUTE.toNanos()));
    }

    /**
     * From now on another amount is allowed. What was used stays used: of a limit of 60 of which 50 are used, 50 are left when it becomes
     * 100, and none when it becomes 10. For one thread at a time.
     */
    void change(long to) {
        long capacity = Math.min(to, MOST);
        long used = Math.min(limit, MOST) - bucket.getAvailableTokens();
        bucket.replaceConfiguration(
                BucketConfiguration.builder().addLimit(bandwidth(to)).build(), TokensInheritanceStrategy.ADDITIVE);
        long tooMany = bucket.getAvailableTokens() - Math.max(0, capacity - used);
        if (tooMany > 0) {
            bucket.consumeIgnoringRateLimits(tooMany);
        }
        limit = to;
    }
}
