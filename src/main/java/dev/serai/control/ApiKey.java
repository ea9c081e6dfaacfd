package dev.serai.control;

import dev.serai.access.KeyHash;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What Serai keeps of a key to the management API.
 *
 * @param accountId  the account that it is good for; null for an operator's, which is good for all
 * @param hash       of the whole token
 * @param expiresAt  from then on it is refused; null for never
 * @param lastUsedAt roughly when it was used last; null for not yet
 */
public record ApiKey(
        String id,
        @Nullable String accountId,
        Role role,
        String name,
        String description,
        KeyHash hash,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        Stamp stamp)
        implements Stored {
    public ApiKey {
        Checks.id("id", id);
        if (accountId != null) {
            Checks.id("accountId", accountId);
        }
        if ((role == Role.OPERATOR) != (accountId == null)) {
            throw new IllegalArgumentException("an operator's key has no account, and every other key has one");
        }
        Checks.named(name);
        Checks.text("description", description, Checks.MAX_DESCRIPTION);
        expiresAt = expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS);
        lastUsedAt = lastUsedAt == null ? null : lastUsedAt.truncatedTo(ChronoUnit.MICROS);
    }
}
