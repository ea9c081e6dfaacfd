package dev.serai.control;

import dev.serai.access.KeyHash;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Serai keeps of an access key in the store.
 *
 * @param metadata        the user's own, at most 50 entries
 * @param configurationId what may be called with it and how; null for everything, by the defaults
 * @param hash            of the whole token
 * @param expiresAt       from then on it is refused; null for never
 * @param lastUsedAt      roughly when it was used last; null for not yet
 * @param limits          in addition to those of its configuration
 */
public record StoredAccessKey(
        String id,
        String accountId,
        String name,
        String description,
        Map<String, String> metadata,
        @Nullable String configurationId,
        KeyHash hash,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        Limits limits,
        Stamp stamp)
        implements Stored {
    public StoredAccessKey {
        Checks.id("id", id);
        Checks.id("accountId", accountId);
        Checks.named(name);
        Checks.text("description", description, Checks.MAX_DESCRIPTION);
        metadata = Checks.entries("metadata", metadata, 50, 500);
        if (configurationId != null) {
            Checks.id("configurationId", configurationId);
        }
        expiresAt = expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS);
        lastUsedAt = lastUsedAt == null ? null : lastUsedAt.truncatedTo(ChronoUnit.MICROS);
    }
}
