package dev.serai.control;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How much is allowed; null: as much as anybody wants.
 *
 * @param maxInputTokens  longest request, estimated
 * @param maxOutputTokens longest answer
 * @param budgetPerDay    what may be spent in a day by the calendar (UTC), in US dollars
 * @param budgetPerMonth  likewise in a month
 */
public record Limits(
        @Nullable Long requestsPerMinute,
        @Nullable Long tokensPerMinute,
        @Nullable Long concurrentRequests,
        @Nullable Long maxInputTokens,
        @Nullable Long maxOutputTokens,
        @Nullable BigDecimal budgetPerDay,
        @Nullable BigDecimal budgetPerMonth) {
    public static final Limits NONE = new Limits(null, null, null, null, null, null, null);

    private static final BigDecimal LARGEST_BUDGET = BigDecimal.valueOf(999_999_999);
    private static final int NANO_DIGITS = 9;

    public Limits {
        Checks.positive("requestsPerMinute", requestsPerMinute);
        Checks.positive("tokensPerMinute", tokensPerMinute);
        Checks.positive("concurrentRequests", concurrentRequests);
        Checks.positive("maxInputTokens", maxInputTokens);
        Checks.positive("maxOutputTokens", maxOutputTokens);
        budgetPerDay = budget("budgetPerDay", budgetPerDay);
        budgetPerMonth = budget("budgetPerMonth", budgetPerMonth);
    }

    private static @Nullable BigDecimal budget(String field, @Nullable BigDecimal amount) {
        if (amount == null) {
            return null;
        }
        BigDecimal plain = amount.stripTrailingZeros();
        if (plain.signum() <= 0 || plain.compareTo(LARGEST_BUDGET) > 0 || plain.scale() > NANO_DIGITS) {
            throw new IllegalArgumentException(
                    field + " must be an amount of US dollars above 0 and up to " + LARGEST_BUDGET.toPlainString()
                            + ", with " + NANO_DIGITS + " digits behind the point at most, such as \"12.50\"");
        }
        return plain;
    }
}
