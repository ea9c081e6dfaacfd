package dev.serai.dialect;

import dev.serai.conversation.Usage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says of itself, for bills and for the record.
 *
 * @param usage       what it used; {@link Usage#NONE} if it does not say
 * @param isEstimated whether a part of the usage was counted by Serai, because the provider did not say it or not to the end
 * @param stopReason  why it ended, in the provider's words; null if it does not say
 * @param serviceTier with what priority it was made, in the provider's words; null if it does not say
 */
public record ReplyFacts(
        Usage usage,
        boolean isEstimated,
        @Nullable String stopReason,
        @Nullable String serviceTier) {
    /** Of an answer that says nothing, or of none. */
    public static final ReplyFacts NONE = of(Usage.NONE);

    /** Of an answer that states its usage and nothing else. */
    public static ReplyFacts of(Usage usage) {
        return new ReplyFacts(usage, false, null, null);
    }

    /**
     * The facts with what was not stated put in by estimate. An answer of which nothing came, not even a beginning, used nothing that anybody
     * knows of, and stays so.
     *
     * @param untoldTokens about how many tokens of the answer came that its usage does not count
     * @param inputTokens  about how many tokens the request has; asked only if the answer does not say, because it is costly
     */
    public ReplyFacts filled(long untoldTokens, LongSupplier inputTokens) {
        boolean beganUnsaid = usage.totalInput() == 0 && untoldTokens + usage.totalOutput() > 0;
        if (untoldTokens == 0 && !beganUnsaid) {
            return this;
        }
        return plusEstimate(beganUnsaid ? inputTokens.getAsLong() : 0, untoldTokens);
    }

    /** The facts with so many tokens more than were stated, by estimate. */
    public ReplyFacts plusEstimate(long inputTokens, long outputTokens) {
        Usage untold = new Usage(Usage.count(inputTokens), 0, 0, 0, 0, Usage.count(outputTokens), 0, 0);
        return new ReplyFacts(usage.plus(untold), true, stopReason, serviceTier);
    }
}
