package dev.serai.permit;

import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import dev.serai.catalog.Provider;
import dev.serai.control.Account;
import dev.serai.control.CustomProvider;
import dev.serai.control.GatewayConfig;
import dev.serai.control.KeyConfiguration;
import dev.serai.control.ProviderKey;
import dev.serai.control.ProviderKeyValue;
import dev.serai.control.StoredAccessKey;
import dev.serai.credits.Terms;
import dev.serai.secrets.Owner;
import dev.serai.secrets.ReferenceValues;
import dev.serai.secrets.Vault;
import dev.serai.selection.Credentials;
import dev.serai.selection.KeySource;
import dev.serai.store.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads from the store what the hot path needs, as of one moment. Blocks. */
public final class PermitLoader {
    private static final Logger LOG = LoggerFactory.getLogger(PermitLoader.class);

    private final Supplier<Store> store;
    private final Supplier<Vault> vault;
    private final ReferenceValues references;
    private final Credentials managed;
    private final Secrets masked;
    private volatile @Nullable Vault loadedWith;

    /** All that is read in one transaction. */
    private record Rows(
            long change,
            List<StoredAccessKey> accessKeys,
            List<ProviderKey> providerKeys,
            List<CustomProvider> providers,
            List<GatewayConfig> configs,
            List<KeyConfiguration> configurations,
            List<Account> accounts) {}

    /**
     * @param store      throws {@link dev.serai.store.StoreException} as long as it cannot be used
     * @param vault      opens provider keys, with the master keys of this moment
     * @param references where provider keys lie that the store does not keep
     * @param managed    the operator's credentials
     * @param masked     where values are registered before anybody gets them
     */
    public PermitLoader(
            Supplier<Store> store,
            Supplier<Vault> vault,
            ReferenceValues references,
            Credentials managed,
            Secrets masked) {
        this.store = store;
        this.vault = vault;
        this.references = references;
        this.managed = managed;
        this.masked = masked;
    }

    /** How many changes there were: if it is the same as before, nothing need be loaded. */
    long changes() {
        return store.get().changes();
    }

    /**
     * Looks again for what is not in the store: master keys, and values that lie elsewhere. Blocks.
     *
     * @return whether something has changed, so that the store must be loaded again
     */
    boolean refresh() {
        Vault before = loadedWith;
        return before != null && (references.refresh() || before != vault.get());
    }

    StoredState load() {
        Rows rows = store.get()
                .read(session -> new Rows(
                        session.changes(),
                        session.accessKeys().all(),
                        session.providerKeys().all(),
                        session.customProviders().all(),
                        session.gatewayConfigs().all(),
                        session.configurations().all(),
                        session.accounts().all()));
        Map<String, List<Provider>> providers = new HashMap<>();
        rows.providers().forEach(one -> providers
                .computeIfAbsent(one.accountId(), any -> new ArrayList<>(1))
                .add(CustomProviders.read(one)));
        return new StoredState(
                rows.change(),
                managed,
                rows.accessKeys(),
                opened(rows.providerKeys()),
                providers,
                rows.configs(),
                rows.configurations(),
                terms(rows.accounts()));
    }

    private static Map<String, Terms> terms(List<Account> accounts) {
        Map<String, Terms> terms = new HashMap<>();
        for (Account account : accounts) {
            Terms own = StoredTerms.of(account);
            if (!own.equals(Terms.NONE)) {
                terms.put(account.id(), own);
            }
        }
        return terms;
    }

    private Map<String, List<OpenedKey>> opened(List<ProviderKey> keys) {
        Map<String, List<OpenedKey>> opened = new HashMap<>();
        Vault current = vault.get();
        loadedWith = current;
        references.keepOnly(keys.stream()
                .map(ProviderKey::value)
                .filter(ProviderKeyValue.Reference.class::isInstance)
                .map(value -> ((ProviderKeyValue.Reference) value).expression())
                .toList());
        keys.stream()
                .sorted(Comparator.comparing((ProviderKey key) -> key.stamp().createdAt())
                        .thenComparing(ProviderKey::id)
                        .reversed())
                .forEach(key -> {
                    Secret value = open(key, current);
                    if (value != null) {
                        masked.register(value);
                        opened.computeIfAbsent(key.accountId(), any -> new ArrayList<>(1))
                                .add(new OpenedKey(key.providerId(), value, KeySource.user(key.id(), key.shown())));
                    }
                });
        return opened;
    }

    /** Null for one that cannot be had: the others are good all the same. */
    private @Nullable Secret open(ProviderKey key, Vault current) {
        if (key.value() instanceof ProviderKeyValue.Reference reference) {
            // Why it is not there has been told.
            return references.value(reference.expression()).orElse(null);
        }
        try {
            ProviderKeyValue.Kept kept = (ProviderKeyValue.Kept) key.value();
            return current.open(kept.sealed(), Owner.providerKey(key.accountId(), key.id()));
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("provider_key", key.id())
                    .addKeyValue("account", key.accountId())
                    .addKeyValue("reason", e.getClass().getSimpleName())
                    .log("a provider key cannot be used: its value cannot be had");
            return null;
        }
    }
}
