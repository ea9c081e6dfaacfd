package dev.serai.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.RunningSerai;
import dev.serai.testing.LogTap;
import dev.serai.testing.MovableClock;
import dev.serai.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A provider that is down for a while, as the requests of that time and of the time after it see it; and rules that change meanwhile. */
@Timeout(60)
class ComingBackTest {
    private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(4);
    private static final Duration BACK_WITHIN = Duration.ofSeconds(30);
    private static final Turn.Deed DOWN = turn -> turn.refuse(503, "overloaded_error", "Busy.");

    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T08:00:00Z"));
    private final FaultServer first = new FaultServer();
    private final FaultServer second = new FaultServer();
    private final List<LogTap> quiet = List.of(
            new LogTap("dev.serai.requests"),
            new LogTap("dev.serai.failover.Breakers"),
            new LogTap("dev.serai.reload.ReloadLog"));
    private RunningSerai serai;

    @BeforeEach
    void start() throws Exception {
        serai = RunningSerai.in(home)
                .withClock(clock)
                .withProviderFile("first", file("first", first))
                .withProviderFile("second", file("second", second))
                .withConfigFile("aliases.yaml", """
                        aliases:
                          anybody: [first:m, second:m]
                        """)
                .start();
    }

    private static String file(String id, FaultServer server) {
        return """
                id: %s
                name: A server in a test
                baseUrl: http://127.0.0.1:%d/v1
                dialects:
                  openai-chat: /chat/completions
                auth: none
                models:
                  - id: m
                """.formatted(id, server.port());
    }

    @AfterEach
    void stop() {
        serai.close();
        first.close();
        second.close();
        quiet.forEach(LogTap::close);
    }

    private String answeredBy(String model, String... headers) throws IOException {
        RawClient.Response response =
                serai.post(Tongue.CHAT.path, Tongue.CHAT.request(model, "second:m", false), headers);
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        return response.header("x-serai-provider");
    }

    /** Twelve seconds down, twelve up, for a minute, and then up for good. */
    private void flap(String model) throws IOException {
        List<String> who = new ArrayList<>();
        for (int second = 0; second < 60; second += 4, clock.pass(BETWEEN_REQUESTS)) {
            first.does(second % 24 < 12 ? DOWN : Turn::answer);
            who.add(answeredBy(model));
        }
        assertThat(who).contains("second");
        first.does(Turn::answer);
        Duration back = Duration.ZERO;
        while (!answeredBy(model).equals("first")) {
            back = back.plus(BETWEEN_REQUESTS);
            clock.pass(BETWEEN_REQUESTS);
            assertThat(back).isLessThan(BACK_WITHIN);
        }
    }

    @Test
    void traffic_is_back_within_half_a_minute() throws IOException {
        flap("first:m");
    }

    @Test
    void traffic_of_an_alias_is_back_too() throws IOException {
        flap("anybody");
    }

    /** Down for ten minutes under a request every second: whoever is left alone is not asked but once in a pause. */
    @Test
    void who_is_down_is_hardly_asked() throws IOException {
        first.does(DOWN);
        for (int i = 0; i < 600; i++, clock.pass(Duration.ofSeconds(1))) {
            assertThat(answeredBy("first:m")).isEqualTo("second");
        }
        assertThat(first.requests()).isBetween(50, 70);
    }

    @Test
    void changed_rules_are_taken_and_wrong_ones_are_not() throws Exception {
        Path rules = home.resolve("config/failover.yaml");
        String shipped = Files.readString(Path.of("config/failover.yaml"));
        first.does(turn -> turn.refuse(400, "invalid_request_error", "No."));
        assertThat(answeredBy("first:m")).isEqualTo("second");

        Files.writeString(rules, shipped.replace("invalid-request: next-model", "invalid-request: stop"));
        serai.configuration().reload();
        assertThat(status()).isEqualTo(400);

        Files.writeString(rules, shipped.replace("invalid-request: next-model", "invalid-request: perhaps"));
        serai.configuration().reload();
        assertThat(status()).as("the last good rules stay in force").isEqualTo(400);

        Files.delete(rules);
        serai.configuration().reload();
        assertThat(answeredBy("first:m")).isEqualTo("second");
    }

    private int status() throws IOException {
        return serai.post(Tongue.CHAT.path, Tongue.CHAT.request("first:m", "second:m", false))
                .status();
    }
}
