package dev.serai.upstream;

import static dev.serai.testing.ChatEvents.DONE;
import static dev.serai.testing.ChatEvents.FINISH;
import static dev.serai.testing.ChatEvents.answer;
import static dev.serai.testing.ChatEvents.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.Await;
import dev.serai.testing.Certificate;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import dev.serai.testing.Spine;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers behind TLS, as all real ones are, and HTTP/2, which most of them speak there. */
@Timeout(60)
class UpstreamTlsTest {
    private static final String CLOCKS = "attemptTimeout=60s&idleTimeout=60s";

    @TempDir
    static Path folder;

    private static Certificate localhost;
    private static Certificate elsewhere;
    private static Vertx vertx;

    @BeforeAll
    static void makeCertificates() throws Exception {
        localhost = Certificate.of("localhost", folder);
        elsewhere = Certificate.of("elsewhere.example", folder);
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** A provider behind TLS that counts its connections and notes the versions it is spoken to in. */
    private static final class TlsProvider implements AutoCloseable {
        final AtomicInteger connections = new AtomicInteger();
        final List<HttpVersion> versions = new CopyOnWriteArrayList<>();
        final HttpServer server;

        TlsProvider(Certificate certificate, boolean http2, Handler<HttpServerRequest> answer) throws Exception {
            server = vertx.createHttpServer(new HttpServerOptions()
                    .setSsl(true)
                    .setUseAlpn(http2)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .setCertPath(certificate.chain().toString())
                            .setKeyPath(certificate.key().toString())));
            server.connectionHandler(connection -> connections.incrementAndGet());
            server.requestHandler(request -> {
                versions.add(request.version());
                request.endHandler(end -> answer.handle(request));
            });
            server.listen(0, "localhost")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
        }

        String url() {
            return "https://localhost:" + server.actualPort() + "/v1/chat";
        }

        @Override
        public void close() {
            server.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static Spine trusting(Certificate certificate, String url) {
        return new Spine(url, CLOCKS, UpstreamOptions.defaults().withTrust(certificate.chain()));
    }

    private static void answerJson(HttpServerRequest request) {
        request.response().putHeader("content-type", "application/json").end("{}");
    }

    private static HttpServerResponse beginStream(HttpServerRequest request) {
        return request.response().putHeader("content-type", "text/event-stream").setChunked(true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_trusted_provider_answers_in_the_version_it_prefers(boolean http2) throws Exception {
        try (TlsProvider provider = new TlsProvider(localhost, http2, UpstreamTlsTest::answerJson);
                Spine spine = trusting(localhost, provider.url())) {
            Spine.Answer answer = spine.call();
            assertThat(answer.outcome()).isEqualTo(new Outcome.Answered(200));
            assertThat(answer.body()).isEqualTo("{}");
            assertThat(provider.versions).containsExactly(http2 ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1);
        }
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_refused() throws Exception {
        try (TlsProvider provider = new TlsProvider(localhost, true, UpstreamTlsTest::answerJson);
                Spine spine = new Spine(provider.url(), CLOCKS)) {
            assertThat(spine.call().outcome())
                    .isInstanceOfSatisfying(Outcome.Unreachable.class, outcome -> assertThat(outcome.reason())
                            .isEqualTo("TLS failed: unable to find valid certification path to requested target"));
            assertThat(provider.versions).isEmpty();
        }
    }

    @Test
    void a_trusted_certificate_for_another_name_is_refused() throws Exception {
        try (TlsProvider provider = new TlsProvider(elsewhere, true, UpstreamTlsTest::answerJson);
                Spine spine = trusting(elsewhere, provider.url())) {
            assertThat(spine.call().outcome())
                    .isInstanceOfSatisfying(Outcome.Unreachable.class, outcome -> assertThat(outcome.reason())
                            .isEqualTo("TLS failed: No subject alternative DNS name matching localhost found."));
            assertThat(provider.versions).isEmpty();
        }
    }

    @Test
    void plain_http_where_tls_was_expected_is_said_to_be_so() throws Exception {
        try (RawServer provider = RawServer.start(connection -> {
                    connection.write("HTTP/1.1 400 Bad Request\r\n\r\n");
                    connection.waitUntilClientLeaves();
                });
                Spine spine = trusting(localhost, "https://localhost:" + provider.port())) {
            assertThat(spine.call().outcome())
                    .isEqualTo(new Outcome.Unreachable("TLS failed: what it sent is not TLS"));
        }
    }

    @Test
    void a_tls_handshake_that_is_never_answered_ends_with_the_connect_timeout() throws Exception {
        UpstreamOptions options = UpstreamOptions.defaults().withConnectTimeout(Duration.ofSeconds(1));
        try (RawServer provider = RawServer.start(RawServer.Connection::waitUntilClientLeaves);
                Spine spine = new Spine("https://localhost:" + provider.port(), CLOCKS, options)) {
            assertThat(spine.call().outcome())
                    .isEqualTo(new Outcome.Unreachable("TLS failed: handshake timed out after 1000ms"));
            provider.awaitClientToLeave();
        }
    }

    @Test
    void a_stream_passes_over_http2() throws Exception {
        try (TlsProvider provider = new TlsProvider(
                        localhost, true, request -> beginStream(request).end(answer("a")));
                Spine spine = trusting(localhost, provider.url());
                RawClient client = spine.client()) {
            RawClient.Response response = client.post("/chat", "{}").read();
            assertThat(response.body()).isEqualTo(answer("a"));
            assertThat(response.cleanEnd()).isTrue();
            assertThat(spine.outcome()).isEqualTo(new Outcome.Answered(200));
            assertThat(provider.versions).containsExactly(HttpVersion.HTTP_2);
        }
    }

    @Test
    void an_http2_stream_that_is_reset_is_broken_and_its_connection_serves_on() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (TlsProvider provider = new TlsProvider(localhost, true, request -> {
                    HttpServerResponse response = beginStream(request);
                    if (calls.getAndIncrement() == 0) {
                        response.write(says("a")).onComplete(written -> response.reset(2));
                    } else {
                        response.end(answer("b"));
                    }
                });
                Spine spine = trusting(localhost, provider.url());
                RawClient client = spine.client()) {
            assertThat(client.post("/chat", "{}").read().cleanEnd()).isFalse();
            assertThat(spine.outcome()).isEqualTo(new Outcome.Broken("the stream was reset", false));
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(spine.call().body()).isEqualTo(answer("b"));
        }
    }

    @Test
    void a_client_that_leaves_ends_its_http2_stream_and_no_other() throws Exception {
        CompletableFuture<Void> reset = new CompletableFuture<>();
        CompletableFuture<HttpServerResponse> other = new CompletableFuture<>();
        try (TlsProvider provider = new TlsProvider(localhost, true, request -> {
                    HttpServerResponse response = beginStream(request);
                    response.write(says("a"));
                    if (request.getHeader("x-stays") == null) {
                        response.exceptionHandler(gone -> reset.complete(null));
                    } else {
                        other.complete(response);
                    }
                });
                Spine spine = trusting(localhost, provider.url())) {
            CompletableFuture<Exchange> stays = spine.start(message -> message.setHeader("x-stays", "yes"));
            HttpServerResponse open = other.get(20, TimeUnit.SECONDS);
            try (RawClient client = spine.client()) {
                client.post("/chat", "{}").readHead();
                client.reset();
            }
            reset.get(20, TimeUnit.SECONDS);
            open.end(FINISH + DONE);
            assertThat(stays.get(20, TimeUnit.SECONDS).getMessage().getBody(String.class))
                    .isEqualTo(says("a") + FINISH + DONE);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_crowd_that_comes_at_once_to_a_provider_without_connections_is_served(boolean http2) throws Exception {
        int crowd = 200;
        List<HttpServerRequest> waiting = new CopyOnWriteArrayList<>();
        try (TlsProvider provider = new TlsProvider(localhost, http2, waiting::add);
                Spine spine = trusting(localhost, provider.url())) {
            List<CompletableFuture<Exchange>> calls = new ArrayList<>();
            for (int i = 0; i < crowd; i++) {
                calls.add(spine.start(message -> message.setBody("{}")));
            }
            Await.within(
                    20_000,
                    "all are waiting or refused",
                    () -> waiting.size() + told(calls).size() >= crowd);
            assertThat(told(calls)).isEmpty();
            waiting.forEach(request -> vertx.runOnContext(later -> answerJson(request)));
            for (CompletableFuture<Exchange> call : calls) {
                assertThat(call.get(20, TimeUnit.SECONDS).getMessage().getBody(String.class))
                        .isEqualTo("{}");
            }
        }
    }

    /** What those were told that were told something. */
    private static List<String> told(List<CompletableFuture<Exchange>> calls) {
        return calls.stream()
                .filter(CompletableFuture::isDone)
                .map(call -> call.join().getMessage().getBody(String.class))
                .toList();
    }
}
