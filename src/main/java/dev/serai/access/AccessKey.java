package dev.serai.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Serai keeps of an access key: never the token itself.
 *
 * @param id              public part, safe to log
 * @param name            for people
 * @param createdAt       when it was made
 * @param scope           what may be called with it, as its file says; keys of the store have it in their configuration
 * @param accountId       whose it is
 * @param configurationId what else may be done with it and how; null for what holds for the account
 * @param expiresAt       from then on it is refused; null for never
 * @param origin          where it is kept
 * @param allowance       how much may be done with it, beside what its configuration and its account say
 */
public record AccessKey(
        String id,
        String name,
        Instant createdAt,
        Scope scope,
        String accountId,
        @Nullable String configurationId,
        @Nullable Instant expiresAt,
        Origin origin,
        Allowance allowance) {
    /** Where a key is kept. */
    public enum Origin {
        FILE,
        STORE
    }

    /** The account that is there from the first start, and the keys of files belong to. */
    public static final String DEFAULT_ACCOUNT = "default";

    /** One from a file. */
    public AccessKey(String id, String name, Instant createdAt, Scope scope, Allowance allowance) {
        this(id, name, createdAt, scope, DEFAULT_ACCOUNT, null, null, Origin.FILE, allowance);
    }

    /** A key with which everything may be called, as often as anybody wants. */
    public AccessKey(String id, String name, Instant createdAt) {
        this(id, name, createdAt, Scope.ALL, Allowance.ALL);
    }
}
