package dev.serai.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.error.GatewayException;
import dev.serai.testing.OnLoop;
import dev.serai.testing.RawClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GatewayComponentTest {
    private static final int BODY_LIMIT = 1_000;

    private GatewayFixture gateway;

    @AfterEach
    void stop() {
        gateway.close();
    }

    /** Answers with the body it was sent, read as the real routes read it. */
    private static final class EchoBody extends AsyncProcessorSupport {
        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            ClientCall call = ClientCall.of(exchange);
            call.readBody().whenComplete((body, failure) -> {
                exchange.getMessage().setBody(failure == null ? body : told(exchange, failure));
                callback.done(false);
            });
            return false;
        }

        private static String told(Exchange exchange, Throwable failure) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            GatewayException refused = (GatewayException) cause;
            exchange.getMessage()
                    .setHeader(Exchange.HTTP_RESPONSE_CODE, refused.code().status());
            return refused.code().code() + ": " + refused.getMessage();
        }
    }

    private RawClient client() throws Exception {
        return new RawClient(gateway.port());
    }

    private void start(GatewayOptions options, RouteBuilder routes) throws Exception {
        gateway = new GatewayFixture(options, routes);
    }

    private void startEcho() throws Exception {
        startEcho(GatewayFixture.options().with(options -> options.maxBodyBytes(BODY_LIMIT)));
    }

    private void startEcho(GatewayOptions options) throws Exception {
        start(options, new RouteBuilder() {
            @Override
            public void configure() {
                from("gateway:/echo?dialect=test").process(new EchoBody());
                from("gateway:/models/*?methods=GET&dialect=test").process(exchange -> exchange.getMessage()
                        .setBody(ClientCall.of(exchange).path()));
                from("gateway:/headers?methods=GET&dialect=test").process(exchange -> exchange.getMessage()
                        .setBody(new java.util.TreeMap<>(exchange.getMessage().getHeaders()).toString()));
                from("gateway:/refuse?dialect=test")
                        .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(401))
                        .setBody(constant("no"));
                from("gateway:/forbidden?dialect=test")
                        .setHeader("x-split", constant("a\r\nx-injected: b"))
                        .setHeader("x-after", constant("sent"))
                        .setBody(constant("answered"));
                from("gateway:/bug?dialect=test").process(exchange -> {
                    throw new IllegalStateException("secret detail");
                });
            }
        });
    }

    @Test
    void a_request_goes_in_and_its_answer_comes_out() throws Exception {
        startEcho();
        try (RawClient client = client()) {
            RawClient.Response response = client.post("/echo", "hello").read();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("hello");
        }
    }

    @Test
    void a_header_that_http_forbids_is_left_out_of_an_answer() throws Exception {
        startEcho();
        try (RawClient client = client()) {
            RawClient.Response response = client.post("/forbidden", "").read();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("answered");
            assertThat(response.head()).doesNotContain("x-split", "x-injected");
            assertThat(response.header("x-after")).isEqualTo("sent");
        }
    }

    @Test
    void a_connection_serves_many_requests_even_if_they_come_at_once() throws Exception {
        startEcho();
        try (RawClient client = client()) {
            client.post("/echo", "one").post("/echo", "two").post("/echo", "three");
            assertThat(client.read().body()).isEqualTo("one");
            assertThat(client.read().body()).isEqualTo("two");
            assertThat(client.read().body()).isEqualTo("three");
        }
    }

    @Test
    void a_body_may_come_in_chunks() throws Exception {
        startEcho();
        try (RawClient client = client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send("3\r\nhel\r\n").send("2\r\nlo\r\n").send("0\r\n\r\n");
            assertThat(client.read().body()).isEqualTo("hello");
        }
    }

    @Test
    void a_body_of_exactly_the_limit_is_read() throws Exception {
        startEcho();
        try (RawClient client = client()) {
            assertThat(client.post("/echo", "x".repeat(BODY_LIMIT)).read().status())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_body_one_byte_over_the_limit_is_refused_with_413() throws Exception {
        startEcho();
        try (RawClient client = client()) {
            RawClient.Response response =
                    client.post("/echo", "x".repeat(BODY_LIMIT + 1)).read();
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.body())
                    .isEqualTo("body_too_large: The request body is larger than the limit of 1000 bytes.");
        }
    }

    @Test
    void a_chunked_body_over_the_limit_is_refused_as_soon_as_it_is_over() throws Exception {
        startEcho();
        try (RawClient client = client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send("3e9\r\n" + "x".repeat(1_001) + "\r\n");
            assertThat(client.read().status()).isEqualTo(413);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void a_client_that_is_refused_while_it_sends_can_still_read_why() throws Exception {
        startEcho(GatewayFixture.options());
        try (RawClient client = client()) {
            client.send("POST /refuse HTTP/1.1\r\nHost: test\r\nContent-Length: 500000\r\n\r\n");
            client.send("x".repeat(400_000));
            RawClient.Response response = client.read();
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.header("connection")).isEqualTo("close");
        }
    }

    @Test
    void an_expected_100_continue_comes_only_when_the_route_wants_the_body() throws Exception {
        startEcho();
        String expecting = " HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n";
        try (RawClient wanted = client();
                RawClient refused = client()) {
            wanted.send("POST /echo" + expecting);
            assertThat(wanted.readHead()).startsWith("HTTP/1.1 100");
            assertThat(wanted.send("hello").read().body()).isEqualTo("hello");

            refused.send("POST /refuse" + expecting);
            assertThat(refused.readHead()).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void an_unknown_path_is_a_404_in_the_clients_dialect() throws Exception {
        startEcho();
        try (RawClient client = client()) {
            assertThat(client.post("/nowhere?key=secret", "").read()).satisfies(response -> {
                assertThat(response.status()).isEqualTo(404);
                assertThat(response.body()).startsWith("openai|not_found|").doesNotContain("secret");
                assertThat(response.header("x-serai-request-id")).startsWith("req_");
            });
            assertThat(client.post("/nowhere", "", "anthropic-version: 1")
                            .read()
                            .body())
                    .startsWith("anthropic|not_found|");
        }
    }

    @Test
    void a_wrong_method_is_a_405_that_names_the_right_one() throws Exception {
        startEcho();
        try (RawClient client = client()) {
            RawClient.Response response =
                    client.send("GET /echo HTTP/1.1\r\nHost: test\r\n\r\n").read();
            assertThat(response.status()).isEqualTo(405);
            assertThat(response.header("allow")).isEqualTo("POST");
        }
    }

    @Test
    void a_prefix_takes_ids_with_colons_and_slashes() throws Exception {
        startEcho();
        try (RawClient client = client()) {
            String path = "/models/openrouter:anthropic/claude:free";
            assertThat(client.send("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n")
                            .read()
                            .body())
                    .isEqualTo(path);
        }
    }

    @Test
    void a_url_that_is_too_long_is_a_414() throws Exception {
        startEcho();
        try (RawClient client = client()) {
            client.send("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: test\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(414);
        }
    }

    @Test
    void a_flood_of_headers_is_a_431() throws Exception {
        startEcho();
        try (RawClient client = client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: test\r\n" + "x-flood: yes\r\n".repeat(10_000) + "\r\n");
            assertThat(client.read().status()).isEqualTo(431);
        }
    }

    @Test
    void what_is_no_http_is_a_400() throws Exception {
        startEcho();
        try (RawClient client = client()) {
            assertThat(client.send("garbage\r\n\r\n").read().status()).isEqualTo(400);
        }
    }

    @Test
    void neither_camel_headers_nor_query_parameters_become_message_headers() throws Exception {
        startEcho();
        try (RawClient client = client()) {
            client.send(
                    "GET /headers?evil=1 HTTP/1.1\r\nHost: test\r\nCamelHttpUri: x\r\ncamelFileName: y\r\nfine: yes\r\n\r\n");
            assertThat(client.read().body()).isEqualTo("{Host=test, fine=yes}");
        }
    }

    @Test
    void a_repeated_header_becomes_a_list() throws Exception {
        startEcho();
        try (RawClient client = client()) {
            client.send("GET /headers HTTP/1.1\r\nHost: test\r\nanthropic-beta: a\r\nanthropic-beta: b\r\n\r\n");
            assertThat(client.read().body()).contains("anthropic-beta=a, b");
        }
    }

    @Test
    void what_a_client_sent_is_never_sent_back_as_a_header() throws Exception {
        startEcho();
        try (RawClient client = client()) {
            String head = client.post("/echo", "hi", "Authorization: Bearer secret", "Cookie: a=b", "x: 1", "x: 2")
                    .read()
                    .head();
            assertThat(head).doesNotContain("secret").doesNotContain("a=b").doesNotContain("1, 2");
        }
    }

    @Test
    void a_bug_in_a_route_is_a_500_that_tells_nothing_but_the_request_id() throws Exception {
        startEcho();
        try (RawClient client = client()) {
            RawClient.Response response = client.post("/bug", "x").read();
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.body())
                    .startsWith("test|internal_error|")
                    .contains(response.header("x-serai-request-id"))
                    .doesNotContain("secret detail");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /echo HTTP/1.1\r\nHost: te",
                "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 9\r\n\r\nha"
            })
    void a_client_that_drips_is_given_up_on(String beginning) throws Exception {
        Duration patience = Duration.ofMillis(300);
        startEcho(GatewayFixture.options()
                .with(options -> options.bodyTimeout(patience).idleTimeout(patience)));
        try (RawClient client = client()) {
            client.send(beginning);
            if (beginning.endsWith("ha")) {
                assertThat(client.read().status()).isEqualTo(408);
            }
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void http2_is_spoken_without_tls_if_that_is_switched_on() throws Exception {
        startEcho(GatewayFixture.options().with(options -> options.cleartextHttp2(true)));
        var http = gateway.vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        var response = OnLoop.ask(gateway.vertx, () -> http.request(new RequestOptions()
                                .setMethod(HttpMethod.POST)
                                .setPort(gateway.port())
                                .setHost("127.0.0.1")
                                .setURI("/echo"))
                        .compose(request -> request.send("hello"))
                        .compose(reply -> {
                            assertThat(reply.version()).isEqualTo(HttpVersion.HTTP_2);
                            return reply.body();
                        }))
                .get(20, TimeUnit.SECONDS);
        assertThat(response.toString(StandardCharsets.UTF_8)).isEqualTo("hello");
    }

    @Test
    void two_routes_cannot_serve_the_same_method_of_a_path() throws Exception {
        startEcho();
        assertThatThrownBy(() -> gateway.context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("gateway:/echo?dialect=other").log("never");
                    }
                }))
                .hasMessage("two routes serve POST /echo");
    }

    @Test
    void two_gateways_on_any_free_port_are_not_on_the_same_one() throws Exception {
        startEcho();
        GatewayComponent other =
                new GatewayComponent(gateway.vertx, GatewayFixture.options(), GatewayFixture.ERRORS, CallObserver.NONE);
        assertThat(other.listen()).isPositive().isNotEqualTo(gateway.port());
    }
}
