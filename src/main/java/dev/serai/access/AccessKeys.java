package dev.serai.access;

import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who may call: one immutable snapshot of the known access keys, by their hashes. Thread-safe. */
public final class AccessKeys {
    /** Longer strings are no keys; they are not even hashed. */
    public static final int MAX_TOKEN_LENGTH = 512;

    private static final String WHERE =
            " Send one as 'Authorization: Bearer <key>', or in the header x-api-key or x-goog-api-key.";
    private static final String HOW =
            " Serai shows a first key when it starts for the first time; whoever runs it can give you one.";

    private final Pepper pepper;
    private final Map<KeyHash, AccessKey> byHash;

    /**
     * The keys that {@code pepper} hashes to the keys of this map.
     *
     * @param pepper the one that made the hashes
     */
    public AccessKeys(Pepper pepper, Map<KeyHash, AccessKey> byHash) {
        this.pepper = pepper;
        this.byHash = Map.copyOf(byHash);
    }

    /** The same keys and one more. */
    public AccessKeys with(Secret token, AccessKey key) {
        Map<KeyHash, AccessKey> more = new HashMap<>(byHash);
        more.put(pepper.hash(token.reveal()), key);
        return new AccessKeys(pepper, more);
    }

    /** The same keys and others, hashed with the same pepper; where both know a hash, that of the others counts. */
    public AccessKeys with(Map<KeyHash, AccessKey> others) {
        if (others.isEmpty()) {
            return this;
        }
        Map<KeyHash, AccessKey> more = new HashMap<>(byHash);
        more.putAll(others);
        return new AccessKeys(pepper, more);
    }

    /** The same keys and the {@linkplain BootstrapKey bootstrap key}. */
    public AccessKeys withBootstrap(Secret token, Instant now) {
        return with(token, BootstrapKey.describe(now));
    }

    /** All keys, in no particular order. */
    public Collection<AccessKey> keys() {
        return List.copyOf(byHash.values());
    }

    /** What is kept of each key, by its hash. */
    public Map<KeyHash, AccessKey> byHash() {
        return byHash;
    }

    /**
     * The key that this token is. Takes about two microseconds, the same for every token of a length, known or not.
     *
     * @param token what the client presented, null if nothing; see {@link PresentedKey}
     * @param now   for keys that expire
     * @throws GatewayException {@code invalid_access_key}; the message says what to do, and never shows the token
     */
    public AccessKey authenticate(@Nullable String token, Instant now) {
        if (token == null || token.isEmpty()) {
            throw refused("This request carries no access key." + WHERE + HOW);
        }
        AccessKey key = token.length() > MAX_TOKEN_LENGTH ? null : byHash.get(pepper.hash(token));
        if (key == null) {
            throw refused(whyUnknown(token));
        }
        if (key.expiresAt() != null && !now.isBefore(key.expiresAt())) {
            throw refused("This access key expired at " + key.expiresAt() + "." + HOW);
        }
        return key;
    }

    private static String whyUnknown(String token) {
        if (!token.startsWith(AccessToken.PREFIX)) {
            return "What this request carries is no access key of this Serai. A provider's own key does not belong"
                    + " here: Serai adds it." + WHERE + HOW;
        }
        return AccessToken.isWellFormed(token)
                ? "Serai does not know this access key. It was withdrawn, or belongs to another Serai." + HOW
                : "This access key is mistyped or cut short: its checksum does not fit. Copy it again as a whole.";
    }

    private static GatewayException refused(String message) {
        return new GatewayException(ErrorCode.INVALID_ACCESS_KEY, message);
    }
}
