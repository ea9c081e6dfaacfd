package dev.serai.management;

import dev.serai.access.AccessKeys;
import dev.serai.access.AccessToken;
import dev.serai.access.BootstrapKey;
import dev.serai.access.KeyHash;
import dev.serai.access.Pepper;
import dev.serai.access.Secret;
import dev.serai.control.ApiKey;
import dev.serai.control.Role;
import dev.serai.store.Session;
import dev.serai.store.Store;
import dev.serai.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who holds a token. Keys are found by their keyed hashes, so that nothing about a token can be learned from how long it takes. What
 * was withdrawn, here or on another node, is refused from the next call on: the store is asked each time whether anything
 * changed. Blocks; thread-safe.
 */
final class ApiKeyCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ApiKeyCheck.class);
    private static final Duration USE_IS_NOTED_EVERY = Duration.ofMinutes(1);
    private static final String BOOTSTRAP_ID = "bootstrap";

    private final Pepper pepper;
    private final @Nullable KeyHash bootstrap;
    private final Clock clock;
    private final Map<String, Instant> used = new ConcurrentHashMap<>();
    private volatile Known known = new Known(-1, Map.of());

    /** The keys as they were at this many changes of the store. */
    private record Known(long changes, Map<KeyHash, ApiKey> byHash) {}

    /** @param bootstrap a token that is an operator's, whatever the store holds; null for none */
    ApiKeyCheck(Pepper pepper, @Nullable Secret bootstrap, Clock clock) {
        this.pepper = pepper;
        this.bootstrap = bootstrap == null ? null : pepper.hash(bootstrap.reveal());
        this.clock = clock;
    }

    /**
     * The holder of what stands behind {@code Bearer}.
     *
     * @param token null if there was none
     * @throws ApiException {@link ApiError#INVALID_API_KEY}; the message never shows the token
     */
    Caller authenticate(@Nullable String token, Store store) {
        if (token == null) {
            throw refused("This call carries no API key. Send one as 'Authorization: Bearer serai-api-…'.");
        }
        if (token.length() > AccessKeys.MAX_TOKEN_LENGTH) {
            throw refused("What this call carries is no API key: it is too long.");
        }
        KeyHash hash = pepper.hash(token);
        if (bootstrap != null && bootstrap.equals(hash)) {
            return new Caller(BOOTSTRAP_ID, Role.OPERATOR, null);
        }
        Known now = store.read(this::current);
        known = now;
        ApiKey key = now.byHash().get(hash);
        if (key == null) {
            throw refused(whyUnknown(token));
        }
        Instant time = clock.instant();
        if (key.expiresAt() != null && !time.isBefore(key.expiresAt())) {
            throw refused("This API key expired at " + key.expiresAt() + ". Make another one.");
        }
        note(key.id(), time, store);
        return new Caller(key.id(), key.role(), key.accountId());
    }

    private Known current(Session session) {
        long changes = session.changes();
        Known last = known;
        if (changes == last.changes()) {
            return last;
        }
        Map<KeyHash, ApiKey> byHash = new HashMap<>();
        session.apiKeys().all().forEach(key -> byHash.put(key.hash(), key));
        used.keySet().retainAll(byHash.values().stream().map(ApiKey::id).toList());
        return new Known(changes, Map.copyOf(byHash));
    }

    private void note(String id, Instant now, Store store) {
        Instant before = used.get(id);
        if (before == null || before.plus(USE_IS_NOTED_EVERY).isBefore(now)) {
            used.put(id, now);
            try {
                store.apiKeysUsed(Map.of(id, now));
            } catch (StoreException e) {
                // No reason to refuse a call that only reads.
                LOG.atDebug().addKeyValue("reason", e.getMessage()).log("the use of an API key was not noted");
            }
        }
    }

    private static String whyUnknown(String token) {
        if (token.startsWith(AccessToken.Kind.ACCESS.prefix())) {
            return "This is an access key, which is for requests for models. The management API wants an API key, which"
                    + " begins with " + AccessToken.Kind.API.prefix() + ".";
        }
        if (!token.startsWith(AccessToken.Kind.API.prefix())) {
            return "What this call carries is no API key of this Serai. Those begin with "
                    + AccessToken.Kind.API.prefix() + ", or are what the operator set in " + BootstrapKey.API_VARIABLE
                    + ".";
        }
        return AccessToken.parse(AccessToken.Kind.API, token).isPresent()
                ? "Serai does not know this API key. It was withdrawn, or belongs to another Serai."
                : "This API key is mistyped or cut short: its checksum does not fit. Copy it again as a whole.";
    }

    private static ApiException refused(String message) {
        return new ApiException(ApiError.INVALID_API_KEY, message);
    }
}
