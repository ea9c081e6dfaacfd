package dev.serai.control;

import java.util.List;

/** One step of a routing rule: whose credentials to try. */
public sealed interface Step {
    /** The operator's own credential, paid with credits. */
    record Managed() implements Step {}

    /**
     * Provider keys of the account, tried in order.
     *
     * @param keys ids of provider keys
     */
    record User(List<String> keys) implements Step {
        private static final int MAX_KEYS = 50;

        public User {
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("keys must name a key at least, in a step of the type user");
            }
            Checks.atMost("keys", keys, MAX_KEYS);
            Checks.distinct("keys", keys);
            keys.forEach(key -> Checks.id("keys", key));
            keys = List.copyOf(keys);
        }
    }
}
