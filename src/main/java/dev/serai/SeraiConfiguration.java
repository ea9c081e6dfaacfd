package dev.serai;

import dev.serai.access.AccessKeyFile;
import dev.serai.access.AccessToken;
import dev.serai.access.Allowance;
import dev.serai.access.Pepper;
import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.CatalogFiles;
import dev.serai.catalog.CatalogLoader;
import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigFolder;
import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import dev.serai.dialect.Dialects;
import dev.serai.dialect.Translator;
import dev.serai.failover.Breakers;
import dev.serai.failover.Failover;
import dev.serai.failover.FailoverLoader;
import dev.serai.failover.FailoverPolicy;
import dev.serai.failover.Probes;
import dev.serai.gateway.CallObserver;
import dev.serai.gateway.GatewayComponent;
import dev.serai.gateway.GatewayOptions;
import dev.serai.gateway.Load;
import dev.serai.gateway.OwnWords;
import dev.serai.limit.RateLimits;
import dev.serai.management.OperatorSettings;
import dev.serai.management.ProvidersHealth;
import dev.serai.permit.PermitSource;
import dev.serai.permit.StoreFreshness;
import dev.serai.refresh.CatalogRefresh;
import dev.serai.reload.LiveConfiguration;
import dev.serai.reload.Part;
import dev.serai.responses.ResponseStore;
import dev.serai.sandbox.Sandbox;
import dev.serai.selection.AliasFiles;
import dev.serai.selection.AliasLoader;
import dev.serai.selection.CapabilityCheck;
import dev.serai.selection.Directory;
import dev.serai.selection.Experience;
import dev.serai.selection.InFlight;
import dev.serai.selection.Latencies;
import dev.serai.selection.Naming;
import dev.serai.selection.Planner;
import dev.serai.selection.ProviderCredentials;
import dev.serai.selection.ScopeCheck;
import dev.serai.selection.Strategies;
import dev.serai.selection.SurfaceChoice;
import dev.serai.steps.RecordCall;
import dev.serai.steps.SelectionSteps;
import dev.serai.steps.Steps;
import dev.serai.telemetry.Measures;
import dev.serai.upstream.ProviderHosts;
import dev.serai.upstream.UpstreamComponent;
import dev.serai.upstream.UpstreamOptions;
import dev.serai.upstream.media.MediaFetcher;
import dev.serai.upstream.media.MediaOptions;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the routes need, wired by hand. {@link #install} is all that another Camel application needs to have Serai in
 * it; {@link #close} is for whoever made it.
 */
public final class SeraiConfiguration implements AutoCloseable {
    /** Large bodies waiting to be parsed; more are refused as overload. */
    private static final int MAX_WAITING_NAMES = 200;

    private static final int MAX_WAITING_BODIES = 64;

    static final String SANDBOX_KEY = "SERAI_SANDBOX_KEY";
    static final String SANDBOX_PORT = "SERAI_SANDBOX_PORT";

    /** Longer than an editor takes between emptying a file and filling it. */
    private static final Duration SETTLE = Duration.ofMillis(100);

    private final Settings settings;
    private final Dialects dialects = Formats.dialects();
    private final Translator translator = new Translator(Formats.codecs());
    private final boolean strict;
    private final Allowance everyone;
    private final Optional<AccessKeyFile.FirstKey> firstAccessKey;
    private final TemplateRoutes providerRoutes;
    private final LiveConfiguration live;
    private final ProviderCredentials credentials;
    private final ListFetching listFetching;
    private final SelectionSteps selection;
    private final Breakers breakers;
    private final Failover failover;
    private final Probes probes;
    private final Clock clock;
    private final Secret sandboxKey;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Vertx vertx;
    private final ExecutorService workers;
    private final ExecutorService names;
    private final ProviderHosts hosts;
    private final int maxBodyBytes;
    private final GatewayComponent gateway;
    private final GatewayComponent sandbox;
    private final UpstreamComponent upstream;
    private final MediaFetcher mediaFetcher;
    private final @Nullable ResponseStore responses;
    private final @Nullable Management management;
    private final @Nullable Accounting accounting;

    /**
     * Reads every file and opens the sandbox's port; the gateway's own opens when the context starts.
     *
     * @throws ConfigurationException with everything that is wrong in the files and settings
     * @throws IOException            if SERAI_HOME cannot be written
     */
    public SeraiConfiguration(Settings settings) throws ConfigurationException, IOException {
        this(settings, Clock.systemUTC());
    }

    SeraiConfiguration(Settings settings, Clock clock) throws ConfigurationException, IOException {
        this.settings = settings;
        this.clock = clock;
        Options options = new Options(settings);
        int eventLoops = options.eventLoops();
        GatewayOptions gatewayOptions = options.gateway();
        UpstreamOptions upstreamOptions = options.upstream();
        MediaOptions mediaOptions = options.media();
        options.reload();
        options.probeEvery();
        maxBodyBytes = gatewayOptions.maxBodyBytes();
        hosts = new ProviderHosts(options.providerHosts());
        strict = options.strictTranslation();
        everyone = options.everyone();
        responses = options.storedResponses(clock).orElse(null);
        Part<AccessKeyFile.Opened> access = accessKeys(options, clock);
        firstAccessKey = Optional.ofNullable(access.inForce().first());
        providerRoutes = new TemplateRoutes(clock);
        sandboxKey = AccessToken.generate(new SecureRandom()).value();
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(eventLoops)
                .setWorkerPoolSize(4)
                .setInternalBlockingPoolSize(4)
                // One class loader is all there is, so no event needs to be told which.
                .setDisableTCCL(true)
                .setMaxEventLoopExecuteTime(500)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS));
        try {
            workers = new ThreadPoolExecutor(2, 2, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING_BODIES));
            ThreadPoolExecutor lookUps =
                    new ThreadPoolExecutor(4, 4, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING_NAMES));
            lookUps.allowCoreThreadTimeOut(true);
            names = lookUps;
            OwnWords words = new DialectWords(dialects);
            Experience experience = new Experience(new Latencies(System::nanoTime), new InFlight());
            Measures measures = new Measures(meters);
            gateway = new GatewayComponent(vertx, gatewayOptions, words, new RecordCall(measures));
            measures.load(gateway.load(), Load::limit, Load::served, Load::waiting, Load::refused);
            sandbox = new GatewayComponent(vertx, options.sandbox(), Sandbox.errors(), CallObserver.NONE);
            upstream = new UpstreamComponent(vertx, upstreamOptions);
            mediaFetcher = new MediaFetcher(vertx, mediaOptions, "serai/" + Version.text());
            Map<String, String> variables = variables(settings.environment(), sandbox.listen());
            credentials = new ProviderCredentials(variables, Secrets.ofProcess());
            CatalogFiles files = new CatalogFiles(
                    new CatalogLoader(dialects.ids(), variables),
                    settings.config().orElse(null),
                    options.presets());
            AliasFiles aliases = aliases(settings, experience, clock);
            listFetching = new ListFetching(
                    new CatalogRefresh(files, aliases::read, credentials::of, clock),
                    options,
                    Secrets.ofProcess(),
                    clock);
            live = new LiveConfiguration(
                    models(files, aliases, clock),
                    access,
                    failover(clock),
                    PermitSource.ofFiles(credentials),
                    credentials::of,
                    providerRoutes,
                    clock,
                    measures);
            breakers = new Breakers(() -> live.current().failover(), clock);
            breakers.watchedBy(measures::breaker);
            probes = new Probes(breakers, measures);
            failover = new Failover(
                    () -> live.current().failover(),
                    options.clocks(),
                    System::nanoTime,
                    () -> ThreadLocalRandom.current().nextDouble());
            selection = new SelectionSteps(
                    new Naming(options.catalogFallback()),
                    new ScopeCheck(),
                    new CapabilityCheck(),
                    new Planner(new SurfaceChoice(translator::canTranslate), breakers),
                    failover,
                    experience);
            firstAccessKey.map(AccessKeyFile.FirstKey::token).ifPresent(Secrets.ofProcess()::register);
            Selling.check(settings);
            Accounting.check(settings);
            management = Management.isWanted(settings)
                    ? Management.open(
                            settings,
                            clock,
                            this::catalog,
                            Set.copyOf(dialects.ids()),
                            new ProvidersHealth(this::catalog, credentials, breakers, failover, probes, clock),
                            () -> operatorSettings(options),
                            credentials,
                            live::take)
                    : null;
            accounting = management == null || options.credits() == Options.Credits.OFF
                    ? null
                    : Accounting.open(options, settings.home(), management, measures, clock);
        } catch (ConfigurationException e) {
            vertx.close();
            throw e;
        } catch (Exception e) {
            vertx.close();
            throw new IOException("Serai could not start: " + e.getMessage(), e);
        }
    }

    /** Settings were checked at the start, and are the same since. */
    private OperatorSettings operatorSettings(Options options) {
        try {
            return options.operatorSettings(live.current().failover());
        } catch (ConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A clock of the wall may be set back; one of a test is believed. */
    private static LongSupplier nanos(Clock clock) {
        return clock.equals(Clock.systemUTC()) ? System::nanoTime : () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    private Map<String, String> variables(Map<String, String> environment, int sandboxPort) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put(SANDBOX_PORT, Integer.toString(sandboxPort));
        variables.put(SANDBOX_KEY, sandboxKey.reveal());
        return variables;
    }

    private Part<AccessKeyFile.Opened> accessKeys(Options options, Clock clock)
            throws ConfigurationException, IOException {
        @Nullable Secret bootstrap = options.bootstrapKey().orElse(null);
        return new Part<>(
                "access_keys",
                List.of(AccessKeyFile.in(settings.home())),
                clock,
                inForce -> inForce == null
                        ? AccessKeyFile.open(
                                settings.home(),
                                settings.environment().get(Pepper.VARIABLE),
                                bootstrap,
                                clock,
                                new SecureRandom())
                        : inForce.again());
    }

    static AliasFiles aliases(Settings settings, Experience experience, Clock clock) {
        return new AliasFiles(
                new AliasLoader(new Strategies(
                        experience.latencies(), experience.inFlight(), ThreadLocalRandom::current, clock)),
                settings.config().orElse(null));
    }

    private Part<FailoverPolicy> failover(Clock clock) throws ConfigurationException, IOException {
        @Nullable Path config = settings.config().orElse(null);
        List<ConfigFolder> folders = ConfigFolder.over(FailoverLoader.SHIPPED, config);
        List<Path> watched = config == null ? List.of() : List.of(config.resolve(FailoverLoader.FILE));
        return new Part<>("failover", watched, clock, inForce -> FailoverLoader.load(folders));
    }

    private Part<Directory> models(CatalogFiles files, AliasFiles aliases, Clock clock)
            throws ConfigurationException, IOException {
        List<Path> watched = new ArrayList<>(files.folders());
        aliases.own().ifPresent(watched::add);
        @Nullable Path config = settings.config().orElse(null);
        return new Part<>("models", watched, clock, inForce -> {
            refuseIfGone(config);
            Catalog catalog = files.read().catalog();
            return new Directory(catalog, aliases.read(catalog));
        });
    }

    /** A volume that is not mounted any more is no wish to have no provider. */
    private static void refuseIfGone(@Nullable Path config) throws ConfigurationException {
        if (config != null && !Files.isDirectory(config)) {
            throw new ConfigurationException(new Problem(config.toString(), 0, "is no folder"));
        }
    }

    /** Adds components, beans and settings to a context that has not started. */
    public void install(CamelContext context) {
        context.getPropertiesComponent().addPropertiesSource(new SettingsSource(settings));
        context.getRegistry().bind("vertx", vertx);
        context.getRegistry().bind("metricsRegistry", meters);
        context.addLifecycleStrategy(new RouteMeters(meters));
        context.getRegistry().bind("guardCandidate", Steps.guard(breakers));
        context.getRegistry().bind("hedgeCandidate", Steps.hedge(translator, clock));
        context.addComponent("gateway", gateway);
        context.addComponent("sandbox", sandbox);
        context.addComponent("upstream", upstream);
        Steps.transformers(dialects, translator, responses, strict, everyone, clock)
                .forEach(context.getTransformerRegistry()::put);
        Steps.beans(
                        dialects,
                        translator,
                        mediaFetcher,
                        responses,
                        selection,
                        live::current,
                        management == null ? StoreFreshness.NO_STORE : management.freshness(),
                        Secrets.ofProcess(),
                        workers,
                        hosts,
                        names,
                        maxBodyBytes,
                        new RateLimits(nanos(clock)),
                        everyone,
                        accounting == null ? null : accounting.metering(),
                        clock)
                .forEach((name, step) -> context.getRegistry().bind(name, step));
        selection.questions().forEach((name, question) -> context.getRegistry().bind(name, question));
        Processor readChangedFiles = look -> live.look(SETTLE);
        context.getRegistry().bind("readChangedFiles", readChangedFiles);
        listFetching.install(context);
        new Probing(this::catalog, credentials, probes, Secrets.ofProcess(), clock).install(context);
        if (management != null) {
            management.install(context);
        }
        if (accounting != null) {
            accounting.install(context);
        }
        Sandbox.beans(sandboxKey).forEach((name, step) -> context.getRegistry().bind(name, step));
    }

    /**
     * Adds the routes: those of the route files, and one for each provider. The context must be {@linkplain #install installed}
     * into and not started.
     *
     * @throws Exception if a file is no valid route file; {@code serai check} says where
     */
    public void addRoutes(CamelContext context) throws Exception {
        AdminServer.limitBodies(context);
        List<Resource> resources = new ArrayList<>();
        for (ConfigFile file : RouteFiles.of(settings)) {
            resources.add(ResourceHelper.fromString(file.path(), file.text()));
        }
        PluginHelper.getRoutesLoader(context).loadRoutes(resources);
        providerRoutes.begin(context, catalog());
    }

    /** Asks the local servers which models they have, all at once and for half a second at most. Blocks. */
    public void discoverModels() {
        live.discoverModels();
    }

    /**
     * Reads configuration files that have changed, and puts them in force if they are right; the log and the meters say what
     * became of them. For whoever knows that nobody is writing; the route {@code reload-configuration} does the same by itself.
     * Blocks.
     */
    public void reload() {
        live.look(Duration.ZERO);
    }

    /** The providers and models of this moment. */
    public Catalog catalog() {
        return directory().catalog();
    }

    /** What model names mean at this moment. */
    public Directory directory() {
        return live.current().directory();
    }

    public ProviderCredentials credentials() {
        return credentials;
    }

    /** The access key that was made at this start; empty at every later one. Whoever shows it calls its {@code keep()}. */
    public Optional<AccessKeyFile.FirstKey> firstAccessKey() {
        return firstAccessKey;
    }

    /**
     * An operator's key to the management API, if there was no API key at all; kept from now on, so only for whoever is about to
     * show it.
     */
    public Optional<Secret> firstApiKey() {
        return management == null ? Optional.empty() : management.firstApiKey();
    }

    /** Whether there is a management API: not without an admin port. */
    boolean hasManagement() {
        return management != null && management.hasAdminPort();
    }

    /** The port of the data plane; known when the context has started. */
    public int port() {
        return gateway.port();
    }

    public Settings settings() {
        return settings;
    }

    /** Ends the event loops. Stop the context first. */
    @Override
    public void close() {
        workers.shutdown();
        names.shutdown();
        if (accounting != null) {
            accounting.close();
        }
        if (management != null) {
            management.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
