package dev.serai.upstream;

import static dev.serai.testing.ChatEvents.FINISH;
import static dev.serai.testing.ChatEvents.answer;
import static dev.serai.testing.ChatEvents.says;
import static dev.serai.testing.RawServer.chunk;
import static dev.serai.testing.RawServer.lastChunk;
import static dev.serai.testing.RawServer.streamHead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import dev.serai.testing.RawServer;
import dev.serai.testing.Spine;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which connections serve another request, and which must not. */
@Timeout(60)
class UpstreamConnectionsTest {
    private static final String CLOCKS = "attemptTimeout=60s&idleTimeout=60s";

    static Stream<Named<String>> wholeAnswers() {
        return Stream.of(
                named("an answer with a length", RawServer.json(200, "{}")),
                named("an error", RawServer.json(500, "{}")),
                named("a redirect", "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"),
                named("a stream", streamHead() + chunk(answer("a")) + lastChunk()),
                named("a stream without done", streamHead() + chunk(says("a") + FINISH) + lastChunk()),
                named("early hints", "HTTP/1.1 103 Early Hints\r\n\r\n" + RawServer.json(200, "{}")));
    }

    @ParameterizedTest
    @MethodSource("wholeAnswers")
    void an_answer_that_was_read_to_its_end_leaves_its_connection_to_the_next_request(String answer) throws Exception {
        try (RawServer provider = RawServer.answering(answer);
                Spine spine = new Spine(provider.url(), CLOCKS)) {
            Outcome first = spine.call().outcome();
            for (int i = 0; i < 5; i++) {
                assertThat(spine.call().outcome().kind()).isEqualTo(first.kind());
            }
            assertThat(provider.received()).hasSize(6);
            assertThat(provider.connections()).isEqualTo(1);
        }
    }

    @Test
    void clients_of_one_event_loop_share_its_connections() throws Exception {
        try (RawServer provider = RawServer.answering(RawServer.json(200, "{}"));
                Spine spine = new Spine(
                        provider.url(),
                        CLOCKS,
                        UpstreamOptions.defaults(),
                        Spine.gatewayOptions().with(options -> options.eventLoops(1)))) {
            for (int i = 0; i < 5; i++) {
                try (var client = spine.client()) {
                    assertThat(client.post("/chat", "{}").read().status()).isEqualTo(200);
                }
            }
            assertThat(provider.connections()).isEqualTo(1);
        }
    }

    @Test
    void calls_without_a_client_share_connections_whatever_thread_they_come_from() throws Exception {
        try (RawServer provider = RawServer.answering(RawServer.json(200, "{}"));
                Spine spine = new Spine(provider.url(), CLOCKS)) {
            for (int i = 0; i < 5; i++) {
                Thread caller = new Thread(
                        () -> spine.start(message -> message.setBody("{}")).join());
                caller.start();
                caller.join();
            }
            assertThat(provider.received()).hasSize(5);
            assertThat(provider.connections()).isEqualTo(1);
        }
    }

    @Test
    void an_attempt_that_timed_out_does_not_leave_its_connection_to_the_next() throws Exception {
        try (RawServer provider = RawServer.start(connection -> {
                    connection.hasRequest();
                    if (connection.request().text().equals("first")) {
                        connection.waitUntilClientLeaves();
                    }
                    connection.write(RawServer.json(200, "{}"));
                });
                Spine spine = new Spine(provider.url(), CLOCKS)) {
            Terms impatient = new Terms(Duration.ofMillis(500), null, null, null, false, null);
            assertThat(spine.call(message -> {
                                message.setBody("first");
                                message.getExchange().setVariable(UpstreamProducer.TERMS, impatient);
                            })
                            .outcome()
                            .kind())
                    .isEqualTo(Outcome.Kind.TIMED_OUT);
            provider.awaitClientToLeave();
            assertThat(spine.call(message -> message.setBody("second")).outcome())
                    .isEqualTo(new Outcome.Answered(200));
            assertThat(provider.connections()).isEqualTo(2);
        }
    }

    @Test
    void a_connection_that_the_provider_closed_between_two_requests_is_not_used_again() throws Exception {
        try (RawServer provider = RawServer.start(connection -> {
                    connection.hasRequest();
                    connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
                });
                Spine spine = new Spine(provider.url(), CLOCKS)) {
            for (int i = 0; i < 3; i++) {
                assertThat(spine.call().outcome()).isEqualTo(new Outcome.Answered(200));
            }
            assertThat(provider.connections()).isEqualTo(3);
        }
    }
}
