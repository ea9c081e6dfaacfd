package dev.serai.upstream;

import static dev.serai.testing.ChatEvents.DONE;
import static dev.serai.testing.ChatEvents.FINISH;
import static dev.serai.testing.ChatEvents.PING;
import static dev.serai.testing.ChatEvents.ROLE;
import static dev.serai.testing.ChatEvents.says;
import static dev.serai.testing.RawServer.chunk;
import static dev.serai.testing.RawServer.lastChunk;
import static dev.serai.testing.RawServer.streamHead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import dev.serai.testing.Spine;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that fail before their first content, when nobody has seen anything, and behind it, when it must be told. */
@Timeout(60)
class UpstreamStreamFaultsTest {
    private static final String CLOCKS = "attemptTimeout=60s&idleTimeout=60s";
    private static final String SILENT = "sent no content for 300 ms";
    private static final String ERROR = "data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}\n\n";

    private static Arguments fault(String name, RawServer.Script script, Outcome outcome) {
        return arguments(named(name, script), outcome);
    }

    private static RawServer provider(RawServer.Script afterTheRequest) {
        return RawServer.start(connection -> {
            connection.hasRequest();
            connection.write(streamHead());
            afterTheRequest.run(connection);
        });
    }

    static Stream<Arguments> beforeContent() {
        return Stream.of(
                fault(
                        "an error event",
                        connection -> connection.write(chunk(ROLE + ERROR) + lastChunk()),
                        new Outcome.Unusable("reported an error in the stream: overloaded")),
                fault(
                        "nothing at all",
                        connection -> connection.write(lastChunk()),
                        new Outcome.Unusable("ended without content")),
                fault(
                        "a role and the end",
                        connection -> connection.write(chunk(ROLE) + lastChunk()),
                        new Outcome.Unusable("ended without content")),
                fault(
                        "a cut",
                        connection -> connection.write(chunk(ROLE)),
                        new Outcome.Reset("the connection was closed")),
                fault(
                        "a reset",
                        connection -> {
                            connection.write(chunk(ROLE));
                            connection.reset();
                        },
                        new Outcome.Reset("the connection was reset")),
                fault(
                        "no JSON",
                        connection -> connection.write(chunk("data: <html>\n\n")),
                        new Outcome.Unusable(
                                "reported an error in the stream: the provider sent an event that is no JSON")),
                fault(
                        "a flood of comments",
                        connection -> {
                            while (true) {
                                connection.write(chunk(PING.repeat(1_000)));
                            }
                        },
                        new Outcome.Unusable("sent 1048576 bytes without content")),
                fault(
                        "a line without end",
                        connection -> {
                            while (true) {
                                connection.write(chunk("x".repeat(60_000)));
                            }
                        },
                        new Outcome.Unusable("an event of the stream is longer than 16777216 bytes")));
    }

    @ParameterizedTest
    @MethodSource("beforeContent")
    void before_the_first_content_a_fault_is_an_outcome_and_the_client_sees_nothing(
            RawServer.Script fault, Outcome outcome) throws Exception {
        try (RawServer provider = provider(fault);
                Spine spine = new Spine(provider.url(), CLOCKS);
                RawClient client = spine.client()) {
            RawClient.Response response = client.post("/chat", "{}").read();
            assertThat(spine.outcome()).isEqualTo(outcome);
            assertThat(response.status()).isEqualTo(502);
            assertThat(response.body()).doesNotContain("data:");
        }
    }

    static Stream<Arguments> behindContent() {
        return Stream.of(
                fault("a cut", connection -> {}, new Outcome.Broken("the connection was closed", false)),
                fault("a reset", RawServer.Connection::reset, new Outcome.Broken("the connection was reset", false)),
                fault(
                        "an end without a finish",
                        connection -> connection.write(lastChunk()),
                        new Outcome.Broken("ended before the answer was complete", false)),
                fault(
                        "half an event and the end",
                        connection -> connection.write(chunk("data: {\"choices\":[") + lastChunk()),
                        new Outcome.Broken("ended before the answer was complete", false)),
                fault(
                        "garbage instead of a chunk",
                        connection -> connection.write("what is this\r\n"),
                        new Outcome.Broken("what it sent is no HTTP", false)),
                fault(
                        "no JSON",
                        connection -> connection.write(chunk("data: {oops\n\n")),
                        new Outcome.Broken(
                                "reported an error in the stream: the provider sent an event that is no JSON", false)),
                fault("a stall", RawServer.Connection::waitUntilClientLeaves, new Outcome.Broken(SILENT, false)),
                fault(
                        "nothing but pings",
                        connection -> {
                            while (true) {
                                connection.write(chunk(PING));
                                connection.pause(20);
                            }
                        },
                        new Outcome.Broken(SILENT, false)));
    }

    @ParameterizedTest
    @MethodSource("behindContent")
    void behind_the_first_content_a_fault_is_told_and_is_no_clean_end(RawServer.Script fault, Outcome outcome)
            throws Exception {
        try (RawServer provider = provider(connection -> {
                    connection.write(chunk(ROLE + says("a")));
                    fault.run(connection);
                });
                Spine spine = new Spine(provider.url(), clocksFor(outcome));
                RawClient client = spine.client()) {
            RawClient.Response response = client.post("/chat", "{}").read();
            assertThat(spine.outcome()).isEqualTo(outcome);
            assertThat(response.cleanEnd()).isFalse();
            assertThat(response.body()).startsWith(ROLE + says("a"));
            String event =
                    response.body().substring((ROLE + says("a")).length()).replace(PING, "");
            assertThat(event)
                    .startsWith("data: {\"error\":{")
                    .contains("\"The provider's stream broke off: " + ((Outcome.Failure) outcome).reason()
                            + ". What came before is incomplete.")
                    .endsWith("\n\n");
            assertThat(event.split("data: ")).as("events").hasSize(2);
        }
    }

    /** A short clock is only for those faults that it ends: it must not be quicker than another fault. */
    private static String clocksFor(Outcome outcome) {
        boolean silent = outcome.equals(new Outcome.Broken(SILENT, false));
        return silent ? "attemptTimeout=60s&idleTimeout=300ms" : CLOCKS;
    }

    @Test
    void an_error_that_the_provider_told_itself_is_not_told_again() throws Exception {
        try (RawServer provider = provider(connection -> {
                    connection.write(chunk(says("a") + ERROR));
                    connection.waitUntilClientLeaves();
                });
                Spine spine = new Spine(provider.url(), CLOCKS);
                RawClient client = spine.client()) {
            RawClient.Response response = client.post("/chat", "{}").read();
            assertThat(response.body()).isEqualTo(says("a") + ERROR);
            assertThat(response.cleanEnd()).isFalse();
            assertThat(spine.outcome())
                    .isEqualTo(new Outcome.Broken("reported an error in the stream: overloaded", true));
            provider.awaitClientToLeave();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {FINISH, DONE})
    void what_is_whole_stays_whole_when_the_connection_is_cut(String last) throws Exception {
        try (RawServer provider = provider(connection -> connection.write(chunk(says("a") + last)));
                Spine spine = new Spine(provider.url(), CLOCKS);
                RawClient client = spine.client()) {
            RawClient.Response response = client.post("/chat", "{}").read();
            assertThat(response.body()).isEqualTo(says("a") + last);
            assertThat(response.cleanEnd()).isTrue();
            assertThat(spine.outcome()).isEqualTo(new Outcome.Answered(200));
        }
    }

    @Test
    void content_that_keeps_coming_keeps_the_stream_alive_longer_than_the_idle_clock() throws Exception {
        try (RawServer provider = provider(connection -> {
                    for (int i = 0; i < 25; i++) {
                        connection.write(chunk(says("a")));
                        connection.pause(100);
                    }
                    connection.write(chunk(FINISH + DONE) + lastChunk());
                });
                Spine spine = new Spine(provider.url(), "attemptTimeout=60s&idleTimeout=2s")) {
            assertThat(spine.call().outcome()).isEqualTo(new Outcome.Answered(200));
        }
    }

    @Test
    void a_stream_that_never_ends_is_ended() throws Exception {
        try (RawServer provider = provider(connection -> {
                    while (true) {
                        connection.write(chunk(says("a")));
                        connection.pause(10);
                    }
                });
                Spine spine = new Spine(provider.url(), CLOCKS + "&longestStream=400ms")) {
            assertThat(spine.call().outcome()).isEqualTo(new Outcome.Broken("was longer than 400 ms", false));
            provider.awaitClientToLeave();
        }
    }
}
