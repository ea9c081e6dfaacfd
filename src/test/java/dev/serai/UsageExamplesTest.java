package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.serai.config.ConfigFile;
import dev.serai.control.Account;
import dev.serai.testing.Await;
import dev.serai.testing.FreePort;
import dev.serai.testing.KafkaBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples that usage events go somewhere with, as their READMEs say. */
@Timeout(120)
class UsageExamplesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path home;

    private static Path routes(String example) {
        return Path.of("examples", example, "routes", example + ".camel.yaml");
    }

    /** What the environment would say is written into the route, since a test cannot change the environment of its own process. */
    private RunningSerai start(String example, String... environment) throws Exception {
        return startWith(example, Files.readString(routes(example)), environment);
    }

    private RunningSerai startWith(String example, String text, String... environment) throws Exception {
        String route = text;
        for (int i = 0; i < environment.length; i += 2) {
            String before = route;
            route = route.replaceAll("\\{\\{env:" + environment[i] + "(:[^}]*)?}}", environment[i + 1]);
            assertThat(route).as(environment[i]).isNotEqualTo(before);
        }
        assertThat(route).doesNotContain("{{env:");
        int port = FreePort.find();
        return RunningSerai.in(home)
                .with("CAMEL_MANAGEMENT_ENABLED", "true")
                .with("SERAI_ADMIN_PORT", Integer.toString(port))
                .withRouteFile(example + ".camel.yaml", route)
                .start();
    }

    private static void ask(RunningSerai serai) throws IOException {
        assertThat(serai.post(
                                "/v1/chat/completions",
                                "{\"model\":\"sandbox:echo\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}")
                        .status())
                .isEqualTo(200);
    }

    private static HttpServer server(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"usage-to-webhook", "usage-to-kafka", "usage-to-s3"})
    void the_route_file_fits_camels_schema(String example) throws Exception {
        assertThat(RouteFiles.check(List.of(ConfigFile.read(routes(example))))).isEmpty();
    }

    @Test
    void a_webhook_gets_events_again_until_it_has_taken_them() throws Exception {
        record Got(String method, String authorization, String type, String key, JsonNode body) {}
        List<Got> got = new CopyOnWriteArrayList<>();
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = server(exchange -> {
            Headers headers = exchange.getRequestHeaders();
            got.add(new Got(
                    exchange.getRequestMethod(),
                    headers.getFirst("Authorization"),
                    headers.getFirst("Content-Type"),
                    headers.getFirst("Idempotency-Key"),
                    JSON.readTree(exchange.getRequestBody())));
            answer(exchange, asked.incrementAndGet() == 1 ? 503 : 204);
        });
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/usage";
        try (RunningSerai serai =
                start("usage-to-webhook", "USAGE_WEBHOOK_URL", url, "USAGE_WEBHOOK_TOKEN", "sesame")) {
            ask(serai);
            Await.within(30_000, "they came twice", () -> got.size() > 1);
            assertThat(got).hasSize(2).allSatisfy(request -> {
                assertThat(request.method()).isEqualTo("POST");
                assertThat(request.authorization()).isEqualTo("Bearer sesame");
                assertThat(request.type()).isEqualTo("application/json");
                assertThat(request.body()).hasSize(1);
                assertThat(request.body().get(0).path("provider").asText()).isEqualTo("sandbox");
            });
            assertThat(got.get(1)).isEqualTo(got.get(0));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void kafka_gets_a_record_for_each_event() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(home.resolve("kafka"))) {
            broker.createTopic("serai-usage-test");
            try (RunningSerai serai = start(
                            "usage-to-kafka",
                            "USAGE_KAFKA_BROKERS",
                            broker.address(),
                            "USAGE_KAFKA_TOPIC",
                            "serai-usage-test");
                    KafkaConsumer<String, String> consumer = broker.consumer("serai-usage-test")) {
                ask(serai);
                ask(serai);
                List<ConsumerRecord<String, String>> records = new ArrayList<>();
                Await.within(30_000, "two records", () -> {
                    consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                    return records.size() >= 2;
                });
                assertThat(records).hasSize(2).allSatisfy(record -> {
                    assertThat(record.key()).isEqualTo(Account.DEFAULT);
                    assertThat(JSON.readTree(record.value()).path("provider").asText())
                            .isEqualTo("sandbox");
                });
            }
        }
    }

    @Test
    void s3_gets_an_object_for_each_batch() throws Exception {
        Map<String, byte[]> objects = new ConcurrentHashMap<>();
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = server(exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean isPut = exchange.getRequestMethod().equals("PUT");
            boolean isFirst = isPut && asked.incrementAndGet() == 1;
            if (isPut && !isFirst) {
                objects.put(exchange.getRequestURI().getPath(), body);
            }
            answer(exchange, isFirst ? 403 : 200);
        });
        // Written over the parameters that only a real bucket needs: a test has no credentials of AWS's.
        String route = Files.readString(routes("usage-to-s3"))
                .replace("useDefaultCredentialsProvider: true", """
                        accessKey: AKIDEXAMPLE
                                      secretKey: wJalrXUtnFEMI
                                      overrideEndpoint: true
                                      forcePathStyle: true
                                      uriEndpointOverride: http://127.0.0.1:%d""".formatted(
                                server.getAddress().getPort()));
        try (RunningSerai serai = startWith(
                "usage-to-s3",
                route,
                "USAGE_S3_PREFIX",
                "usage",
                "USAGE_S3_BUCKET",
                "my-bucket",
                "USAGE_S3_REGION",
                "eu-central-1")) {
            ask(serai);
            Await.within(30_000, "an object", () -> !objects.isEmpty());
            assertThat(objects).hasSize(1).containsKey("/my-bucket/usage/0.json");
            assertThat(new String(objects.get("/my-bucket/usage/0.json"), StandardCharsets.UTF_8))
                    .contains("\"provider\":\"sandbox\"");
        } finally {
            server.stop(0);
        }
    }
}
