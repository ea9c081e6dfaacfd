package dev.serai.reload;

import dev.serai.access.AccessKey;
import dev.serai.access.AccessKeyFile;
import dev.serai.access.AccessKeys;
import dev.serai.access.Credential;
import dev.serai.access.KeyHash;
import dev.serai.catalog.Provider;
import dev.serai.failover.FailoverPolicy;
import dev.serai.permit.PermitSource;
import dev.serai.selection.Alias;
import dev.serai.selection.Directory;
import dev.serai.telemetry.Measures;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The configuration in force, and what replaces it. What model names mean (provider files, presets, aliases) and who may
 * call and what is done after a failure are judged apart, so that a provider file with an error in it keeps no withdrawn key alive. Thread-safe; {@link #current} never waits, the rest blocks.
 */
public final class LiveConfiguration {
    private final Part<Directory> models;
    private final Part<AccessKeyFile.Opened> accessKeys;
    private final Part<FailoverPolicy> failover;
    private final DiscoveredModels discovered;
    private final ProviderRoutes routes;
    private final Clock clock;
    private final ReloadLog log;
    private PermitSource managed;
    private volatile Snapshot current;

    /**
     * @param managed     what is known of access keys beside the files
     * @param credentials what to ask a server for its models with
     */
    public LiveConfiguration(
            Part<Directory> models,
            Part<AccessKeyFile.Opened> accessKeys,
            Part<FailoverPolicy> failover,
            PermitSource managed,
            Function<Provider, Optional<Credential>> credentials,
            ProviderRoutes routes,
            Clock clock,
            Measures measures) {
        this.models = models;
        this.accessKeys = accessKeys;
        this.failover = failover;
        this.managed = managed;
        this.discovered = new DiscoveredModels(credentials);
        this.routes = routes;
        this.clock = clock;
        this.log = new ReloadLog(measures);
        this.current = snapshot(models.inForce());
        measures.configuration(
                () -> Duration.between(current.readAt(), clock.instant()).toMillis() / 1e3,
                () -> models.problems().size()
                        + accessKeys.problems().size()
                        + failover.problems().size());
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
        Directory before = models.inForce();
        accessKeys.look(settle, this::takeKeys, log);
        failover.look(settle, this::takeFailover, log);
        models.look(settle, this::takeModels, log);
        if (!before.equals(models.inForce())) {
            discoverModels();
        }
        routes.release(current.directory().catalog());
    }

    /** Asks the local servers which models they have, all at once and for half a second at most. */
    public synchronized void discoverModels() {
        discovered.ask(models.inForce().catalog());
        current = snapshot(withDiscovered(models.inForce()));
    }

    /** Puts in force what is known of access keys beside the files. */
    public synchronized void take(PermitSource now) {
        managed = now;
        current = snapshot(current.directory());
    }

    private Snapshot snapshot(Directory directory) {
        return snapshot(directory, accessKeys.inForce(), failover.inForce());
    }

    private Snapshot snapshot(Directory directory, AccessKeyFile.Opened keys, FailoverPolicy rules) {
        return new Snapshot(
                directory, keys.keys().with(managed.keys()), managed.permits(directory), rules, clock.instant());
    }

    private Directory withDiscovered(Directory files) {
        return new Directory(discovered.addedTo(files.catalog()), files.aliases());
    }

    private void takeKeys(AccessKeyFile.Opened before, AccessKeyFile.Opened now) {
        current = snapshot(current.directory(), now, failover.inForce());
        log.applied(
                accessKeys.name(),
                Map.of("keys", Changes.between(keys(before.keys()), keys(now.keys()))),
                !accessKeys.problems().isEmpty());
    }

    private void takeFailover(FailoverPolicy before, FailoverPolicy now) {
        current = snapshot(current.directory(), accessKeys.inForce(), now);
        log.applied(
                failover.name(),
                Map.of("rules", Changes.between(Map.of(failover.name(), before), Map.of(failover.name(), now))),
                !failover.problems().isEmpty());
    }

    private void takeModels(Directory before, Directory now) throws Exception {
        routes.prepare(now.catalog());
        current = snapshot(withDiscovered(now));
        Map<String, Changes> changes = new LinkedHashMap<>();
        changes.put("providers", Changes.between(providers(before), providers(now)));
        changes.put("aliases", Changes.between(aliases(before), aliases(now)));
        log.applied(models.name(), changes, !models.problems().isEmpty());
    }

    private static Map<String, Map.Entry<KeyHash, AccessKey>> keys(AccessKeys keys) {
        Map<String, Map.Entry<KeyHash, AccessKey>> byId = new HashMap<>();
        keys.byHash().entrySet().forEach(entry -> byId.put(entry.getValue().id(), entry));
        return byId;
    }

    private static Map<String, Provider> providers(Directory directory) {
        Map<String, Provider> byId = new LinkedHashMap<>();
        directory.catalog().providers().forEach(provider -> byId.put(provider.id(), provider));
        return byId;
    }

    /** Their order means nothing. */
    private static Map<String, Alias> aliases(Directory directory) {
        Map<String, Alias> byName = new TreeMap<>();
        directory.aliases().all().forEach(alias -> byName.put(alias.name(), alias));
        return byName;
    }
}
