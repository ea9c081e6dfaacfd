package dev.serai.credits;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that changed what an account has, as it is written in the books for good.
 *
 * @param at          by the clock of the node that wrote it
 * @param nanos       by how much the balance changed, in nano-dollars; a cover changes it by nothing
 * @param events      for how many usage events it is, if it is a charge
 * @param actor       who did it, such as {@code api_key:…}
 * @param externalId  what others call it, such as the id of a payment; null if nobody does
 * @param refersTo    the transaction that a refund is of; null for everything else
 */
public record Transaction(
        String id,
        String accountId,
        Kind kind,
        Instant at,
        long nanos,
        long events,
        String description,
        String actor,
        @Nullable String externalId,
        @Nullable String refersTo) {
    /** What it is. */
    public enum Kind {
        PURCHASE,
        PROMOTIONAL,
        CHARGE,
        EXPIRY,
        /** A charge given back, or credits taken back of which the payment was given back. */
        REFUND,
        ADJUSTMENT,
        /** What was used beyond the balance, paid from a lot that came later. */
        COVER
    }
}
