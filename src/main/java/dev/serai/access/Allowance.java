package dev.serai.access;

import org.jspecify.annotations.Nullable;

/**
 * How much may be done with a key, or by an account, as requests are held to it. {@link #UNLIMITED} where there is no limit. Immutable.
 *
 * @param requestsPerMinute  requests that may be made
 * @param tokensPerMinute    of input and output together
 * @param concurrentRequests requests that may be served at once
 * @param maxInputTokens     longest request, estimated
 * @param maxOutputTokens    longest answer
 */
public record Allowance(
        long requestsPerMinute,
        long tokensPerMinute,
        long concurrentRequests,
        long maxInputTokens,
        long maxOutputTokens) {
    /** No limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** As much as anybody wants. */
    public static final Allowance ALL = new Allowance(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED);

    /** @throws IllegalArgumentException if a limit is less than 1: whoever may do nothing needs no key */
    public Allowance {
        if (requestsPerMinute < 1
                || tokensPerMinute < 1
                || concurrentRequests < 1
                || maxInputTokens < 1
                || maxOutputTokens < 1) {
            throw new IllegalArgumentException("a limit is 1 or more");
        }
    }

    /** An allowance of limits that may be absent: null for none. */
    public static Allowance of(
            @Nullable Long requestsPerMinute,
            @Nullable Long tokensPerMinute,
            @Nullable Long concurrentRequests,
            @Nullable Long maxInputTokens,
            @Nullable Long maxOutputTokens) {
        return new Allowance(
                limit(requestsPerMinute),
                limit(tokensPerMinute),
                limit(concurrentRequests),
                limit(maxInputTokens),
                limit(maxOutputTokens));
    }

    private static long limit(@Nullable Long limit) {
        return limit == null ? UNLIMITED : limit;
    }

    /** Both at once: the smaller of each two limits. */
    public Allowance and(Allowance other) {
        if (equals(ALL)) {
            return other;
        }
        if (other.equals(ALL)) {
            return this;
        }
        return new Allowance(
                Math.min(requestsPerMinute, other.requestsPerMinute),
                Math.min(tokensPerMinute, other.tokensPerMinute),
                Math.min(concurrentRequests, other.concurrentRequests),
                Math.min(maxInputTokens, other.maxInputTokens),
                Math.min(maxOutputTokens, other.maxOutputTokens));
    }

    /** Whether requests must be counted for it. */
    public boolean isCounted() {
        return requestsPerMinute != UNLIMITED || tokensPerMinute != UNLIMITED || concurrentRequests != UNLIMITED;
    }
}
