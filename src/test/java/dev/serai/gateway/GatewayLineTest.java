package dev.serai.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.Await;
import dev.serai.testing.RawClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More requests at once than there are places. */
@Timeout(60)
class GatewayLineTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int PATIENCE_SECONDS = 20;

    /** The requests that are being served, with their bodies, until the test lets them go. */
    private final BlockingQueue<Served> served = new LinkedBlockingQueue<>();

    private final List<RawClient> clients = new ArrayList<>();
    private GatewayFixture gateway;

    private record Served(String body, AsyncCallback callback) {
        void end() {
            callback.done(false);
        }
    }

    private final class Hold extends AsyncProcessorSupport {
        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            ClientCall.of(exchange).readBody().thenAccept(body -> {
                exchange.getMessage().setBody(body);
                served.add(new Served(new String(body, StandardCharsets.UTF_8), callback));
            });
            return false;
        }
    }

    private void start(int places, int waiting, Duration longestWait) throws Exception {
        start(new LoadOptions(places, waiting, longestWait, false, places));
    }

    private void start(LoadOptions load) throws Exception {
        GatewayOptions options =
                GatewayFixture.options().with(changed -> changed.eventLoops(2).load(load));
        gateway = new GatewayFixture(options, new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("gateway:/hold?dialect=test").process(new Hold());
                from("gateway:/look?methods=GET&dialect=test").setBody(constant("seen"));
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        for (RawClient client : clients) {
            client.close();
        }
        served.forEach(Served::end);
        gateway.close();
    }

    private RawClient client() throws Exception {
        RawClient client = new RawClient(gateway.port());
        clients.add(client);
        return client;
    }

    private Served next() throws Exception {
        Served next = served.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(next).as("a request that is served").isNotNull();
        return next;
    }

    /** The next request that is served; null if the client was answered instead. */
    private @Nullable Served servedOrAnswered(RawClient client) throws Exception {
        Served next = served.poll();
        while (next == null && client.hasNothingToReadFor(1)) {
            next = served.poll();
        }
        return next;
    }

    private RawClient post(String body) throws Exception {
        return client().post("/hold", body);
    }

    /** One that stands in the line before this returns. */
    private RawClient waiting(String body) throws Exception {
        int before = gateway.gateway.load().waiting();
        RawClient client = post(body);
        Await.until(body + " waits", () -> gateway.gateway.load().waiting() == before + 1);
        return client;
    }

    private void assertNothingIsLeft() {
        Await.until("every place is free", () -> gateway.gateway.load().served() == 0);
        assertThat(gateway.gateway.load().waiting()).isZero();
    }

    @Test
    void who_came_first_is_served_first_whatever_event_loop_it_lives_on() throws Exception {
        start(1, 100, LONG);
        RawClient first = post("0");
        Served now = next();
        List<RawClient> line = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            line.add(waiting(Integer.toString(i)));
        }
        now.end();
        assertThat(first.read().status()).isEqualTo(200);
        for (int i = 1; i <= 10; i++) {
            now = next();
            assertThat(now.body()).isEqualTo(Integer.toString(i));
            assertThat(served).isEmpty();
            now.end();
            RawClient.Response response = line.get(i - 1).read();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(Integer.toString(i));
        }
        assertNothingIsLeft();
        assertThat(gateway.gateway.load().refused()).isZero();
    }

    @Test
    void who_waited_too_long_is_told_to_come_back_and_its_connection_can_be_used_again() throws Exception {
        start(1, 100, Duration.ofMillis(100));
        post("0");
        Served now = next();
        RawClient.Response refused = post("1").read();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("retry-after")).isEqualTo("1");
        assertThat(refused.body()).contains("overloaded");
        assertThat(gateway.gateway.load().refused()).isEqualTo(1);
        now.end();
        assertNothingIsLeft();
        RawClient again = post("2");
        next().end();
        assertThat(again.read().status()).isEqualTo(200);
    }

    @Test
    void who_finds_the_line_full_is_told_at_once() throws Exception {
        start(1, 1, LONG);
        post("0");
        Served now = next();
        RawClient second = waiting("1");
        assertThat(post("2").read().status()).isEqualTo(503);
        now.end();
        next().end();
        assertThat(second.read().status()).isEqualTo(200);
        assertNothingIsLeft();
    }

    @Test
    void without_a_line_one_more_is_told_at_once() throws Exception {
        start(1, 0, LONG);
        post("0");
        Served now = next();
        assertThat(post("1").read().status()).isEqualTo(503);
        now.end();
        assertNothingIsLeft();
    }

    @Test
    void a_client_that_leaves_the_line_makes_room_in_it() throws Exception {
        start(1, 1, LONG);
        post("0");
        Served now = next();
        waiting("1").close();
        Await.until("nobody waits", () -> gateway.gateway.load().waiting() == 0);
        RawClient third = waiting("2");
        now.end();
        now = next();
        assertThat(now.body()).isEqualTo("2");
        now.end();
        assertThat(third.read().status()).isEqualTo(200);
        assertNothingIsLeft();
        assertThat(gateway.gateway.load().refused()).isZero();
    }

    @Test
    void a_body_is_read_when_there_is_a_place() throws Exception {
        start(1, 1, LONG);
        post("0");
        Served now = next();
        RawClient second = client();
        second.send("POST /hold HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
        Await.until("it waits", () -> gateway.gateway.load().waiting() == 1);
        assertThat(second.hasNothingToReadFor(200)).isTrue();
        now.end();
        assertThat(second.readHead()).startsWith("HTTP/1.1 100");
        second.send("late");
        now = next();
        assertThat(now.body()).isEqualTo("late");
        now.end();
        assertThat(second.read().body()).isEqualTo("late");
        assertNothingIsLeft();
    }

    @Test
    void what_is_no_request_for_a_model_needs_no_place() throws Exception {
        start(1, 0, LONG);
        post("0");
        Served now = next();
        assertThat(client().send("GET /look HTTP/1.1\r\nHost: t\r\n\r\n").read().body())
                .isEqualTo("seen");
        now.end();
        assertNothingIsLeft();
    }

    @Test
    void an_adaptive_limit_falls_when_answers_begin_to_take_much_longer() throws Exception {
        start(new LoadOptions(1_000, 0, LONG, true, 1));
        RawClient client = client();
        long quickUntil =
                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2_500); // a whole period, wherever it begins
        while (System.nanoTime() < quickUntil) {
            client.post("/hold", "quick");
            next().end();
            client.read();
        }
        assertThat(gateway.gateway.load().limit()).isEqualTo(1_000);
        for (int round = 0; round < 30 && gateway.gateway.load().limit() == 1_000; round++) {
            List<RawClient> slow = new ArrayList<>();
            List<Served> held = new ArrayList<>();
            // It may fall in the midst of a round; then whoever finds no place is answered at once, and is the last to
            // come.
            for (int i = 0; i < 15 && held.size() == slow.size(); i++) {
                RawClient one = post("slow");
                slow.add(one);
                Served now = servedOrAnswered(one);
                if (now != null) {
                    held.add(now);
                }
            }
            assertThat(held.isEmpty() || slow.get(0).hasNothingToReadFor(200)).isTrue();
            held.forEach(Served::end);
            for (RawClient one : slow) {
                one.read();
                one.close();
            }
        }
        assertThat(gateway.gateway.load().limit()).isBetween(1, 15);
    }

    @Test
    void a_gateway_that_stops_serves_what_it_serves_and_refuses_who_waits() throws Exception {
        start(1, 100, LONG);
        RawClient first = post("0");
        Served now = next();
        RawClient second = waiting("1");
        Thread stopping = new Thread(gateway.context::stop, "stopping");
        stopping.start();
        RawClient.Response refused = second.read();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("starting or stopping");
        now.end();
        assertThat(first.read().body()).isEqualTo("0");
        stopping.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        assertThat(stopping.isAlive()).isFalse();
        assertNothingIsLeft();
    }
}
