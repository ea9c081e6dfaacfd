package dev.serai.micro;

import dev.serai.SeraiConfiguration;
import dev.serai.Settings;
import dev.serai.access.AccessKey;
import dev.serai.dialect.ModelRequest;
import dev.serai.json.JsonDocument;
import dev.serai.permit.Permit;
import dev.serai.permit.Permits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The route {@code select} as it is shipped, from the names of a request to its plan, over a catalog of 2,000 models and a request of
 * 1 KB. {@link #nearlyEmptyRoute} is what a call of any route costs, the exchange included: subtract it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SelectionRoute {
    private static final AccessKey KEY = new AccessKey("key", "of the benchmark", Instant.EPOCH);

    private Path home;
    private SeraiConfiguration serai;
    private CamelContext context;
    private Permit permit;
    private Producer select;
    private Producer empty;
    private ModelRequest bare;
    private ModelRequest withProvider;
    private ModelRequest alias;
    private ModelRequest threeNames;

    @Setup(Level.Trial)
    public void start() throws Exception {
        home = Files.createTempDirectory("serai-micro");
        LargeCatalog.write(home.resolve("config"));
        serai = new SeraiConfiguration(Settings.read(
                Map.of(
                        "SERAI_HOME", home.resolve("data").toString(),
                        "SERAI_HOST", "127.0.0.1",
                        "SERAI_PORT", "0",
                        "SERAI_RELOAD", "off",
                        "SERAI_BOOTSTRAP_ACCESS_KEY", "key-of-the-benchmark"),
                null,
                home.resolve("config")));
        context = new DefaultCamelContext();
        serai.install(context);
        serai.addRoutes(context);
        context.start();
        permit = Permits.ofFiles(serai.directory(), serai.credentials()).of(KEY);
        select = producer("direct:select");
        empty = producer("direct:before-dispatch");
        String model = LargeCatalog.model(13, 57);
        bare = request(model);
        withProvider = request(LargeCatalog.provider(13) + ":" + model);
        alias = request("smart");
        threeNames = request(model, LargeCatalog.provider(2) + ":" + LargeCatalog.model(2, 2), "smart");
    }

    private Producer producer(String uri) throws Exception {
        Endpoint endpoint = context.getEndpoint(uri);
        Producer producer = endpoint.createProducer();
        producer.start();
        return producer;
    }

    private static ModelRequest request(String... models) throws Exception {
        String body = "{\"model\":\"" + models[0] + "\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + "Which way to the inn? ".repeat(42) + "\"}]}";
        JsonDocument json = JsonDocument.parse(body.getBytes(StandardCharsets.UTF_8));
        return new ModelRequest("openai-chat", List.of(models), false, false, json);
    }

    @TearDown(Level.Trial)
    public void stop() throws Exception {
        context.stop();
        serai.close();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Exchange send(Producer route, ModelRequest request) throws Exception {
        Exchange exchange = route.getEndpoint().createExchange(ExchangePattern.InOnly);
        exchange.setVariable("request", request);
        exchange.setVariable("accessKey", KEY);
        exchange.setVariable("permit", permit);
        route.process(exchange);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange;
    }

    @Benchmark
    public Exchange nearlyEmptyRoute() throws Exception {
        return send(empty, bare);
    }

    @Benchmark
    public Exchange bareModel() throws Exception {
        return send(select, bare);
    }

    @Benchmark
    public Exchange modelWithItsProvider() throws Exception {
        return send(select, withProvider);
    }

    @Benchmark
    public Exchange aliasOfThree() throws Exception {
        return send(select, alias);
    }

    @Benchmark
    public Exchange threeNames() throws Exception {
        return send(select, threeNames);
    }
}
