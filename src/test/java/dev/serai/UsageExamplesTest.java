package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.serai.config.ConfigFile;
import dev.serai.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples that usage events go somewhere with, as their READMEs say. */
@Timeout(60)
class UsageExamplesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path home;

    private static Path routes(String example) {
        return Path.of("examples", example, "routes", example + ".camel.yaml");
    }

    /** What the environment would say is written into the route, since a test cannot change the environment of its own process. */
    private RunningSerai start(String example, String... environment) throws Exception {
        String route = Files.readString(routes(example));
        for (int i = 0; i < environment.length; i += 2) {
            String before = route;
            route = route.replaceAll("\\{\\{env:" + environment[i] + "(:[^}]*)?}}", environment[i + 1]);
            assertThat(route).as(environment[i]).isNotEqualTo(before);
        }
        assertThat(route).doesNotContain("{{env:");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
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
    @ValueSource(strings = {"usage-to-webhook"})
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
        try (RunningSerai serai = start("usage-to-webhook", "USAGE_WEBHOOK_URL", url, "USAGE_WEBHOOK_TOKEN", "sesame")) {
            ask(serai);
            Await.within(15_000, "they came twice", () -> got.size() > 1);
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
}
