package dev.serai.gateway;

import static dev.serai.testing.ChatEvents.DONE;
import static dev.serai.testing.ChatEvents.FINISH;
import static dev.serai.testing.ChatEvents.answer;
import static dev.serai.testing.ChatEvents.says;
import static dev.serai.testing.RawServer.chunk;
import static dev.serai.testing.RawServer.lastChunk;
import static dev.serai.testing.RawServer.streamHead;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.Await;
import dev.serai.testing.OnLoop;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import dev.serai.testing.Spine;
import dev.serai.upstream.UpstreamOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stop truncates nothing that is under way, and takes nothing new. */
@Timeout(60)
class GatewayStopTest {
    private static final String CLOCKS = "attemptTimeout=30s&idleTimeout=30s";

    private final CountDownLatch released = new CountDownLatch(1);

    /** A provider whose stream goes on only when it is released. */
    private RawServer waitingProvider() {
        return RawServer.start(connection -> {
            connection.hasRequest();
            connection.write(streamHead() + chunk(says("a")));
            released.await();
            connection.write(chunk(says("b") + FINISH + DONE) + lastChunk());
            connection.waitUntilClientLeaves();
        });
    }

    private static CompletableFuture<Void> stop(Spine spine) {
        return CompletableFuture.runAsync(spine.context::stop);
    }

    private static void awaitRefusal(int port) {
        Await.until("new connections are refused", () -> {
            try {
                new RawClient(port).close();
                return false;
            } catch (ConnectException refused) {
                return true;
            } catch (IOException other) {
                return false;
            }
        });
    }

    @Test
    void an_open_stream_is_waited_for_while_idle_connections_close_and_new_ones_are_refused() throws Exception {
        try (RawServer provider = waitingProvider();
                Spine spine = new Spine(provider.url(), CLOCKS);
                RawClient reading = spine.client();
                RawClient unused = spine.client();
                RawClient idle = spine.client()) {
            reading.post("/chat", "{}").readHead();
            assertThat(reading.readChunk()).isEqualTo(says("a"));
            assertThat(idle.post("/nowhere", "").read().status()).isEqualTo(404);
            int port = spine.gateway.port();

            CompletableFuture<Void> stopped = stop(spine);
            awaitRefusal(port);
            assertThat(unused.isClosedByServer()).isTrue();
            assertThat(idle.isClosedByServer()).isTrue();
            assertThat(stopped).isNotDone();

            released.countDown();
            RawClient.Response rest = reading.readBody();
            assertThat(rest.body()).isEqualTo(says("b") + FINISH + DONE);
            assertThat(rest.cleanEnd()).isTrue();
            assertThat(reading.isClosedByServer()).isTrue();
            stopped.get(20, TimeUnit.SECONDS);
            assertThat(spine.gateway.openCalls()).isZero();
            assertThat(spine.ended).containsExactly("/chat 200");
        }
    }

    @Test
    void a_large_answer_that_is_still_being_read_is_waited_for() throws Exception {
        int length = 40 << 20;
        try (RawServer provider = RawServer.answering(RawServer.json(200, "x".repeat(length)));
                Spine spine = new Spine(provider.url(), CLOCKS);
                RawClient client = spine.client()) {
            client.post("/chat", "{}");
            spine.outcome();
            int port = spine.gateway.port();
            CompletableFuture<Void> stopped = stop(spine);
            awaitRefusal(port);
            assertThat(stopped).isNotDone();
            assertThat(client.read().body()).hasSize(length);
            stopped.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_stop_without_any_connection_closes_the_port() throws Exception {
        try (Spine spine = new Spine("http://127.0.0.1:1", CLOCKS)) {
            int port = spine.gateway.port();
            stop(spine).get(20, TimeUnit.SECONDS);
            awaitRefusal(port);
        }
    }

    @Test
    void a_stream_longer_than_the_stops_patience_is_cut_and_is_no_clean_end() throws Exception {
        try (RawServer provider = waitingProvider();
                Spine spine = new Spine(provider.url(), CLOCKS);
                RawClient client = spine.client()) {
            spine.context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
            spine.context.getShutdownStrategy().setTimeout(300);
            client.post("/chat", "{}").readHead();
            stop(spine).get(20, TimeUnit.SECONDS);
            assertThat(client.readBody().cleanEnd()).isFalse();
            released.countDown();
            provider.awaitClientToLeave();
            Await.until("the call has ended", () -> !spine.ended.isEmpty());
        }
    }

    @Test
    void requests_that_still_come_over_an_open_http2_connection_are_told_to_come_back() throws Exception {
        try (RawServer provider = waitingProvider();
                Spine spine = new Spine(
                        provider.url(),
                        CLOCKS,
                        UpstreamOptions.defaults(),
                        Spine.gatewayOptions().with(options -> options.cleartextHttp2(true)))) {
            int port = spine.gateway.port();
            HttpClient http = spine.vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false));
            CompletableFuture<String> open = send(spine, http, port, "/chat");
            Await.until(
                    "the provider has the request", () -> !provider.received().isEmpty());
            CompletableFuture<Void> stopped = stop(spine);
            awaitRefusal(port);
            for (String path : new String[] {"/chat", "/nowhere"}) {
                assertThat(send(spine, http, port, path).get(20, TimeUnit.SECONDS))
                        .startsWith("503 ")
                        .contains("This gateway is starting or stopping; try again in a moment.");
            }
            released.countDown();
            assertThat(open.get(20, TimeUnit.SECONDS)).isEqualTo("200 " + says("a") + says("b") + FINISH + DONE);
            stopped.get(20, TimeUnit.SECONDS);
        }
    }

    /** Sends a request; gives the status and the body. */
    private static CompletableFuture<String> send(Spine spine, HttpClient http, int port, String path) {
        return OnLoop.ask(spine.vertx, () -> http.request(HttpMethod.POST, port, "127.0.0.1", path)
                .compose(request -> request.send("{}"))
                .compose(response -> response.body().map(body -> response.statusCode() + " " + body)));
    }

    @Test
    void a_context_that_is_suspended_says_so_and_serves_again_when_it_resumes() throws Exception {
        try (RawServer provider = RawServer.answering(streamHead() + chunk(answer("a")) + lastChunk());
                Spine spine = new Spine(provider.url(), CLOCKS);
                RawClient client = spine.client()) {
            spine.context.suspend();
            assertThat(client.post("/chat", "").read().status()).isEqualTo(503);
            spine.context.resume();
            assertThat(client.post("/chat", "{}").read().body()).isEqualTo(answer("a"));
        }
    }
}
