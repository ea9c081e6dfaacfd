package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.gateway.GatewayComponent;
import dev.serai.telemetry.Meters;
import dev.serai.testing.Await;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A slow candidate gets company, the first to have content answers, and nothing is left of the other. */
@Timeout(60)
class HedgingTest {
    private static final String ANSWER =
            "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                    + "\"content\":\"%s\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":3,"
                    + "\"completion_tokens\":2,\"total_tokens\":5}}";
    private static final String EVENT =
            "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,"
                    + "\"delta\":{\"role\":\"assistant\",\"content\":\"%s\"},\"finish_reason\":%s}]}\n\n";
    private static final String REFUSAL =
            "{\"error\":{\"message\":\"no\",\"type\":\"t\",\"param\":null,\"code\":null}}";
    private static final String SOON = "x-serai-failover: hedge=50ms";

    @TempDir
    Path home;

    private RawServer.Script firstDoes = connection -> {};
    private RawServer.Script secondDoes = whole("second");
    private final CountDownLatch secondWasAsked = new CountDownLatch(1);
    private final CountDownLatch otherAnswered = new CountDownLatch(1);
    private final RawServer first = RawServer.start(connection -> {
        if (connection.hasRequest()) {
            firstDoes.run(connection);
        }
    });
    private final RawServer second = RawServer.start(connection -> {
        if (connection.hasRequest()) {
            secondWasAsked.countDown();
            secondDoes.run(connection);
        }
    });
    private @Nullable RunningSerai running;

    @BeforeEach
    void start() throws Exception {
        running = RunningSerai.in(home)
                .withProvider("first", first.port())
                .withProvider("second", second.port())
                .start();
    }

    @AfterEach
    void stop() {
        serai().close();
        first.close();
        second.close();
    }

    private RunningSerai serai() {
        if (running == null) {
            throw new AssertionError("not started");
        }
        return running;
    }

    private static RawServer.Script whole(String who) {
        return connection -> connection.write(RawServer.json(200, ANSWER.formatted(who)));
    }

    private static RawServer.Script refusing(int status) {
        return connection -> connection.write(RawServer.json(status, REFUSAL));
    }

    private static RawServer.Script silent() {
        return RawServer.Connection::waitUntilClientLeaves;
    }

    /** Answers when the second one was asked. */
    private RawServer.Script late(RawServer.Script script) {
        return connection -> {
            assertThat(secondWasAsked.await(20, TimeUnit.SECONDS)).isTrue();
            connection.pause(50);
            script.run(connection);
        };
    }

    private static String request(boolean stream) {
        return "{\"model\":\"first:m\",\"models\":[\"second:m\"],\"stream\":" + stream + ",\"messages\":[]}";
    }

    private RawClient.Response ask(String... headers) throws Exception {
        return serai().post("/v1/chat/completions", request(false), headers);
    }

    private Map<String, Long> outcomes() {
        Map<String, Long> outcomes = new TreeMap<>();
        serai().context()
                .getRegistry()
                .lookupByNameAndType("metricsRegistry", MeterRegistry.class)
                .find(Meters.ATTEMPTS.meter())
                .timers()
                .forEach(timer -> outcomes.merge(
                        timer.getId().getTag("provider") + " " + timer.getId().getTag("outcome"),
                        timer.count(),
                        Long::sum));
        return outcomes;
    }

    private void expectMeasured(Map<String, Long> expected) {
        Await.until("each attempt is measured once", () -> outcomes().equals(expected));
    }

    /** Does so, and lets the other one go on. */
    private RawServer.Script before(RawServer.Script script) {
        return connection -> {
            script.run(connection);
            otherAnswered.countDown();
        };
    }

    /** Does so when the other one has answered, and Serai has had the time to take notice of it. */
    private RawServer.Script after(RawServer.Script script) {
        return connection -> {
            otherAnswered.await();
            connection.pause(1_000);
            script.run(connection);
        };
    }

    private void expectNothingLeft() {
        Await.until(
                "every call is over",
                () -> serai().context()
                                .getComponent("gateway", GatewayComponent.class)
                                .openCalls()
                        == 0);
        first.awaitClientToLeave();
    }

    @Test
    void a_silent_candidate_is_overtaken_and_left() throws Exception {
        firstDoes = silent();
        RawClient.Response response = ask(SOON);
        assertThat(response.body()).contains("second");
        assertThat(response.header("x-serai-provider")).isEqualTo("second");
        assertThat(response.header("x-serai-attempts")).isEqualTo("2");
        expectNothingLeft();
        expectMeasured(Map.of("first cancelled", 1L, "second answered", 1L));
    }

    @Test
    void one_that_answers_in_time_gets_no_company() throws Exception {
        firstDoes = whole("first");
        assertThat(ask("x-serai-failover: hedge=30s").body()).contains("first");
        assertThat(second.received()).isEmpty();
    }

    @Test
    void nobody_is_asked_twice_without_a_wish_for_it() throws Exception {
        firstDoes = connection -> {
            connection.pause(200);
            whole("first").run(connection);
        };
        assertThat(ask().body()).contains("first");
        assertThat(second.received()).isEmpty();
    }

    @Test
    void the_first_may_win_after_all() throws Exception {
        firstDoes = late(whole("first"));
        secondDoes = silent();
        RawClient.Response response = ask(SOON);
        assertThat(response.body()).contains("first");
        assertThat(response.header("x-serai-provider")).isEqualTo("first");
        second.awaitClientToLeave();
        expectMeasured(Map.of("first answered", 1L, "second cancelled", 1L));
    }

    @Test
    void one_that_fails_at_once_is_followed_as_ever() throws Exception {
        firstDoes = refusing(503);
        assertThat(ask("x-serai-failover: hedge=30s").body()).contains("second");
        expectMeasured(Map.of("first refused", 1L, "second answered", 1L));
    }

    @Test
    void the_company_may_fail_and_the_first_still_answers() throws Exception {
        firstDoes = after(whole("first"));
        secondDoes = before(refusing(400));
        assertThat(ask(SOON).body()).contains("first");
        expectMeasured(Map.of("first answered", 1L, "second refused", 1L));
    }

    @Test
    void the_first_may_fail_and_the_company_still_answers() throws Exception {
        firstDoes = late(before(refusing(503)));
        secondDoes = after(whole("second"));
        assertThat(ask(SOON).body()).contains("second");
        expectMeasured(Map.of("first refused", 1L, "second answered", 1L));
    }

    @Test
    void if_both_fail_both_are_named() throws Exception {
        firstDoes = late(before(refusing(503)));
        secondDoes = after(refusing(503));
        RawClient.Response response = ask(SOON);
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.body())
                .contains(
                        "all_providers_failed",
                        "first:m answered with status 503",
                        "second:m answered with status 503");
    }

    @Test
    void streams_race_to_their_first_content() throws Exception {
        firstDoes = connection -> {
            connection.write(RawServer.streamHead() + RawServer.chunk(": still here\n\n"));
            connection.waitUntilClientLeaves();
        };
        secondDoes = connection -> connection.write(RawServer.streamHead()
                + RawServer.chunk(EVENT.formatted("second", "null"))
                + RawServer.chunk(EVENT.formatted("!", "\"stop\"") + "data: [DONE]\n\n")
                + RawServer.lastChunk());
        RawClient.Response response = serai().post("/v1/chat/completions", request(true), SOON);
        assertThat(response.body()).contains("second", "[DONE]").doesNotContain("still here");
        assertThat(response.cleanEnd()).isTrue();
        expectNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_client_that_leaves_ends_both(boolean stream) throws Exception {
        firstDoes = silent();
        secondDoes = silent();
        try (RawClient client = serai().client()) {
            client.post(
                    "/v1/chat/completions",
                    request(stream),
                    "Authorization: Bearer " + RunningSerai.KEY,
                    "Content-Type: application/json",
                    SOON);
            assertThat(secondWasAsked.await(20, TimeUnit.SECONDS)).isTrue();
            client.reset();
        }
        expectNothingLeft();
        second.awaitClientToLeave();
        expectMeasured(Map.of("first cancelled", 1L, "second cancelled", 1L));
    }

    @Test
    void a_client_that_leaves_in_the_midst_of_the_winning_stream_ends_it() throws Exception {
        firstDoes = silent();
        secondDoes = connection -> {
            connection.write(RawServer.streamHead() + RawServer.chunk(EVENT.formatted("second", "null")));
            connection.waitUntilClientLeaves();
        };
        try (RawClient client = serai().client()) {
            client.post(
                    "/v1/chat/completions",
                    request(true),
                    "Authorization: Bearer " + RunningSerai.KEY,
                    "Content-Type: application/json",
                    SOON);
            client.readHead();
            assertThat(client.readChunk()).contains("second");
            client.reset();
        }
        expectNothingLeft();
        second.awaitClientToLeave();
    }
}
