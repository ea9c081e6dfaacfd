package dev.serai.control;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an account sets for all its requests; null: as the operator set it for everybody.
 *
 * @param strictTranslation whether a request that a provider's format cannot say whole is refused
 * @param rescue            {@code off}, {@code continue} or {@code buffered}
 * @param hedgeAfter        how long to wait for first content before the next candidate is asked too
 * @param logPayloads       whether prompts and answers may be written to usage events
 */
public record GatewayConfig(
        String accountId,
        Timeouts timeouts,
        Limits limits,
        @Nullable Boolean strictTranslation,
        @Nullable String rescue,
        @Nullable Duration hedgeAfter,
        @Nullable Boolean logPayloads,
        Stamp stamp)
        implements Stored {
    public GatewayConfig {
        Checks.id("accountId", accountId);
        if (rescue != null && !FailoverOverrides.RESCUES.contains(rescue)) {
            throw new IllegalArgumentException("rescue must be one of " + String.join(", ", FailoverOverrides.RESCUES));
        }
        Timeouts.check("hedgeAfter", hedgeAfter);
    }

    /** The account's: it has only one. */
    @Override
    public String id() {
        return accountId;
    }
}
