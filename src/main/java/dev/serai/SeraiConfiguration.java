package dev.serai;

import dev.serai.access.AccessKeyFile;
import dev.serai.access.AccessToken;
import dev.serai.access.BootstrapKey;
import dev.serai.access.Credential;
import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.CatalogLoader;
import dev.serai.catalog.Model;
import dev.serai.catalog.ModelDiscovery;
import dev.serai.catalog.Provider;
import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigFolder;
import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import dev.serai.dialect.Dialect;
import dev.serai.dialect.Dialects;
import dev.serai.dialect.anthropic.AnthropicMessages;
import dev.serai.dialect.openai.OpenAiChat;
import dev.serai.dialect.openai.OpenAiEmbeddings;
import dev.serai.dialect.openai.OpenAiResponses;
import dev.serai.error.GatewayError;
import dev.serai.gateway.CallObserver;
import dev.serai.gateway.ErrorWriter;
import dev.serai.gateway.GatewayComponent;
import dev.serai.gateway.GatewayOptions;
import dev.serai.sandbox.Sandbox;
import dev.serai.selection.Planner;
import dev.serai.selection.ProviderCredentials;
import dev.serai.steps.RecordCall;
import dev.serai.steps.Steps;
import dev.serai.telemetry.Measures;
import dev.serai.upstream.UpstreamComponent;
import dev.serai.upstream.UpstreamOptions;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
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
    private final AccessKeyFile.Opened access;
    private volatile Catalog catalog;
    private final ProviderCredentials credentials;
    private final Planner planner;
    private final Secret sandboxKey;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Vertx vertx;
    private final ExecutorService workers;
    private final GatewayOptions gatewayOptions;
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
        int eventLoops = eventLoops(settings);
        gatewayOptions = gatewayOptions(settings, eventLoops);
        UpstreamOptions upstreamOptions = upstreamOptions(settings);
        access = AccessKeyFile.open(settings.home(), bootstrapKey(settings), Clock.systemUTC(), new SecureRandom());
        sandboxKey = AccessToken.generate(new SecureRandom()).value();
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(eventLoops)
                .setWorkerPoolSize(4)
                .setInternalBlockingPoolSize(4)
                .setPreferNativeTransport(true)
                .setMaxEventLoopExecuteTime(500)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS));
        try {
            workers = new ThreadPoolExecutor(2, 2, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING_BODIES));
            ErrorWriter errors = new DialectErrors(dialects);
            gateway = new GatewayComponent(vertx, gatewayOptions, errors, new RecordCall(new Measures(meters)));
            sandbox = new GatewayComponent(
                    vertx,
                    GatewayOptions.on("127.0.0.1", settings.number("serai.sandbox-port", 0, 65_535))
                            .withEventLoops(eventLoops),
                    Sandbox.errors(),
                    CallObserver.NONE);
            upstream = new UpstreamComponent(vertx, upstreamOptions);
            Map<String, String> variables = variables(settings.environment(), sandbox.listen());
            catalog = new CatalogLoader(dialects.ids(), variables).load(providerFolders(settings));
            credentials = new ProviderCredentials(variables, Secrets.ofProcess());
            planner = new Planner(this::catalog, credentials);
            firstAccessKey().ifPresent(Secrets.ofProcess()::register);
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
                new OpenAiChat(), new OpenAiResponses(), new OpenAiEmbeddings(), new AnthropicMessages()));
    }

    private static int eventLoops(Settings settings) throws ConfigurationException {
        int asked = settings.number("serai.event-loops", 0, 1_024);
        return asked > 0 ? asked : Math.max(2, Runtime.getRuntime().availableProcessors());
    }

    private static GatewayOptions gatewayOptions(Settings settings, int eventLoops) throws ConfigurationException {
        Path certificate = settings.file("serai.tls-certificate");
        Path key = settings.file("serai.tls-key");
        if ((certificate == null) != (key == null)) {
            throw new ConfigurationException(
                    new Problem("serai.tls-certificate", 0, "and serai.tls-key are set together or not at all"));
        }
        return new GatewayOptions(
                settings.text("serai.host"),
                settings.number("serai.port", 0, 65_535),
                eventLoops,
                settings.number("serai.max-body-bytes", 1_024, 1 << 30),
                settings.number("serai.max-header-bytes", 1_024, 1 << 20),
                settings.number("serai.max-url-bytes", 128, 1 << 20),
                settings.duration("serai.body-timeout"),
                settings.duration("serai.keep-alive-timeout"),
                settings.flag("serai.cleartext-http2"),
                certificate == null || key == null ? null : new GatewayOptions.Tls(certificate, key));
    }

    private static UpstreamOptions upstreamOptions(Settings settings) throws ConfigurationException {
        settings.duration("serai.attempt-timeout");
        settings.duration("serai.idle-timeout");
        settings.duration("serai.longest-stream");
        return UpstreamOptions.defaults()
                .withConnectTimeout(settings.duration("serai.connect-timeout"))
                .withTrust(settings.file("serai.trust-certificates"));
    }

    private static @Nullable Secret bootstrapKey(Settings settings) throws ConfigurationException {
        String key = settings.environment().get(BootstrapKey.VARIABLE);
        if (key == null || key.isEmpty()) {
            return null;
        }
        return BootstrapKey.parse(key, Secrets.ofProcess());
    }

    private Map<String, String> variables(Map<String, String> environment, int sandboxPort) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put(SANDBOX_PORT, Integer.toString(sandboxPort));
        variables.put(SANDBOX_KEY, sandboxKey.reveal());
        return variables;
    }

    private static List<ConfigFolder> providerFolders(Settings settings) {
        List<ConfigFolder> folders = new ArrayList<>(List.of(CatalogLoader.SHIPPED));
        settings.config().ifPresent(config -> folders.add(new ConfigFolder.Directory(config.resolve("providers"))));
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
        Steps.beans(dialects, planner, credentials, this::catalog, access::keys, workers, gatewayOptions.maxBodyBytes())
                .forEach((name, step) -> context.getRegistry().bind(name, step));
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
        for (Provider provider : catalog.providers()) {
            TemplatedRouteBuilder.builder(context, "provider")
                    .routeId("provider-" + provider.id())
                    .prefixId(provider.id())
                    .parameter("provider", provider.id())
                    .add();
        }
    }

    /** Asks the local servers which models they have, all at once and for half a second at most. Blocks. */
    public void discoverModels() {
        ModelDiscovery discovery = new ModelDiscovery();
        Map<String, CompletableFuture<List<Model>>> asked = new LinkedHashMap<>();
        for (Provider provider : catalog.providers()) {
            if (provider.discoverModels()) {
                Credential credential = credentials.of(provider).orElse(new Credential.None());
                asked.put(provider.id(), discovery.ask(provider, credential));
            }
        }
        Catalog known = catalog;
        for (Map.Entry<String, CompletableFuture<List<Model>>> answer : asked.entrySet()) {
            known = known.withModels(answer.getKey(), answer.getValue().join());
        }
        catalog = known;
    }

    public Catalog catalog() {
        return catalog;
    }

    public ProviderCredentials credentials() {
        return credentials;
    }

    /** The access key that was made at this start; empty at every later one. */
    public Optional<Secret> firstAccessKey() {
        return Optional.ofNullable(access.first()).map(AccessToken::value);
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

    /** Errors of the server itself, in the dialect that the path suggests. */
    private record DialectErrors(Dialects dialects) implements ErrorWriter {
        @Override
        public String guessDialect(String path, boolean anthropicVersion) {
            return anthropicVersion || path.startsWith("/v1/messages") ? "anthropic-messages" : "openai-chat";
        }

        @Override
        public byte[] body(String dialect, GatewayError error) {
            return dialects.get(dialect).error(error);
        }

        @Override
        public byte[] event(String dialect, GatewayError error) {
            return dialects.get(dialect).errorEvent(error);
        }
    }
}
