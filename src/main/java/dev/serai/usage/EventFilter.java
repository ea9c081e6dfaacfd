package dev.serai.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events of an account are meant.
 *
 * @param from        the first moment; null: since ever
 * @param to          the first moment that is not meant any more; null: until now
 * @param accessKeyId of this key alone; null: of all
 * @param provider    of this provider alone; null: of all
 * @param model       of this model alone, as the provider calls it; null: of all
 * @param onlyRetries whether first attempts are left out
 * @param onlyFinal   whether attempts are left out that another one followed
 */
public record EventFilter(
        String accountId,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String accessKeyId,
        @Nullable String provider,
        @Nullable String model,
        boolean onlyRetries,
        boolean onlyFinal) {
    /** All events of an account. */
    public static EventFilter of(String accountId) {
        return new EventFilter(accountId, null, null, null, null, null, false, false);
    }
}
