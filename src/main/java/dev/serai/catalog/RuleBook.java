package dev.serai.catalog;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the {@link RequestRules} of a request, and works them out once for each snapshot of a provider. Bounded: clients choose
 * the names of models. Thread-safe.
 */
public final class RuleBook {
    private static final int MAX_ENTRIES = 4_096;
    private static final int MAX_MODEL_LENGTH = 200;

    /** A provider is the same only as the same object: to compare all of its models would cost more than it saves. */
    @SuppressWarnings("ReferenceEquality")
    private record Key(Provider provider, String dialect, String model) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && key.provider == provider
                    && key.dialect.equals(dialect)
                    && key.model.equals(model);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * System.identityHashCode(provider) + dialect.hashCode()) + model.hashCode();
        }
    }

    private final Map<Key, RequestRules> known = new ConcurrentHashMap<>();

    /**
     * The rules for a model.
     *
     * @param dialect as spoken to the provider
     * @param model   the id that is sent
     */
    public RequestRules of(Provider provider, String dialect, String model) {
        if (provider.rules().isEmpty()) {
            return RequestRules.NONE;
        }
        if (model.length() > MAX_MODEL_LENGTH) {
            return RequestRules.of(provider, dialect, model);
        }
        Key key = new Key(provider, dialect, model);
        RequestRules rules = known.get(key);
        if (rules == null) {
            rules = RequestRules.of(provider, dialect, model);
            keep(key, rules);
        }
        return rules;
    }

    /** When it is full it begins anew, so that neither names that nobody serves nor providers of the past stay in it. */
    private void keep(Key key, RequestRules rules) {
        if (known.size() >= MAX_ENTRIES) {
            known.clear();
        }
        known.put(key, rules);
    }
}
