package dev.serai.gateway;

import static dev.serai.testing.ChatEvents.DONE;
import static dev.serai.testing.ChatEvents.FINISH;
import static dev.serai.testing.ChatEvents.answer;
import static dev.serai.testing.ChatEvents.says;
import static dev.serai.testing.RawServer.chunk;
import static dev.serai.testing.RawServer.lastChunk;
import static dev.serai.testing.RawServer.streamHead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.testing.Await;
import dev.serai.testing.OnLoop;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import dev.serai.testing.Spine;
import dev.serai.upstream.UpstreamOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream on its way from a provider to a client that stays to the end. */
@Timeout(60)
class GatewayStreamTest {
    private static final String CLOCKS = "attemptTimeout=60s&idleTimeout=60s";

    private static RawServer streaming(RawServer.Script afterTheHead) {
        return RawServer.start(connection -> {
            connection.hasRequest();
            connection.write(streamHead());
            afterTheHead.run(connection);
        });
    }

    private static void assertEndedAs(Spine spine, String end) {
        Await.until("no call is open", () -> spine.gateway.openCalls() == 0);
        assertThat(spine.ended).containsExactly(end);
    }

    @Test
    void every_chunk_arrives_before_the_provider_sends_the_next() throws Exception {
        Semaphore read = new Semaphore(0);
        try (RawServer provider = streaming(connection -> {
                    for (int i = 0; i < 20; i++) {
                        connection.write(chunk(says("part " + i)));
                        read.acquire();
                    }
                    connection.write(chunk(FINISH + DONE) + lastChunk());
                });
                Spine spine = new Spine(provider.url(), CLOCKS);
                RawClient client = spine.client()) {
            client.post("/chat", "{}").readHead();
            for (int i = 0; i < 20; i++) {
                assertThat(client.readChunk()).isEqualTo(says("part " + i));
                read.release();
            }
            assertThat(client.readBody().cleanEnd()).isTrue();
            assertEndedAs(spine, "/chat 200");
        }
    }

    @Test
    void a_client_that_does_not_read_slows_the_provider_down_and_loses_nothing() throws Exception {
        int parts = 1_000;
        String part = says("x".repeat(64_000));
        AtomicLong written = new AtomicLong();
        try (RawServer provider = streaming(connection -> {
                    for (int i = 0; i < parts; i++) {
                        connection.write(chunk(part));
                        written.incrementAndGet();
                    }
                    connection.write(chunk(FINISH + DONE) + lastChunk());
                });
                Spine spine = new Spine(provider.url(), CLOCKS);
                RawClient client = spine.client()) {
            client.post("/chat", "{}").readHead();
            assertThat(Await.rest(written::get))
                    .as("what fits into the buffers of four sockets")
                    .isLessThan(parts * 6 / 10);
            RawClient.Response rest = client.readBody();
            assertThat(rest.cleanEnd()).isTrue();
            assertThat(rest.body()).hasSize(parts * part.length() + (FINISH + DONE).length());
            assertEndedAs(spine, "/chat 200");
        }
    }

    @Test
    void a_client_that_wants_its_connection_closed_gets_the_whole_stream_first() throws Exception {
        try (RawServer provider = streaming(connection -> connection.write(chunk(answer("a")) + lastChunk()));
                Spine spine = new Spine(provider.url(), CLOCKS);
                RawClient client = spine.client()) {
            RawClient.Response response =
                    client.post("/chat", "{}", "Connection: close").read();
            assertThat(response.body()).isEqualTo(answer("a"));
            assertThat(response.cleanEnd()).isTrue();
            assertThat(client.isClosedByServer()).isTrue();
            assertEndedAs(spine, "/chat 200");
        }
    }

    @Test
    void a_stream_and_the_next_share_a_connection() throws Exception {
        try (RawServer provider = RawServer.answering(streamHead() + chunk(answer("a")) + lastChunk());
                Spine spine = new Spine(provider.url(), CLOCKS);
                RawClient client = spine.client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.post("/chat", "{}").read().body()).isEqualTo(answer("a"));
            }
            assertThat(provider.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_stream_over_http2_ends_as_an_answer_and_not_as_a_client_that_left() throws Exception {
        try (RawServer provider = streaming(connection -> connection.write(chunk(answer("a")) + lastChunk()));
                Spine spine = http2Spine(provider)) {
            assertThat(sendOverHttp2(spine).get(20, TimeUnit.SECONDS).toString())
                    .isEqualTo(answer("a"));
            assertEndedAs(spine, "/chat 200");
        }
    }

    @Test
    void a_stream_over_http2_that_breaks_is_reset_and_is_no_client_that_left() throws Exception {
        try (RawServer provider = streaming(connection -> connection.write(chunk(says("a"))));
                Spine spine = http2Spine(provider)) {
            assertThatThrownBy(() -> sendOverHttp2(spine).get(20, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(StreamResetException.class, reset -> assertThat(reset.getCode())
                            .isEqualTo(2));
            assertEndedAs(spine, "/chat 200");
        }
    }

    @Test
    void a_stream_that_breaks_is_no_client_that_left() throws Exception {
        try (RawServer provider = streaming(connection -> connection.write(chunk(says("a"))));
                Spine spine = new Spine(provider.url(), CLOCKS);
                RawClient client = spine.client()) {
            assertThat(client.post("/chat", "{}").read().cleanEnd()).isFalse();
            assertEndedAs(spine, "/chat 200");
        }
    }

    private static Spine http2Spine(RawServer provider) {
        GatewayOptions options = Spine.gatewayOptions().with(changed -> changed.cleartextHttp2(true));
        return new Spine(provider.url(), CLOCKS, UpstreamOptions.defaults(), options);
    }

    private static CompletableFuture<Buffer> sendOverHttp2(Spine spine) {
        HttpClient http = spine.vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        return OnLoop.ask(spine.vertx, () -> http.request(HttpMethod.POST, spine.gateway.port(), "127.0.0.1", "/chat")
                .compose(request -> request.send("{}"))
                .compose(HttpClientResponse::body));
    }
}
