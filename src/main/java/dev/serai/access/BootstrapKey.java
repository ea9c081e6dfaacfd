package dev.serai.access;

import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import java.time.Instant;

/**
 * An access key that the operator chooses, in the environment: for containers, tests and anything else that must know
 * the key before the first start. Valid while the variable is set, never written to disk.
 */
public final class BootstrapKey {
    /** The environment variable that holds it. */
    public static final String VARIABLE = "SERAI_BOOTSTRAP_ACCESS_KEY";

    /** The same for the first API key, which is an operator's. */
    public static final String API_VARIABLE = "SERAI_BOOTSTRAP_API_KEY";

    private static final int MIN_LENGTH = 16;

    private BootstrapKey() {}

    /**
     * Accepts any string of at least 16 visible ASCII characters, and no more than {@link AccessKeys#MAX_TOKEN_LENGTH}.
     *
     * @param masked where it is registered: unlike a generated key it cannot be told by its form
     * @throws ConfigurationException if it is another string; the message does not show it
     */
    public static Secret parse(String value, Secrets masked) throws ConfigurationException {
        return parse(VARIABLE, value, masked);
    }

    /** The same for the value of this variable. */
    public static Secret parse(String variable, String value, Secrets masked) throws ConfigurationException {
        if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw refused(variable, "holds a space, a line break or another character that is not visible ASCII");
        }
        if (value.length() < MIN_LENGTH) {
            throw refused(
                    variable,
                    "has " + value.length() + " characters; a key that cannot be guessed has at least " + MIN_LENGTH);
        }
        if (value.length() > AccessKeys.MAX_TOKEN_LENGTH) {
            throw refused(variable, "has more than " + AccessKeys.MAX_TOKEN_LENGTH + " characters");
        }
        Secret key = new Secret(value);
        masked.register(key);
        return key;
    }

    /** What Serai keeps of it. A generated key never has this id, which is shorter. */
    static AccessKey describe(Instant now) {
        return new AccessKey("bootstrap", "from " + VARIABLE, now);
    }

    private static ConfigurationException refused(String variable, String reason) {
        return new ConfigurationException(new Problem(variable, 0, reason));
    }
}
