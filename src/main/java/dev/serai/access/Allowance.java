package dev.serai.access;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How much may be done with a key, or by an account, as requests are held to it. {@link #UNLIMITED} where there is no limit. Immutable.
 *
 * @param requestsPerMinute  requests that may be made
 * @param tokensPerMinute    of input and output together
 * @param concurrentRequests requests that may be served at once
 * @param maxInputTokens     longest request, estimated
 * @param maxOutputTokens    longest answer
 * @param budgetPerDayNanos  what may be spent in a day by the calendar (UTC), in nano-dollars
 * @param budgetPerMonthNanos likewise in a month
 */
public record Allowance(
        long requestsPerMinute,
        long tokensPerMinute,
        long concurrentRequests,
        long maxInputTokens,
        long maxOutputTokens,
        long budgetPerDayNanos,
        long budgetPerMonthNanos) {
    /** No limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private static final int NANO_DIGITS = 9;

    /** As much as anybody wants. */
    public static final Allowance ALL = new Allowance(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED);

    /** @throws IllegalArgumentException if a limit is less than 1: whoever may do nothing needs no key */
    public Allowance {
        if (requestsPerMinute < 1
                || tokensPerMinute < 1
                || concurrentRequests < 1
                || maxInputTokens < 1
                || maxOutputTokens < 1
                || budgetPerDayNanos < 1
                || budgetPerMonthNanos < 1) {
            throw new IllegalArgumentException("a limit is 1 or more");
        }
    }

    /** Without budgets. */
    public Allowance(
            long requestsPerMinute,
            long tokensPerMinute,
            long concurrentRequests,
            long maxInputTokens,
            long maxOutputTokens) {
        this(
                requestsPerMinute,
                tokensPerMinute,
                concurrentRequests,
                maxInputTokens,
                maxOutputTokens,
                UNLIMITED,
                UNLIMITED);
    }

    /** An allowance of limits that may be absent, without budgets: null for none. */
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

    /**
     * The same with budgets in US dollars; null for none.
     *
     * @throws ArithmeticException if an amount is finer than a nano-dollar
     */
    public Allowance withBudgets(@Nullable BigDecimal perDay, @Nullable BigDecimal perMonth) {
        return new Allowance(
                requestsPerMinute,
                tokensPerMinute,
                concurrentRequests,
                maxInputTokens,
                maxOutputTokens,
                nanos(perDay),
                nanos(perMonth));
    }

    private static long nanos(@Nullable BigDecimal dollars) {
        return dollars == null ? UNLIMITED : dollars.movePointRight(NANO_DIGITS).longValueExact();
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
                Math.min(maxOutputTokens, other.maxOutputTokens),
                Math.min(budgetPerDayNanos, other.budgetPerDayNanos),
                Math.min(budgetPerMonthNanos, other.budgetPerMonthNanos));
    }

    /** Whether what is spent must be known for it. */
    public boolean hasBudget() {
        return budgetPerDayNanos != UNLIMITED || budgetPerMonthNanos != UNLIMITED;
    }

    /** Whether requests must be counted for it. */
    public boolean isCounted() {
        return requestsPerMinute != UNLIMITED || tokensPerMinute != UNLIMITED || concurrentRequests != UNLIMITED;
    }
}
