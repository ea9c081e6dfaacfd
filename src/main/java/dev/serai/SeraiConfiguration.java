package dev.serai;

import dev.serai.access.AccessKeyFile;
import dev.serai.access.AccessToken;
import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.CatalogLoader;
import dev.serai.catalog.ModelDiscovery;
import dev.serai.catalog.Provider;
import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigFolder;
import dev.serai.config.ConfigurationException;
import dev.serai.dialect.ChatCodec;
import dev.serai.dialect.Codecs;
import dev.serai.dialect.Dialect;
import dev.serai.dialect.Dialects;
import dev.serai.dialect.EmbeddingCodec;
import dev.serai.dialect.Translator;
import dev.serai.dialect.anthropic.AnthropicMessages;
import dev.serai.dialect.gemini.Gemini;
import dev.serai.dialect.gemini.GeminiCountTokens;
import dev.serai.dialect.gemini.GeminiEmbeddings;
import dev.serai.dialect.openai.OpenAiChat;
import dev.serai.dialect.openai.OpenAiEmbeddings;
import dev.serai.dialect.openai.OpenAiResponses;
import dev.serai.gateway.CallObserver;
import dev.serai.gateway.ErrorWriter;
import dev.serai.gateway.GatewayComponent;
import dev.serai.gateway.GatewayOptions;
import dev.serai.sandbox.Sandbox;
import dev.serai.selection.AliasLoader;
import dev.serai.selection.Aliases;
import dev.serai.selection.CapabilityCheck;
import dev.serai.selection.Directory;
import dev.serai.selection.Experience;
import dev.serai.selection.Health;
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
import dev.serai.upstream.UpstreamComponent;
import dev.serai.upstream.UpstreamOptions;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.spi.PropertiesSource;
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
    private static final int MAX_WAITING_BODIES = 64;

    private static final String SANDBOX_KEY = "SERAI_SANDBOX_KEY";
    private static final String SANDBOX_PORT = "SERAI_SANDBOX_PORT";

    private final Settings settings;
    private final Dialects dialects = dialects();
    private final Translator translator = new Translator(codecs());
    private final boolean strict;
    private final AccessKeyFile.Opened access;
    private volatile Directory directory;
    private final ProviderCredentials credentials;
    private final SelectionSteps selection;
    private final Secret sandboxKey;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Vertx vertx;
    private final ExecutorService workers;
    private final int maxBodyBytes;
    private final GatewayComponent gateway;
    private final GatewayComponent sandbox;
    private final UpstreamComponent upstream;

    /**
     * Reads every file and opens the sandbox's port; the gateway's own opens when the context starts.
     *
     * @throws ConfigurationException with everything that is wrong in the files and settings
     * @throws IOException            if SERAI_HOME cannot be written
     */
    public SeraiConfiguration(Settings settings) throws ConfigurationException, IOException {
        this.settings = settings;
        Options options = new Options(settings);
        int eventLoops = options.eventLoops();
        GatewayOptions gatewayOptions = options.gateway();
        UpstreamOptions upstreamOptions = options.upstream();
        maxBodyBytes = gatewayOptions.maxBodyBytes();
        strict = options.strictTranslation();
        access = AccessKeyFile.open(
                settings.home(), options.bootstrapKey().orElse(null), Clock.systemUTC(), new SecureRandom());
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
            ErrorWriter errors = new DialectErrors(dialects);
            Experience experience = new Experience(new Latencies(System::nanoTime), new InFlight());
            gateway = new GatewayComponent(vertx, gatewayOptions, errors, new RecordCall(new Measures(meters)));
            sandbox = new GatewayComponent(vertx, options.sandbox(), Sandbox.errors(), CallObserver.NONE);
            upstream = new UpstreamComponent(vertx, upstreamOptions);
            Map<String, String> variables = variables(settings.environment(), sandbox.listen());
            Catalog catalog = new CatalogLoader(dialects.ids(), variables)
                    .load(
                            folders(CatalogLoader.SHIPPED, "providers"),
                            folders(CatalogLoader.SHIPPED_PRESETS, "presets"),
                            options.presets());
            credentials = new ProviderCredentials(variables, Secrets.ofProcess());
            directory = new Directory(catalog, aliases(catalog, experience));
            selection = new SelectionSteps(
                    this::directory,
                    new Naming(options.catalogFallback()),
                    new ScopeCheck(),
                    new CapabilityCheck(),
                    new Planner(credentials, SurfaceChoice.SAME_DIALECT, Health.ALL_WELL),
                    experience);
            firstAccessKey().map(AccessKeyFile.FirstKey::token).ifPresent(Secrets.ofProcess()::register);
        } catch (ConfigurationException e) {
            vertx.close();
            throw e;
        } catch (Exception e) {
            vertx.close();
            throw new IOException("Serai could not start: " + e.getMessage(), e);
        }
    }

    private static Dialects dialects() {
        return new Dialects(List.<Dialect>of(
                new OpenAiChat(),
                new OpenAiResponses(),
                new OpenAiEmbeddings(),
                new AnthropicMessages(),
                new Gemini(),
                new GeminiCountTokens(),
                new GeminiEmbeddings()));
    }

    private static Codecs codecs() {
        return new Codecs(List.<ChatCodec>of(), List.<EmbeddingCodec>of());
    }

    private Map<String, String> variables(Map<String, String> environment, int sandboxPort) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put(SANDBOX_PORT, Integer.toString(sandboxPort));
        variables.put(SANDBOX_KEY, sandboxKey.reveal());
        return variables;
    }

    private Aliases aliases(Catalog catalog, Experience experience) throws ConfigurationException {
        Strategies strategies = new Strategies(
                experience.latencies(), experience.inFlight(), ThreadLocalRandom::current, InstantSource.system());
        List<ConfigFolder> folders = new ArrayList<>(List.of(AliasLoader.SHIPPED));
        settings.config().map(ConfigFolder.Directory::new).ifPresent(folders::add);
        return new AliasLoader(strategies).load(folders, catalog);
    }

    /** What is shipped, and over it the user's folder of this name. */
    private List<ConfigFolder> folders(ConfigFolder shipped, String name) {
        List<ConfigFolder> folders = new ArrayList<>(List.of(shipped));
        settings.config().ifPresent(config -> folders.add(new ConfigFolder.Directory(config.resolve(name))));
        return folders;
    }

    /** Adds components, beans and settings to a context that has not started. */
    public void install(CamelContext context) {
        context.getPropertiesComponent().addPropertiesSource(new SettingsSource(settings));
        context.getRegistry().bind("vertx", vertx);
        context.getRegistry().bind("metricsRegistry", meters);
        context.addLifecycleStrategy(new RouteMeters(meters));
        context.addComponent("gateway", gateway);
        context.addComponent("sandbox", sandbox);
        context.addComponent("upstream", upstream);
        Steps.transformers(dialects, translator, this::catalog, strict, Clock.systemUTC())
                .forEach(context.getTransformerRegistry()::put);
        Steps.beans(
                        dialects,
                        translator,
                        selection,
                        credentials,
                        access::keys,
                        Secrets.ofProcess(),
                        workers,
                        maxBodyBytes)
                .forEach((name, step) -> context.getRegistry().bind(name, step));
        selection.questions().forEach((name, question) -> context.getRegistry().bind(name, question));
        Sandbox.beans(sandboxKey).forEach((name, step) -> context.getRegistry().bind(name, step));
    }

    /**
     * Adds the routes: those of the route files, and one for each provider. The context must be {@linkplain #install installed}
     * into and not started.
     *
     * @throws Exception if a file is no valid route file; {@code serai check} says where
     */
    public void addRoutes(CamelContext context) throws Exception {
        List<Resource> resources = new ArrayList<>();
        for (ConfigFile file : RouteFiles.of(settings)) {
            resources.add(ResourceHelper.fromString(file.path(), file.text()));
        }
        PluginHelper.getRoutesLoader(context).loadRoutes(resources);
        for (Provider provider : catalog().providers()) {
            TemplatedRouteBuilder.builder(context, "provider")
                    .routeId("provider-" + provider.id())
                    .prefixId(provider.id())
                    .parameter("provider", provider.id())
                    .add();
        }
    }

    /** Asks the local servers which models they have, all at once and for half a second at most. Blocks. */
    public void discoverModels() {
        Directory known = directory;
        directory = new Directory(new ModelDiscovery().discover(known.catalog(), credentials::of), known.aliases());
    }

    public Catalog catalog() {
        return directory.catalog();
    }

    /** What model names mean at this moment. */
    public Directory directory() {
        return directory;
    }

    public ProviderCredentials credentials() {
        return credentials;
    }

    /** The access key that was made at this start; empty at every later one. Whoever shows it calls its {@code keep()}. */
    public Optional<AccessKeyFile.FirstKey> firstAccessKey() {
        return Optional.ofNullable(access.first());
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
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Serai's settings as properties of the context, so that routes can say {@code {{serai.attempt-timeout}}}. */
    private record SettingsSource(Settings settings) implements PropertiesSource {
        @Override
        public String getName() {
            return "serai";
        }

        @Override
        public @Nullable String getProperty(String name) {
            return name.equals("serai.version")
                    ? Version.text()
                    : settings.values().get(name);
        }
    }
}
