package dev.serai.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.serai.access.Credential;
import dev.serai.access.Secret;
import dev.serai.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelDiscoveryTest {
    private static final Duration PATIENT = Duration.ofSeconds(10);
    private static final Duration QUICK = Duration.ofMillis(100);

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | {"object":"list","data":[{"id":"b"},{"id":"a"},{"id":"b"}]} | b a
            200 | {"data":[{"id":""},{"name":"x"},{"id":null},7,{"id":"a"}]} | a
            200 | {"data":[]}              | ''
            200 | {"models":[{"id":"a"}]}  | ''
            200 | <html>                   | ''
            200 | ''                       | ''
            404 | {"data":[{"id":"a"}]}    | ''
            302 | {"data":[{"id":"a"}]}    | ''
            """)
    void ids_are_taken_from_a_good_list_and_from_nothing_else(int status, String body, String ids) throws Exception {
        answer(status, body.getBytes(UTF_8));
        assertThat(String.join(" ", ask(PATIENT, new Credential.None()))).isEqualTo(ids);
    }

    @Test
    void the_request_carries_the_providers_headers_and_credential() throws Exception {
        answer(200, "{}".getBytes(UTF_8));
        ask(PATIENT, new Credential.Header("Authorization", "Bearer ", new Secret("s3cret")));
        assertThat(requests).containsExactly("GET /v1/models blue Bearer s3cret");
    }

    @Test
    void a_redirect_is_not_followed() throws Exception {
        server.createContext("/elsewhere", exchange -> {
            requests.add("elsewhere");
            exchange.close();
        });
        server.createContext("/v1/models", exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        assertThat(ask(PATIENT, new Credential.None())).isEmpty();
        assertThat(requests).isEmpty();
    }

    @Test
    void a_body_beyond_the_cap_is_not_read() throws Exception {
        String padding = " ".repeat(5 * 1024 * 1024);
        answer(200, ("{\"data\":[{\"id\":\"a\"}]}" + padding).getBytes(UTF_8));
        assertThat(ask(PATIENT, new Credential.None())).isEmpty();
    }

    @Test
    void a_body_that_never_ends_is_given_up() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        server.createContext("/v1/models", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"data\":[".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            await(over);
            exchange.close();
        });
        assertThat(ask(QUICK, new Credential.None())).isEmpty();
        over.countDown();
    }

    @Test
    void a_server_that_accepts_and_says_nothing_is_given_up() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ask(QUICK, new Credential.None(), silent.getLocalPort(), Map.of()))
                    .isEmpty();
        }
    }

    @Test
    void nobody_listening_is_no_models() throws Exception {
        int port = FreePort.find();
        assertThat(ask(PATIENT, new Credential.None(), port, Map.of())).isEmpty();
    }

    @Test
    void a_header_that_cannot_be_sent_is_no_models() throws Exception {
        assertThat(ask(PATIENT, new Credential.None(), 1, Map.of("Host", "other")))
                .isEmpty();
    }

    private void answer(int status, byte[] body) {
        server.createContext("/v1/models", exchange -> {
            var headers = exchange.getRequestHeaders();
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + headers.getFirst("X-Team")
                    + " " + headers.getFirst("Authorization"));
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private List<String> ask(Duration patience, Credential credential) throws Exception {
        return ask(patience, credential, server.getAddress().getPort(), Map.of("X-Team", "blue"));
    }

    private static List<String> ask(Duration patience, Credential credential, int port, Map<String, String> headers)
            throws Exception {
        Provider provider = Provider.builder("local", URI.create("http://127.0.0.1:" + port + "/v1"))
                .dialect("openai-chat", "/chat/completions")
                .headers(headers)
                .discoverModels(true)
                .build();
        return new ModelDiscovery(patience)
                .ask(provider, credential).get(20, TimeUnit.SECONDS).stream()
                        .map(Model::id)
                        .toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
