package dev.serai.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.serai.testing.FreePort;
import dev.serai.testing.RawServer;
import dev.serai.testing.Spine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers that do not answer, or not to the end, or not in HTTP. */
@Timeout(60)
class UpstreamFaultsTest {
    private static final String CLOCKS = "attemptTimeout=60s&idleTimeout=60s";
    private static final Duration SHORT = Duration.ofMillis(600);
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("closes before it answers", connection -> {}, "the connection was closed"),
                fault("resets before it answers", RawServer.Connection::reset, "the connection was reset"),
                fault(
                        "closes within the headers",
                        connection -> connection.write("HTTP/1.1 200 OK\r\nContent-Ty"),
                        "the connection was closed"),
                fault(
                        "closes within a body with a length",
                        connection -> connection.write(HEAD + "Content-Length: 100\r\n\r\n{\"choi"),
                        "the answer broke off: the connection was closed"),
                fault(
                        "closes within a body in chunks",
                        connection -> connection.write(CHUNKED + "a\r\n{\"choi"),
                        "the answer broke off: the connection was closed"),
                fault(
                        "closes between two chunks",
                        connection -> connection.write(CHUNKED + RawServer.chunk("{\"choi")),
                        "the answer broke off: the connection was closed"),
                fault(
                        "sends a chunk whose size is no number",
                        connection -> connection.write(CHUNKED + "what?\r\nis this"),
                        "the answer broke off: what it sent is no HTTP"),
                fault(
                        "greets like another protocol",
                        connection -> connection.write("220 mail.example ESMTP \u001b[31m\r\n"),
                        "what it sent is no HTTP"),
                fault(
                        "answers in TLS where none was asked for",
                        connection -> connection.write(new byte[] {0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x46}),
                        "the connection was closed"),
                fault(
                        "sends too large headers",
                        connection -> connection.write(HEAD + "x-long: " + "x".repeat(70_000) + "\r\n\r\n"),
                        "its headers are too large"));
    }

    private static Arguments fault(String name, RawServer.Script script, String reason) {
        return arguments(named(name, script), reason);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_lost_connection_is_a_reset_that_says_why(RawServer.Script fault, String reason) throws Exception {
        try (RawServer provider = RawServer.start(connection -> {
                    connection.hasRequest();
                    fault.run(connection);
                });
                Spine spine = new Spine(provider.url(), CLOCKS)) {
            assertThat(spine.call().outcome()).isEqualTo(new Outcome.Reset(reason));
        }
    }

    static Stream<Arguments> stalls() {
        return Stream.of(
                stall("says nothing", connection -> {}),
                stall("drips its headers", connection -> {
                    connection.write("HTTP/1.1 200 OK\r\nx-slow: ");
                    drip(connection, "x");
                }),
                stall(
                        "stops within its body",
                        connection -> connection.write(HEAD + "Content-Length: 100\r\n\r\n{\"choi")),
                stall(
                        "stops within an error",
                        connection -> connection.write("HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\n{\"err")),
                stall("sends a stream without content", connection -> {
                    connection.write(RawServer.streamHead());
                    drip(connection, RawServer.chunk(": still thinking\n\n"));
                }));
    }

    private static Arguments stall(String name, RawServer.Script script) {
        return arguments(named(name, script));
    }

    /** Until the other side has had enough, which shows as an exception. */
    private static void drip(RawServer.Connection connection, String drop) throws IOException, InterruptedException {
        while (true) {
            connection.write(drop);
            connection.pause(10);
        }
    }

    @ParameterizedTest
    @MethodSource("stalls")
    void an_attempt_ends_at_its_deadline_and_its_connection_with_it(RawServer.Script stall) throws Exception {
        try (RawServer provider = RawServer.start(connection -> {
                    connection.hasRequest();
                    stall.run(connection);
                    connection.waitUntilClientLeaves();
                });
                Spine spine = new Spine(provider.url(), "attemptTimeout=" + SHORT.toMillis())) {
            long start = System.nanoTime();
            Outcome outcome = spine.call().outcome();
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertThat(outcome).isEqualTo(new Outcome.TimedOut(SHORT));
            assertThat(((Outcome.Failure) outcome).reason()).isEqualTo("gave no content within 600 ms");
            assertThat(took).isBetween(SHORT.toMillis() - 1, 10_000L);
            provider.awaitClientToLeave();
        }
    }

    @Test
    void a_port_that_nobody_listens_on_is_unreachable() throws Exception {
        int port = FreePort.find();
        try (Spine spine = new Spine("http://127.0.0.1:" + port, CLOCKS)) {
            assertThat(spine.call().outcome()).isEqualTo(new Outcome.Unreachable("the connection was refused"));
        }
    }

    @Test
    void a_name_that_nobody_has_is_unreachable() throws Exception {
        try (Spine spine = new Spine("http://no-such-host.invalid/", "attemptTimeout=60s")) {
            assertThat(spine.call().outcome()).isEqualTo(new Outcome.Unreachable("its name could not be resolved"));
        }
    }

    @Test
    void a_host_that_does_not_take_up_the_call_is_unreachable_after_the_connect_timeout() throws Exception {
        List<Socket> crowd = new ArrayList<>();
        UpstreamOptions options = UpstreamOptions.defaults().withConnectTimeout(Duration.ofMillis(300));
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Spine spine = new Spine("http://127.0.0.1:" + busy.getLocalPort(), CLOCKS, options)) {
            fillQueueOf(busy, crowd);
            assertThat(spine.call().outcome()).isEqualTo(new Outcome.Unreachable("connecting took too long"));
        } finally {
            for (Socket one : crowd) {
                one.close();
            }
        }
    }

    @Test
    void an_account_can_have_less_patience_with_hosts_that_do_not_take_up_the_call() throws Exception {
        List<Socket> crowd = new ArrayList<>();
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Spine spine = new Spine("http://127.0.0.1:" + busy.getLocalPort(), "attemptTimeout=60s")) {
            fillQueueOf(busy, crowd);
            Terms terms = new Terms(null, null, null, Duration.ofMillis(300), false, null);
            Spine.Answer answer = spine.call(message -> {
                message.setBody("{}");
                message.getExchange().setVariable(UpstreamProducer.TERMS, terms);
            });
            assertThat(answer.outcome()).isEqualTo(new Outcome.Unreachable("connecting took too long"));
        } finally {
            for (Socket one : crowd) {
                one.close();
            }
        }
    }

    /** Connects until the system no longer answers for a server that accepts nobody. */
    private static void fillQueueOf(ServerSocket busy, List<Socket> crowd) throws IOException {
        for (int i = 0; i < 50; i++) {
            Socket next = new Socket();
            crowd.add(next);
            try {
                next.connect(new InetSocketAddress(busy.getInetAddress(), busy.getLocalPort()), 200);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
        throw new AssertionError("the queue of a server that accepts nobody has no end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "http://127.0.0.1:99999/", "ftp://127.0.0.1/", "http://"})
    void a_url_that_is_none_fails_the_exchange_and_keeps_nobody_waiting(String url) throws Exception {
        try (Spine spine = new Spine(url, CLOCKS)) {
            var exchange = spine.start(message -> message.setBody("{}")).get(20, TimeUnit.SECONDS);
            assertThat(exchange.getException()).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"attemptTimeout=0", "idleTimeout=0", "longestStream=-1"})
    void no_clock_can_be_switched_off(String option) throws Exception {
        try (Spine spine = new Spine("http://127.0.0.1:1", CLOCKS)) {
            assertThatThrownBy(() -> spine.context.getEndpoint("upstream:call?" + option))
                    .rootCause()
                    .hasMessageStartingWith("upstream: a timeout is at least 1 ms, not ");
        }
    }

    @Test
    void a_header_that_cannot_be_sent_fails_the_exchange_and_does_not_show_its_value() throws Exception {
        try (RawServer provider = RawServer.answering(RawServer.json(200, "{}"));
                Spine spine = new Spine(provider.url(), CLOCKS)) {
            var exchange = spine.start(message -> message.setHeader("x-broken", "secret\r\nx-smuggled: 1"))
                    .get(20, TimeUnit.SECONDS);
            assertThat(exchange.getException())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("secret");
            assertThat(provider.received()).isEmpty();
        }
    }
}
