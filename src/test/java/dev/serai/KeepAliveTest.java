package dev.serai;

import static dev.serai.testing.ChatEvents.DONE;
import static dev.serai.testing.ChatEvents.FINISH;
import static dev.serai.testing.ChatEvents.answer;
import static dev.serai.testing.ChatEvents.says;
import static dev.serai.testing.RawServer.chunk;
import static dev.serai.testing.RawServer.lastChunk;
import static dev.serai.testing.RawServer.streamHead;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.gateway.GatewayComponent;
import dev.serai.testing.Await;
import dev.serai.testing.OnLoop;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client that awaits a stream gets while the provider is silent, and what comes after it. */
@Timeout(60)
class KeepAliveTest {
    private static final String COMMENT = ": keep-alive\n\n";
    private static final String GEMINI = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"x\"}]}]}";
    private static final String TURNED_DOWN =
            "{\"error\":{\"message\":\"out of oats\",\"type\":\"t\",\"code\":\"no_oats\"}}";

    /** More than fits into the buffers of four sockets. */
    private static final int MANY_PARTS = 1_000;

    /** Of each format: where, what is asked, and what a sign of life is. */
    enum Format {
        CHAT("/v1/chat/completions", "{\"model\":\"inn:m\",\"stream\":true,\"messages\":[]}", COMMENT),
        RESPONSES("/v1/responses", "{\"model\":\"inn:m\",\"stream\":true,\"input\":\"x\"}", COMMENT),
        MESSAGES(
                "/v1/messages",
                "{\"model\":\"inn:m\",\"stream\":true,\"max_tokens\":9,"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                "event: ping\ndata: {\"type\": \"ping\"}\n\n"),
        GEMINI_EVENTS("/v1beta/models/inn:m:streamGenerateContent?alt=sse", GEMINI, COMMENT),
        GEMINI_ARRAY("/v1beta/models/inn:m:streamGenerateContent", GEMINI, "\n");

        final String path;
        final String request;
        final String sign;

        Format(String path, String request, String sign) {
            this.path = path;
            this.request = request;
            this.sign = sign;
        }

        String contentType() {
            return this == GEMINI_ARRAY ? "application/json; charset=UTF-8" : "text/event-stream";
        }

        /** The last event of a stream that failed with these words. */
        String failed(String words) {
            return switch (this) {
                case CHAT -> "data: \\{\"error\":.*" + words + ".*}\n\n";
                case RESPONSES -> "event: error\ndata: .*" + words + ".*}\n\n";
                case MESSAGES -> "event: error\ndata: \\{\"type\":\"error\",.*" + words + ".*}\n\n";
                case GEMINI_EVENTS -> "data: \\{\"error\":.*" + words + ".*}\r?\n\r?\n";
                case GEMINI_ARRAY -> "\\[\\{\"error\":.*" + words + ".*}]\\s*";
            };
        }
    }

    @TempDir
    Path home;

    private final CountDownLatch goOn = new CountDownLatch(1);

    private RunningSerai serai(RawServer provider) throws Exception {
        return setup(provider).start();
    }

    private RunningSerai.Setup setup(RawServer provider) throws Exception {
        return RunningSerai.in(home)
                .with("KEY_OF_THE_TESTS", RunningSerai.PROVIDER_KEY)
                .withProviderFile("inn", """
                        id: inn
                        name: A server in a test
                        baseUrl: http://127.0.0.1:%d/v1
                        dialects:
                          openai-chat: /chat/completions
                        auth:
                          header: Authorization
                          prefix: "Bearer "
                          env: KEY_OF_THE_TESTS
                        """.formatted(provider.port()))
                .with("SERAI_KEEP_ALIVE", "100ms");
    }

    private RawServer silentAtFirst(RawServer.Script then) {
        return RawServer.start(connection -> {
            while (connection.hasRequest()) {
                goOn.await();
                then.run(connection);
            }
        });
    }

    private static RawClient ask(RunningSerai serai, Format format) throws Exception {
        return serai.client().post(format.path, format.request, "Authorization: Bearer " + RunningSerai.KEY);
    }

    private static RawClient.Response headOf(RawClient client) throws Exception {
        String head = client.readHead();
        return new RawClient.Response(Integer.parseInt(head.split(" ", 3)[1]), head, "", true);
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_after_a_silence_is_whole_and_ends_cleanly(Format format) throws Exception {
        try (RawServer provider = silentAtFirst(
                        connection -> connection.write(streamHead() + chunk(answer("Hay")) + lastChunk()));
                RunningSerai serai = serai(provider);
                RawClient client = ask(serai, format)) {
            RawClient.Response head = headOf(client);
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-type")).isEqualTo(format.contentType());
            assertThat(head.header("x-request-id")).startsWith("req_");
            assertThat(head.header("x-serai-request-id")).startsWith("req_");
            assertThat(client.readChunk()).isEqualTo(format.sign);
            assertThat(client.readChunk()).isEqualTo(format.sign);
            goOn.countDown();
            RawClient.Response rest = client.readBody();
            assertThat(rest.cleanEnd()).isTrue();
            assertThat(rest.body()).contains("Hay");
            if (format == Format.CHAT) {
                assertThat(rest.body().replace(COMMENT, "")).isEqualTo(answer("Hay"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_after_a_silence_is_the_last_event_in_the_words_of_the_provider(Format format) throws Exception {
        try (RawServer provider = silentAtFirst(connection -> connection.write(RawServer.json(403, TURNED_DOWN)));
                RunningSerai serai = serai(provider);
                RawClient client = ask(serai, format)) {
            client.readHead();
            assertThat(client.readChunk()).isEqualTo(format.sign);
            goOn.countDown();
            RawClient.Response rest = client.readBody();
            assertThat(rest.cleanEnd()).isFalse();
            assertThat(rest.body().replace(format.sign, "")).matches(format.failed("out of oats"));
            assertStatus(serai, "403");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_failure_after_a_silence_is_the_last_event_and_no_clean_end(Format format) throws Exception {
        try (RawServer provider = silentAtFirst(RawServer.Connection::reset);
                RunningSerai serai = serai(provider);
                RawClient client = ask(serai, format)) {
            client.readHead();
            client.readChunk();
            goOn.countDown();
            RawClient.Response rest = client.readBody();
            assertThat(rest.cleanEnd()).isFalse();
            assertThat(rest.body().replace(format.sign, "")).matches(format.failed("The only candidate failed"));
            assertStatus(serai, "502");
        }
    }

    private static void assertStatus(RunningSerai serai, String status) {
        MeterRegistry meters =
                serai.context().getRegistry().lookupByNameAndType("metricsRegistry", MeterRegistry.class);
        Await.until(
                "the request is measured with " + status,
                () -> meters.find("serai.requests").tag("status", status).timer() != null);
    }

    @Test
    void a_fallback_answers_after_a_silence() throws Exception {
        try (RawServer provider = silentAtFirst(RawServer.Connection::close);
                RunningSerai serai = serai(provider);
                RawClient client = serai.client()) {
            String request = "{\"models\":[\"inn:m\",\"sandbox:echo\"],\"model\":\"inn:m\",\"stream\":true,"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"caravan\"}]}";
            client.post("/v1/chat/completions", request, "Authorization: Bearer " + RunningSerai.KEY);
            client.readHead();
            assertThat(client.readChunk()).isEqualTo(COMMENT);
            goOn.countDown();
            RawClient.Response rest = client.readBody();
            assertThat(rest.cleanEnd()).isTrue();
            assertThat(rest.body()).contains("caravan").contains("data: [DONE]");
        }
    }

    @Test
    void a_provider_that_did_not_stream_after_all_came_too_late_to_say_so() throws Exception {
        String whole = "{\"id\":\"c\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":"
                + "{\"role\":\"assistant\",\"content\":\"Hay\"},\"finish_reason\":\"stop\"}]}";
        try (RawServer provider = silentAtFirst(connection -> connection.write(RawServer.json(200, whole)));
                RunningSerai serai = serai(provider);
                RawClient client = ask(serai, Format.CHAT)) {
            client.readHead();
            client.readChunk();
            goOn.countDown();
            RawClient.Response rest = client.readBody();
            assertThat(rest.cleanEnd()).isFalse();
            assertThat(rest.body().replace(COMMENT, "")).matches(Format.CHAT.failed("is no stream"));
        }
    }

    @Test
    void a_silence_in_the_midst_of_a_stream_is_filled_between_two_events() throws Exception {
        String whole = answer("Hay");
        try (RawServer provider = RawServer.start(connection -> {
                    connection.hasRequest();
                    connection.write(streamHead() + chunk(whole.substring(0, 100)));
                    connection.write(chunk(whole.substring(100, whole.length() - 30)));
                    goOn.await();
                    connection.write(chunk(whole.substring(whole.length() - 30)) + lastChunk());
                });
                // Not so soon that there may be a sign of life before the first content.
                RunningSerai serai =
                        setup(provider).with("SERAI_KEEP_ALIVE", "1s").start();
                RawClient client = ask(serai, Format.CHAT)) {
            RawClient.Response head = headOf(client);
            assertThat(head.header("x-serai-provider")).isEqualTo("inn");
            String begin = client.readChunk();
            assertThat(whole).startsWith(begin);
            assertThat(begin).contains("Hay").endsWith("\n\n");
            assertThat(client.readChunk()).isEqualTo(COMMENT);
            goOn.countDown();
            RawClient.Response rest = client.readBody();
            assertThat(rest.cleanEnd()).isTrue();
            assertThat(begin + rest.body().replace(COMMENT, "")).isEqualTo(whole);
        }
    }

    @Test
    void who_awaits_no_stream_gets_nothing_before_the_answer() throws Exception {
        try (RawServer provider = silentAtFirst(connection -> connection.write(RawServer.json(403, TURNED_DOWN)));
                RunningSerai serai = serai(provider);
                RawClient client = serai.client()) {
            String request = Format.CHAT.request.replace("\"stream\":true,", "");
            client.post(Format.CHAT.path, request, "Authorization: Bearer " + RunningSerai.KEY);
            assertThat(client.hasNothingToReadFor(500)).isTrue();
            goOn.countDown();
            assertThat(client.read().status()).isEqualTo(403);
        }
    }

    @Test
    void off_is_off() throws Exception {
        try (RawServer provider = silentAtFirst(connection -> connection.write(RawServer.json(403, TURNED_DOWN)));
                RunningSerai serai =
                        setup(provider).with("SERAI_KEEP_ALIVE", "off").start();
                RawClient client = ask(serai, Format.CHAT)) {
            assertThat(client.hasNothingToReadFor(500)).isTrue();
            goOn.countDown();
            assertThat(client.read().status()).isEqualTo(403);
        }
    }

    @Test
    void a_client_that_leaves_in_the_silence_ends_the_call_to_the_provider() throws Exception {
        try (RawServer provider = RawServer.start(connection -> {
                    connection.hasRequest();
                    connection.waitUntilClientLeaves();
                });
                RunningSerai serai = serai(provider)) {
            try (RawClient client = ask(serai, Format.CHAT)) {
                client.readHead();
                client.readChunk();
            }
            provider.awaitClientToLeave();
            GatewayComponent gateway = serai.context().getComponent("gateway", GatewayComponent.class);
            Await.until("no call is open", () -> gateway.openCalls() == 0);
            assertStatus(serai, "499");
        }
    }

    @Test
    void a_client_that_does_not_read_is_not_written_to() throws Exception {
        String part = says("x".repeat(64_000));
        AtomicLong written = new AtomicLong();
        try (RawServer provider = RawServer.start(connection -> {
                    connection.hasRequest();
                    connection.write(streamHead());
                    for (int i = 0; i < MANY_PARTS; i++) {
                        connection.write(chunk(part));
                        written.incrementAndGet();
                    }
                    connection.write(chunk(FINISH + DONE) + lastChunk());
                });
                RunningSerai serai = serai(provider);
                RawClient client = ask(serai, Format.CHAT)) {
            client.readHead();
            assertThat(Await.rest(written::get)).isLessThan(MANY_PARTS);
            RawClient.Response rest = client.readBody();
            assertThat(rest.cleanEnd()).isTrue();
            assertThat(rest.body()).hasSize(MANY_PARTS * part.length() + (FINISH + DONE).length());
        }
    }

    @Test
    void the_connection_serves_the_next_request_after_a_kept_stream() throws Exception {
        try (RawServer provider = silentAtFirst(
                        connection -> connection.write(streamHead() + chunk(answer("Hay")) + lastChunk()));
                RunningSerai serai = serai(provider);
                RawClient client = ask(serai, Format.CHAT)) {
            client.readHead();
            client.readChunk();
            goOn.countDown();
            assertThat(client.readBody().cleanEnd()).isTrue();
            client.post(Format.CHAT.path, Format.CHAT.request, "Authorization: Bearer " + RunningSerai.KEY);
            assertThat(client.read().body()).isEqualTo(answer("Hay"));
        }
    }

    @Test
    void http2_is_kept_alive_in_data_frames() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (RawServer provider = silentAtFirst(
                        connection -> connection.write(streamHead() + chunk(answer("Hay")) + lastChunk()));
                RunningSerai serai =
                        setup(provider).with("SERAI_CLEARTEXT_HTTP2", "true").start()) {
            Buffer body = Buffer.buffer();
            CountDownLatch ended = new CountDownLatch(1);
            HttpClient http = vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false));
            var unused = OnLoop.ask(vertx, () -> http.request(
                            HttpMethod.POST, serai.configuration().port(), "127.0.0.1", Format.CHAT.path)
                    .compose(KeepAliveTest::send)
                    .onSuccess(response -> response.handler(part -> {
                                body.appendBuffer(part);
                                goOn.countDown(); // the first part is a sign of life
                            })
                            .endHandler(end -> ended.countDown())));
            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(body.toString()).startsWith(COMMENT);
            assertThat(body.toString().replace(COMMENT, "")).isEqualTo(answer("Hay"));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static io.vertx.core.Future<io.vertx.core.http.HttpClientResponse> send(HttpClientRequest request) {
        return request.putHeader("authorization", "Bearer " + RunningSerai.KEY)
                .putHeader("content-type", "application/json")
                .send(Format.CHAT.request);
    }
}
