package dev.serai.permit;

import dev.serai.access.AccessKey;
import dev.serai.access.Allowance;
import dev.serai.access.KeyHash;
import dev.serai.access.Scope;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.Provider;
import dev.serai.control.GatewayConfig;
import dev.serai.control.KeyConfiguration;
import dev.serai.control.Limits;
import dev.serai.control.StoredAccessKey;
import dev.serai.credits.Terms;
import dev.serai.failover.Wishes;
import dev.serai.selection.Alias;
import dev.serai.selection.Aliases;
import dev.serai.selection.Credentials;
import dev.serai.selection.Directory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the store holds for the hot path, as of one change of it. Immutable. */
final class StoredState implements PermitSource {
    private final long change;
    private final Credentials managed;
    private final Map<KeyHash, AccessKey> keys = new HashMap<>();
    private final Map<String, List<OpenedKey>> openedKeys;
    private final Map<String, List<Provider>> customProviders;
    private final Map<String, GatewayConfig> gatewayConfigs;
    private final Collection<KeyConfiguration> configurations;
    private final Map<String, Terms> terms;

    /**
     * @param change          its number
     * @param managed         the operator's credentials
     * @param openedKeys      provider keys by account, newest first
     * @param customProviders by account
     * @param terms           by account; one that pays what everybody pays may be missing
     */
    StoredState(
            long change,
            Credentials managed,
            Collection<StoredAccessKey> accessKeys,
            Map<String, List<OpenedKey>> openedKeys,
            Map<String, List<Provider>> customProviders,
            Collection<GatewayConfig> gatewayConfigs,
            Collection<KeyConfiguration> configurations,
            Map<String, Terms> terms) {
        this.change = change;
        this.managed = managed;
        this.openedKeys = Map.copyOf(openedKeys);
        this.customProviders = Map.copyOf(customProviders);
        this.gatewayConfigs =
                gatewayConfigs.stream().collect(Collectors.toUnmodifiableMap(GatewayConfig::accountId, one -> one));
        this.configurations = List.copyOf(configurations);
        this.terms = Map.copyOf(terms);
        accessKeys.forEach(key -> keys.put(key.hash(), accessKey(key)));
    }

    private static Allowance allowance(Limits limits) {
        return Allowance.of(
                        limits.requestsPerMinute(),
                        limits.tokensPerMinute(),
                        limits.concurrentRequests(),
                        limits.maxInputTokens(),
                        limits.maxOutputTokens())
                .withBudgets(limits.budgetPerDay(), limits.budgetPerMonth());
    }

    private static AccessKey accessKey(StoredAccessKey key) {
        return new AccessKey(
                key.id(),
                key.name(),
                key.stamp().createdAt(),
                Scope.ALL,
                key.accountId(),
                key.configurationId(),
                key.expiresAt(),
                AccessKey.Origin.STORE,
                allowance(key.limits()));
    }

    long change() {
        return change;
    }

    @Override
    public Map<KeyHash, AccessKey> keys() {
        return keys;
    }

    @Override
    public Permits permits(Directory files) {
        Map<String, Directory> directories = new HashMap<>();
        customProviders.forEach((account, providers) -> directories.put(account, with(files, providers)));
        Map<String, Permit> byAccount = new HashMap<>();
        Set<String> accounts = new HashSet<>(customProviders.keySet());
        accounts.addAll(openedKeys.keySet());
        accounts.addAll(gatewayConfigs.keySet());
        accounts.addAll(terms.keySet());
        for (String account : accounts) {
            byAccount.put(account, permit(account, directories.getOrDefault(account, files)));
        }
        Permit usual = Permit.usual(files, managed);
        Map<String, Permit> byConfiguration = new HashMap<>();
        for (KeyConfiguration configuration : configurations) {
            Permit ofAccount = byAccount.getOrDefault(configuration.accountId(), usual);
            byConfiguration.put(configuration.id(), permit(configuration, ofAccount));
        }
        return new Permits(byConfiguration, byAccount, usual);
    }

    private Permit permit(String account, Directory directory) {
        GatewayConfig config = gatewayConfigs.get(account);
        return new Permit(
                directory,
                Scope.ALL,
                new AccountCredentials(managed, openedKeys.getOrDefault(account, List.of()), List.of()),
                config == null ? Wishes.NONE : StoredWishes.of(config),
                config == null ? null : config.strictTranslation(),
                Allowance.ALL,
                config == null ? Allowance.ALL : allowance(config.limits()),
                terms.getOrDefault(account, Terms.NONE));
    }

    private Permit permit(KeyConfiguration configuration, Permit ofAccount) {
        return new Permit(
                visible(ofAccount.directory(), configuration.aliases()),
                configuration.access(),
                new AccountCredentials(
                        managed, openedKeys.getOrDefault(configuration.accountId(), List.of()), configuration.rules()),
                ofAccount.wishes().and(StoredWishes.of(configuration)),
                ofAccount.strict(),
                allowance(configuration.limits()),
                ofAccount.ofAccount(),
                ofAccount.terms());
    }

    /** A provider of a file keeps its name, whatever an account calls its own: it may have come later. */
    private static Directory with(Directory files, List<Provider> own) {
        List<Provider> all = new ArrayList<>(files.catalog().providers());
        own.stream().filter(provider -> !files.isProvider(provider.id())).forEach(all::add);
        return new Directory(new Catalog(all), files.aliases());
    }

    private static Directory visible(Directory directory, @Nullable List<String> aliases) {
        if (aliases == null) {
            return directory;
        }
        Set<String> names =
                aliases.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        List<Alias> kept = directory.aliases().all().stream()
                .filter(alias -> names.contains(alias.name().toLowerCase(Locale.ROOT)))
                .toList();
        return new Directory(directory.catalog(), new Aliases(kept));
    }
}
