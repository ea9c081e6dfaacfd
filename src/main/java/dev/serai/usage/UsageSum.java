package dev.serai.usage;

import dev.serai.conversation.Usage;
import java.time.LocalDate;

/**
 * What was used on a day (UTC) by one of a group.
 *
 * @param group       the id of the key, of the provider, or the model with its provider
 * @param requests    attempts with which a request ended
 * @param attempts    all attempts
 * @param failed      requests that ended with a failure
 * @param estimated   attempts whose tokens were estimated
 * @param chargeNanos what the account paid, in nano-dollars
 * @param modelNanos  what the models cost, whoever pays for them, as far as their prices are known
 * @param feeNanos    the processing fee
 */
public record UsageSum(
        LocalDate day,
        String group,
        long requests,
        long attempts,
        long failed,
        long estimated,
        Usage tokens,
        long chargeNanos,
        long modelNanos,
        long feeNanos) {
    /** Both together, under the day and the group of this one. */
    public UsageSum plus(UsageSum other) {
        return new UsageSum(
                day,
                group,
                requests + other.requests,
                attempts + other.attempts,
                failed + other.failed,
                estimated + other.estimated,
                tokens.plus(other.tokens),
                chargeNanos + other.chargeNanos,
                modelNanos + other.modelNanos,
                feeNanos + other.feeNanos);
    }
}
