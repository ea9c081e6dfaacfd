package dev.serai.control;

import org.jspecify.annotations.Nullable;

/**
 * How much is allowed; null: as much as anybody wants.
 *
 * @param maxInputTokens  longest request, estimated
 * @param maxOutputTokens longest answer
 */
public record Limits(
        @Nullable Long requestsPerMinute,
        @Nullable Long tokensPerMinute,
        @Nullable Long concurrentRequests,
        @Nullable Long maxInputTokens,
        @Nullable Long maxOutputTokens) {
    public static final Limits NONE = new Limits(null, null, null, null, null);

    public Limits {
        Checks.positive("requestsPerMinute", requestsPerMinute);
        Checks.positive("tokensPerMinute", tokensPerMinute);
        Checks.positive("concurrentRequests", concurrentRequests);
        Checks.positive("maxInputTokens", maxInputTokens);
        Checks.positive("maxOutputTokens", maxOutputTokens);
    }
}
