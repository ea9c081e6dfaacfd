package dev.serai;

import dev.serai.access.BootstrapKey;
import dev.serai.access.Pepper;
import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import dev.serai.catalog.Catalog;
import dev.serai.config.ConfigurationException;
import dev.serai.credits.Spending;
import dev.serai.management.ControlPlane;
import dev.serai.management.ManagementApi;
import dev.serai.management.OperatorSettings;
import dev.serai.management.ProvidersHealth;
import dev.serai.permit.PermitLoader;
import dev.serai.permit.PermitSource;
import dev.serai.permit.StoreFreshness;
import dev.serai.permit.StoreWatch;
import dev.serai.secrets.CurrentVault;
import dev.serai.secrets.MasterKeys;
import dev.serai.secrets.ReferenceValues;
import dev.serai.selection.Credentials;
import dev.serai.store.Database;
import dev.serai.store.Ledger;
import dev.serai.store.StoreException;
import dev.serai.store.UsageRecords;
import dev.serai.store.UsageRetention;
import dev.serai.store.UsageSinks;
import dev.serai.upstream.ProviderHosts;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;

/** The control plane with its API, wired by hand. Without an admin port, the store is there for its keys, and the API is not. */
final class Management implements AutoCloseable {
    static final String ADMIN_PORT = "camel.management.enabled";

    private final ControlPlane plane;
    private final ManagementApi api;
    private final ProviderHosts hosts;
    private final @Nullable Path trusted;
    private final boolean hasBootstrapKey;
    private final StoreWatch watch;
    private final CamelReferences references;
    private final Selling selling;
    private final boolean hasAdminPort;

    private Management(
            ControlPlane plane,
            ManagementApi api,
            ProviderHosts hosts,
            @Nullable Path trusted,
            boolean hasBootstrapKey,
            boolean hasAdminPort,
            CamelReferences references,
            Selling selling,
            StoreWatch watch) {
        this.plane = plane;
        this.api = api;
        this.hosts = hosts;
        this.trusted = trusted;
        this.hasBootstrapKey = hasBootstrapKey;
        this.hasAdminPort = hasAdminPort;
        this.references = references;
        this.selling = selling;
        this.watch = watch;
    }

    /** How well the hot path knows the store. */
    StoreFreshness freshness() {
        return watch;
    }

    /** Where charges and balances are kept. */
    Ledger ledger() {
        return new Ledger(plane.database(), plane.clock(), new SecureRandom());
    }

    /** What access keys have spent. */
    Spending spending() {
        return new UsageRecords(plane.database());
    }

    /** Who forgets events of long ago. */
    UsageRetention retention() {
        return new UsageRetention(plane.database(), plane.clock());
    }

    /** How far those have come who are told of events. */
    UsageSinks sinks() {
        return new UsageSinks(plane.database(), plane.clock());
    }

    /** Whether the settings want the store: with an admin port, or because it is one that nodes share. */
    static boolean isWanted(Settings settings) throws ConfigurationException {
        return settings.flag(ADMIN_PORT)
                || !settings.text(InstalledStore.SETTING).isEmpty();
    }

    /**
     * Opens the store. One that is away stops nothing.
     *
     * @param managed    the operator's credentials
     * @param whenLoaded told of what the store holds for the hot path, whenever that changes
     * @throws ConfigurationException if a setting is wrong
     * @throws IOException            if the store or the master key cannot be made, or a newer Serai was there
     */
    static Management open(
            Settings settings,
            Clock clock,
            Supplier<Catalog> catalog,
            Set<String> dialects,
            ProvidersHealth health,
            Supplier<OperatorSettings> operator,
            Credentials managed,
            Consumer<PermitSource> whenLoaded)
            throws ConfigurationException, IOException {
        Options options = new Options(settings);
        Secrets masked = Secrets.ofProcess();
        SecureRandom random = new SecureRandom();
        ProviderHosts hosts = new ProviderHosts(options.providerHosts());
        @Nullable Secret bootstrap = options.bootstrapApiKey().orElse(null);
        CurrentVault vault =
                new CurrentVault(settings.environment().get(MasterKeys.VARIABLE), settings.home(), random, masked);
        CamelReferences references = new CamelReferences(settings.environment(), options.secretFiles());
        Selling selling = Selling.of(settings, references, masked);
        ReferenceValues values = new ReferenceValues(references, masked, clock, options.referenceRefresh());
        ControlPlane plane = new ControlPlane(
                Database.open(InstalledStore.url(settings)),
                Pepper.of(settings.environment().get(Pepper.VARIABLE), settings.home(), random),
                vault,
                random,
                clock);
        try {
            plane.begin();
        } catch (StoreException e) {
            plane.close();
            throw new IOException(e.getMessage(), e);
        }
        ManagementApi api = new ManagementApi(
                plane,
                bootstrap,
                catalog,
                dialects,
                hosts,
                health,
                operator,
                options.auditKept().orElse(null),
                values,
                masked,
                selling);
        return new Management(
                plane,
                api,
                hosts,
                options.upstream().trustPem(),
                bootstrap != null,
                settings.flag(ADMIN_PORT),
                references,
                selling,
                new StoreWatch(
                        plane.database(),
                        plane::store,
                        new PermitLoader(plane::store, plane::vault, values, managed, masked),
                        whenLoaded,
                        clock,
                        options.maxStaleness()));
    }

    void install(CamelContext context) {
        references.answeredBy(context);
        watch.start();
        plane.whenChanged(watch::look);
        if (hasAdminPort) {
            installApi(context);
        }
    }

    private void installApi(CamelContext context) {
        context.getRegistry().bind("storeHealth", new StoreHealth(watch));
        api.beans().forEach((name, step) -> context.getRegistry().bind(name, step));
        selling.install(context, plane);
        try {
            context.getRegistry()
                    .bind(
                            "checkedConnections",
                            CheckedConnections.of(hosts, new TrustedCertificates(trusted).createSSLContext(context)));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the certificates to trust cannot be read", e);
        }
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStarted(CamelContext started) {
                AdminServer.completeRouter(started, api);
            }
        });
    }

    /** An operator's key that was made for this call, since there was none; its hash is kept. */
    Optional<Secret> firstApiKey() {
        Optional<Secret> first = hasBootstrapKey || !hasAdminPort ? Optional.empty() : plane.firstApiKey();
        first.ifPresent(Secrets.ofProcess()::register);
        return first;
    }

    /** Whether there is an admin port. */
    boolean hasAdminPort() {
        return hasAdminPort;
    }

    /** Whether the operator chose the first key, in {@link BootstrapKey#API_VARIABLE}. */
    boolean hasBootstrapKey() {
        return hasBootstrapKey;
    }

    @Override
    public void close() {
        watch.close();
        plane.close();
    }
}
