package dev.serai.credits;

import java.time.Duration;
import java.time.Instant;

/**
 * Credits that were given at once and expire at once. A charge takes from the lot that expires first.
 *
 * @param kind         how the account came by it
 * @param grantedNanos what it was worth, in nano-dollars
 * @param leftNanos    what is left of it
 */
public record Lot(
        String id,
        String accountId,
        Kind kind,
        long grantedNanos,
        long leftNanos,
        Instant expiresAt,
        Instant createdAt) {
    /** For how long credits can be used if nobody says otherwise. */
    public static final Duration USUAL_LIFE = Duration.ofDays(365);

    /** How an account comes by credits. */
    public enum Kind {
        PURCHASE,
        PROMOTIONAL,
        /** A charge that was given back. */
        REFUND,
        /** A correction in favour of the account. */
        ADJUSTMENT
    }
}
