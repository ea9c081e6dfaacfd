package dev.serai.reload;

import dev.serai.access.AccessKey;
import dev.serai.access.AccessKeyFile;
import dev.serai.access.AccessKeys;
import dev.serai.access.Credential;
import dev.serai.access.KeyHash;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.Provider;
import dev.serai.selection.Directory;
import dev.serai.telemetry.Measures;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The configuration in force, and what replaces it. Provider files and the file of access keys are judged apart, so that a
 * provider file with an error in it keeps no withdrawn key alive. Thread-safe; {@link #current} never waits, the rest blocks.
 */
public final class LiveConfiguration {
    private final Part<Directory> providers;
    private final Part<AccessKeyFile.Opened> accessKeys;
    private final DiscoveredModels discovered;
    private final ProviderRoutes routes;
    private final Clock clock;
    private final ReloadLog log;
    private volatile Snapshot current;

    /** @param credentials what to ask a server for its models with */
    public LiveConfiguration(
            Part<Directory> providers,
            Part<AccessKeyFile.Opened> accessKeys,
            Function<Provider, Optional<Credential>> credentials,
            ProviderRoutes routes,
            Clock clock,
            Measures measures) {
        this.providers = providers;
        this.accessKeys = accessKeys;
        this.discovered = new DiscoveredModels(credentials);
        this.routes = routes;
        this.clock = clock;
        this.log = new ReloadLog(measures);
        this.current = new Snapshot(providers.inForce(), accessKeys.inForce().keys(), clock.instant());
        measures.configuration(
                () -> Duration.between(current.readAt(), clock.instant()).toMillis() / 1e3,
                () -> providers.problems().size() + accessKeys.problems().size());
    }

    /** What to serve a request with. */
    public Snapshot current() {
        return current;
    }

    /**
     * Looks whether files have changed, and puts in force what they say, or tells what is wrong with them. Never throws.
     *
     * @param settle how long changed files must stay as they are; zero for whoever knows that nobody is writing
     */
    public synchronized void look(Duration settle) {
        Directory before = providers.inForce();
        accessKeys.look(settle, this::takeKeys, log);
        providers.look(settle, this::takeProviders, log);
        if (!before.equals(providers.inForce())) {
            discoverModels();
        }
        routes.release(current.directory().catalog());
    }

    /** Asks the local servers which models they have, all at once and for half a second at most. */
    public synchronized void discoverModels() {
        discovered.ask(providers.inForce().catalog());
        current = current.with(withDiscovered(providers.inForce()));
    }

    private Directory withDiscovered(Directory files) {
        return new Directory(discovered.addedTo(files.catalog()), files.aliases());
    }

    private void takeKeys(AccessKeyFile.Opened before, AccessKeyFile.Opened now) {
        current = new Snapshot(current.directory(), now.keys(), clock.instant());
        Changes changes = Changes.between(byId(before.keys()), byId(now.keys()));
        log.applied(
                accessKeys.name(),
                changes,
                now.keys().keys().size(),
                !accessKeys.problems().isEmpty());
    }

    private static Map<String, Map.Entry<KeyHash, AccessKey>> byId(AccessKeys keys) {
        Map<String, Map.Entry<KeyHash, AccessKey>> byId = new HashMap<>();
        keys.byHash().entrySet().forEach(entry -> byId.put(entry.getValue().id(), entry));
        return byId;
    }

    private void takeProviders(Directory before, Directory now) throws Exception {
        routes.prepare(now.catalog());
        current = new Snapshot(withDiscovered(now), current.keys(), clock.instant());
        Changes changes = Changes.between(byId(before.catalog()), byId(now.catalog()));
        log.applied(
                providers.name(),
                changes,
                now.catalog().providers().size(),
                !providers.problems().isEmpty());
    }

    private static Map<String, Provider> byId(Catalog catalog) {
        Map<String, Provider> byId = new LinkedHashMap<>();
        catalog.providers().forEach(provider -> byId.put(provider.id(), provider));
        return byId;
    }
}
