package dev.serai.credits;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Credits to be given.
 *
 * @param kind       {@link Lot.Kind#PURCHASE} or {@link Lot.Kind#PROMOTIONAL}
 * @param nanos      how much, in nano-dollars: more than nothing, and at most ten million dollars
 * @param externalId what others call it, such as the id of a payment: what has the same one is given once; null if nobody calls it anything
 */
public record Grant(
        String accountId,
        Lot.Kind kind,
        long nanos,
        Instant expiresAt,
        String description,
        @Nullable String externalId) {
    /** The most that is given, taken or corrected at once. */
    public static final long MOST_NANOS = 10_000_000_000_000_000L;

    private static final int MAX_TEXT = 500;

    public Grant {
        if (kind != Lot.Kind.PURCHASE && kind != Lot.Kind.PROMOTIONAL) {
            throw new IllegalArgumentException("kind must be purchase or promotional");
        }
        checkNanos(nanos);
        checkText("description", description);
        if (externalId != null) {
            checkText("externalId", externalId);
        }
    }

    /** @throws IllegalArgumentException if it is nothing, or more than ten million dollars */
    public static void checkNanos(long nanos) {
        if (nanos <= 0 || nanos > MOST_NANOS) {
            throw new IllegalArgumentException("amount must be more than 0 and at most 10000000 USD");
        }
    }

    /** @throws IllegalArgumentException if it is longer than 500 characters */
    public static void checkText(String field, String text) {
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException(field + " must have at most " + MAX_TEXT + " characters");
        }
    }
}
