package dev.serai.usage;

import dev.serai.conversation.Usage;
import dev.serai.credits.Bill;
import dev.serai.selection.KeySource;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, when it is over. Holds no word of what was asked or answered.
 *
 * @param id           unique for good, and later ones are greater: what is kept is kept once for each id
 * @param at           when the attempt ended
 * @param call         the request that it served
 * @param target       who was asked
 * @param attempt      which attempt of the request, from 1
 * @param isFinal      whether the client got its answer from this attempt, or its failure
 * @param result       how it ended
 * @param usage        the tokens, in disjoint kinds
 * @param isEstimated  whether the tokens were counted by Serai because the provider did not say, or not to the end
 * @param bill         what it costs
 * @param chargeNanos  what the account is charged, in nano-dollars: {@link Bill#chargeNanos}, or 0 if nothing is charged
 * @param latency      from the start of the attempt to its end
 * @param firstContent from the start of the attempt to the first content of a stream; null if there was none
 */
public record UsageEvent(
        String id,
        Instant at,
        Call call,
        Asked target,
        int attempt,
        boolean isFinal,
        Result result,
        Usage usage,
        boolean isEstimated,
        Bill bill,
        long chargeNanos,
        Duration latency,
        @Nullable Duration firstContent) {

    /** The same attempt, for which nothing is charged. */
    public UsageEvent uncharged() {
        return new UsageEvent(
                id, at, call, target, attempt, isFinal, result, usage, isEstimated, bill, 0, latency, firstContent);
    }

    /**
     * The request.
     *
     * @param dialect   the one that the client speaks
     * @param streaming whether the client asked for a stream
     */
    public record Call(String requestId, String accountId, String accessKeyId, String dialect, boolean streaming) {}

    /**
     * Who was asked.
     *
     * @param provider     the id of the provider
     * @param providerName its name for people
     * @param model        the provider's name of the model
     * @param modelName    its name for people
     * @param dialect      the one spoken to the provider
     * @param key          with whose credential
     */
    public record Asked(
            String provider, String providerName, String model, String modelName, String dialect, KeySource key) {}

    /**
     * How it ended.
     *
     * @param outcome    the outcome, such as {@code answered}, {@code timed_out}
     * @param status     the provider's HTTP status; 0 if there was none
     * @param errorClass the fault, such as {@code overloaded}; null if it answered
     * @param stopReason why the model stopped, in the provider's words; null if it did not say
     */
    public record Result(
            String outcome,
            int status,
            @Nullable String errorClass,
            @Nullable String stopReason) {}
}
