package dev.serai.control;

import dev.serai.access.Scope;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be called with the access keys that have this configuration, and how.
 *
 * @param access   providers and models that may be called
 * @param rules    with whose credentials; at most one for the same provider and model
 * @param aliases  names of the aliases that are shown and may be used; null for all, empty for none
 */
public record KeyConfiguration(
        String id,
        String accountId,
        String name,
        String description,
        Scope access,
        List<RoutingRule> rules,
        Limits limits,
        Timeouts timeouts,
        FailoverOverrides failover,
        @Nullable List<String> aliases,
        Stamp stamp)
        implements Stored {
    private static final int MAX_ENTRIES = 1_000;

    public KeyConfiguration {
        Checks.id("id", id);
        Checks.id("accountId", accountId);
        Checks.named(name);
        Checks.text("description", description, Checks.MAX_DESCRIPTION);
        if (access.providers() != null) {
            Checks.atMost("access.providers.allow", access.providers(), MAX_ENTRIES);
            access.providers().forEach(provider -> Checks.providerId("access.providers.allow", provider));
        }
        if (access.models() != null) {
            Checks.atMost("access.models.allow", access.models(), MAX_ENTRIES);
            access.models().forEach(entry -> model("access.models.allow", entry.text()));
        }
        Checks.atMost("router.rules", rules, MAX_ENTRIES);
        Checks.distinct("router.rules", rules.stream().map(RoutingRule::subject).toList());
        rules = List.copyOf(rules);
        if (aliases != null) {
            Checks.atMost("aliases.allow", aliases, MAX_ENTRIES);
            aliases.forEach(alias -> model("aliases.allow", alias));
            aliases = List.copyOf(aliases);
        }
    }

    private static void model(String field, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(field + " has a blank entry");
        }
        Checks.line(field, text, Checks.MAX_MODEL);
    }

    /** The ids of all provider keys that its rules name. */
    public Set<String> providerKeys() {
        Set<String> keys = new LinkedHashSet<>();
        for (RoutingRule rule : rules) {
            for (Step step : rule.steps()) {
                if (step instanceof Step.User user) {
                    keys.addAll(user.keys());
                }
            }
        }
        return keys;
    }

    /**
     * All that may be ids of providers in it. What stands before the colon of a model may be a part of the model's name
     * instead.
     */
    public Set<String> providers() {
        Set<String> providers = new LinkedHashSet<>();
        rules.forEach(rule -> providers.add(rule.provider()));
        if (access.providers() != null) {
            providers.addAll(access.providers());
        }
        if (access.models() != null) {
            for (Scope.Entry entry : access.models()) {
                int colon = entry.text().indexOf(':');
                if (colon > 0) {
                    providers.add(entry.text().substring(0, colon));
                }
            }
        }
        return providers;
    }
}
