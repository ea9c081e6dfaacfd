package dev.serai.permit;

import dev.serai.access.Credential;
import dev.serai.catalog.Auth;
import dev.serai.catalog.Provider;
import dev.serai.control.RoutingRule;
import dev.serai.control.Step;
import dev.serai.selection.Credentials;
import dev.serai.selection.KeySource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of an account, by the rules of a configuration: that for the model wins over that for its provider. Without a rule: the
 * account's keys, newest first, then the operator's. Immutable.
 */
final class AccountCredentials implements Credentials {
    /** A provider of the account that it has no key for may well want none. */
    private static final List<Owned> WITHOUT = List.of(new Owned(new Credential.None(), KeySource.MANAGED));

    private final Credentials managed;
    private final Map<String, OpenedKey> byId = new HashMap<>();
    private final Map<String, List<OpenedKey>> byProvider = new HashMap<>();
    private final Map<String, Map<String, RoutingRule>> ofModels = new HashMap<>();
    private final Map<String, RoutingRule> ofProviders = new HashMap<>();

    /**
     * @param managed the operator's
     * @param keys    the account's that can be used, newest first
     */
    AccountCredentials(Credentials managed, List<OpenedKey> keys, List<RoutingRule> rules) {
        this.managed = managed;
        for (OpenedKey key : keys) {
            byId.put(key.source().id(), key);
            byProvider
                    .computeIfAbsent(key.provider(), any -> new ArrayList<>(1))
                    .add(key);
        }
        for (RoutingRule rule : rules) {
            if (rule.model() == null) {
                ofProviders.put(rule.provider(), rule);
            } else {
                ofModels.computeIfAbsent(rule.provider(), any -> new HashMap<>())
                        .put(rule.model().toLowerCase(Locale.ROOT), rule);
            }
        }
    }

    @Override
    public List<Owned> of(Provider provider, String model, String dialect) {
        if (!(provider.auth(dialect) instanceof Auth.Header header)) {
            return managed.of(provider, model, dialect);
        }
        RoutingRule rule = rule(provider.id(), model);
        List<Owned> owned = new ArrayList<>(2);
        if (rule == null) {
            byProvider.getOrDefault(provider.id(), List.of()).forEach(key -> owned.add(owned(key, header)));
            owned.addAll(managed.of(provider, model, dialect));
            return owned.isEmpty() && provider.account() != null ? WITHOUT : owned;
        }
        for (Step step : rule.steps()) {
            if (step instanceof Step.User user) {
                add(user, provider.id(), header, owned);
            } else {
                owned.addAll(managed.of(provider, model, dialect));
            }
        }
        return owned;
    }

    /** A key that cannot be opened is passed over, and so is one for another provider, whose secret this one must not see. */
    private void add(Step.User user, String provider, Auth.Header header, List<Owned> owned) {
        for (String id : user.keys()) {
            OpenedKey key = byId.get(id);
            if (key != null && key.provider().equals(provider)) {
                owned.add(owned(key, header));
            }
        }
    }

    private @Nullable RoutingRule rule(String provider, String model) {
        Map<String, RoutingRule> models = ofModels.get(provider);
        RoutingRule rule = models == null ? null : models.get(model.toLowerCase(Locale.ROOT));
        return rule == null ? ofProviders.get(provider) : rule;
    }

    private static Owned owned(OpenedKey key, Auth.Header header) {
        return new Owned(new Credential.Header(header.header(), header.prefix(), key.value()), key.source());
    }
}
