package dev.serai.gateway;

import static dev.serai.testing.ChatEvents.DONE;
import static dev.serai.testing.ChatEvents.FINISH;
import static dev.serai.testing.ChatEvents.ROLE;
import static dev.serai.testing.ChatEvents.says;
import static dev.serai.testing.RawServer.chunk;
import static dev.serai.testing.RawServer.lastChunk;
import static dev.serai.testing.RawServer.streamHead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import dev.serai.testing.Await;
import dev.serai.testing.OnLoop;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import dev.serai.testing.Spine;
import dev.serai.upstream.Outcome;
import dev.serai.upstream.UpstreamOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that leave before their answer is complete: the provider's call ends within a second, and nothing stays open. */
@Timeout(60)
class GatewayLeavingTest {
    private static final String CLOCKS = "attemptTimeout=30s&idleTimeout=30s";
    private static final int SOON_MILLIS = 1_000;

    @FunctionalInterface
    interface Leaving {
        void leave(RawClient client) throws IOException;
    }

    static Stream<Named<Leaving>> waysToLeave() {
        return Stream.of(named("with a farewell", RawClient::close), named("with a reset", RawClient::reset));
    }

    private static RawServer provider(RawServer.Script afterTheRequest) {
        return RawServer.start(connection -> {
            connection.hasRequest();
            afterTheRequest.run(connection);
        });
    }

    private static void assertCancelled(RawServer provider, Spine spine) throws InterruptedException {
        Await.within(SOON_MILLIS, "the provider's call has ended", provider::hasClientLeft);
        assertThat(spine.outcome()).isEqualTo(new Outcome.Cancelled());
        assertGone(spine);
    }

    private static void assertGone(Spine spine) {
        Await.within(SOON_MILLIS, "no call is open", () -> spine.gateway.openCalls() == 0);
        assertThat(spine.ended).containsExactly("/chat gone");
    }

    @ParameterizedTest
    @MethodSource("waysToLeave")
    void while_it_reads_a_stream(Leaving leaving) throws Exception {
        try (RawServer provider = provider(connection -> {
                    connection.write(streamHead() + chunk(says("a")));
                    connection.waitUntilClientLeaves();
                });
                Spine spine = new Spine(provider.url(), CLOCKS);
                RawClient client = spine.client()) {
            client.post("/chat", "{}").readHead();
            assertThat(client.readChunk()).isEqualTo(says("a"));
            leaving.leave(client);
            assertCancelled(provider, spine);
        }
    }

    @ParameterizedTest
    @MethodSource("waysToLeave")
    void when_it_had_stopped_reading(Leaving leaving) throws Exception {
        AtomicLong written = new AtomicLong();
        try (RawServer provider = provider(connection -> {
                    connection.write(streamHead());
                    while (true) {
                        connection.write(chunk(says("x".repeat(64_000))));
                        written.incrementAndGet();
                    }
                });
                Spine spine = new Spine(provider.url(), CLOCKS);
                RawClient client = spine.client()) {
            client.post("/chat", "{}");
            Await.rest(written::get);
            leaving.leave(client);
            assertCancelled(provider, spine);
        }
    }

    @ParameterizedTest
    @MethodSource("waysToLeave")
    void before_the_first_content(Leaving leaving) throws Exception {
        try (RawServer provider = provider(connection -> {
                    connection.write(streamHead() + chunk(ROLE));
                    connection.waitUntilClientLeaves();
                });
                Spine spine = new Spine(provider.url(), CLOCKS);
                RawClient client = spine.client()) {
            client.post("/chat", "{}");
            Await.until(
                    "the provider has the request", () -> !provider.received().isEmpty());
            leaving.leave(client);
            assertCancelled(provider, spine);
        }
    }

    @ParameterizedTest
    @MethodSource("waysToLeave")
    void before_an_answer_that_is_no_stream(Leaving leaving) throws Exception {
        try (RawServer provider = provider(connection -> {
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
                    connection.waitUntilClientLeaves();
                });
                Spine spine = new Spine(provider.url(), CLOCKS);
                RawClient client = spine.client()) {
            client.post("/chat", "{}");
            Await.until(
                    "the provider has the request", () -> !provider.received().isEmpty());
            leaving.leave(client);
            assertCancelled(provider, spine);
        }
    }

    @ParameterizedTest
    @MethodSource("waysToLeave")
    void in_the_middle_of_a_large_answer(Leaving leaving) throws Exception {
        String large = RawServer.json(200, "x".repeat(40 << 20));
        try (RawServer provider = provider(connection -> {
                    connection.write(large);
                    connection.waitUntilClientLeaves();
                });
                Spine spine = new Spine(provider.url(), CLOCKS);
                RawClient client = spine.client()) {
            client.post("/chat", "{}").readHead();
            assertThat(spine.outcome()).isEqualTo(new Outcome.Answered(200));
            assertThat(spine.gateway.openCalls()).isEqualTo(1);
            leaving.leave(client);
            assertGone(spine);
        }
    }

    @ParameterizedTest
    @MethodSource("waysToLeave")
    void when_the_provider_is_done_and_it_had_stopped_reading(Leaving leaving) throws Exception {
        try (RawServer provider = provider(connection -> {
                    connection.write(streamHead());
                    connection.write(chunk(says("x".repeat(12 << 20)) + FINISH + DONE) + lastChunk());
                    connection.waitUntilClientLeaves();
                });
                Spine spine = new Spine(provider.url(), CLOCKS);
                RawClient client = spine.client()) {
            client.post("/chat", "{}").readHead();
            assertThat(spine.outcome()).isEqualTo(new Outcome.Answered(200));
            assertThat(spine.gateway.openCalls()).isEqualTo(1);
            leaving.leave(client);
            assertGone(spine);
        }
    }

    @Test
    void with_the_reset_of_an_http2_stream() throws Exception {
        try (RawServer provider = provider(connection -> {
                    connection.write(streamHead() + chunk(says("a")));
                    connection.waitUntilClientLeaves();
                });
                Spine spine = new Spine(
                        provider.url(),
                        CLOCKS,
                        UpstreamOptions.defaults(),
                        Spine.gatewayOptions().with(options -> options.cleartextHttp2(true)))) {
            var http = spine.vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false));
            OnLoop.ask(spine.vertx, () -> http.request(HttpMethod.POST, spine.gateway.port(), "127.0.0.1", "/chat")
                            .compose(request -> request.send("{}")
                                    .onSuccess(response -> response.handler(first -> request.reset(8)))))
                    .get(10, TimeUnit.SECONDS);
            assertCancelled(provider, spine);
        }
    }

    @Test
    void a_client_that_stops_reading_for_good_is_given_up_on() throws Exception {
        String megabyte = says("x".repeat(1 << 20));
        try (RawServer provider = provider(connection -> {
                    connection.write(streamHead());
                    for (int i = 0; i < 1_000; i++) {
                        connection.write(chunk(megabyte)); // until the other side reads no more, and then is gone
                    }
                });
                Spine spine = new Spine(
                        provider.url(),
                        CLOCKS,
                        UpstreamOptions.defaults(),
                        Spine.gatewayOptions().with(options -> options.stalledTimeout(Duration.ofMillis(300))));
                RawClient client = spine.client()) {
            client.post("/chat", "{}").readHead();
            Await.within(10_000, "no call is open", () -> spine.gateway.openCalls() == 0);
            assertThat(spine.ended).containsExactly("/chat gone");
            Await.within(SOON_MILLIS, "the provider's call has ended", provider::hasClientLeft);
        }
    }
}
