package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.testing.Await;
import dev.serai.testing.FreePort;
import dev.serai.testing.LogTap;
import dev.serai.testing.MovableClock;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the admin port says of providers, and what probes add to it. */
@Timeout(60)
class ProvidersHealthTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ANSWER = RawServer.json(200, "{\"id\":\"c-1\",\"choices\":[]}");
    private static final String BUSY = RawServer.json(503, "{\"error\":{\"message\":\"Busy.\"}}");
    private static final String LIST = RawServer.json(200, "{\"data\":[{\"id\":\"m\"}]}");
    private static final String API_KEY = "api-key-of-the-tests-0123456789";
    private static final String KEYS = "first-credential, second-credential";

    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T08:00:00Z"));
    private final AtomicReference<String> answer = new AtomicReference<>(ANSWER);
    private final AtomicReference<String> list = new AtomicReference<>(LIST);
    private final List<AutoCloseable> open =
            new ArrayList<>(List.of(new LogTap("dev.serai.requests"), new LogTap("dev.serai.failover.Breakers")));
    private final LogTap log = new LogTap("dev.serai.failover.Probes");
    private RawServer inn;
    private RunningSerai serai;
    private int adminPort;

    @BeforeEach
    void open() throws IOException {
        inn = RawServer.start(connection -> {
            while (connection.hasRequest()) {
                boolean isList = connection.request().head().startsWith("GET /v1/models ");
                connection.write((isList ? list : answer).get());
            }
        });
        open.add(inn);
        open.add(log);
        adminPort = FreePort.find();
    }

    @AfterEach
    void close() throws Exception {
        serai.close();
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private RunningSerai.Setup gateway() throws IOException {
        return RunningSerai.in(home)
                .withClock(clock)
                .with("CAMEL_MANAGEMENT_ENABLED", "true")
                .with("SERAI_BOOTSTRAP_API_KEY", API_KEY)
                .with("SERAI_ADMIN_PORT", Integer.toString(adminPort))
                .with("KEYS_OF_THE_TESTS", KEYS)
                .withProviderFile("inn", """
                        id: inn
                        name: A server in a test
                        baseUrl: http://127.0.0.1:%d/v1
                        dialects: {openai-chat: /chat/completions}
                        auth: {header: Authorization, prefix: "Bearer ", env: KEYS_OF_THE_TESTS}
                        models: [{id: m}]
                        """.formatted(inn.port()));
    }

    private String told() throws IOException {
        try (RawClient admin = new RawClient(adminPort)) {
            RawClient.Response response = admin.send(
                            "GET /api/health/providers HTTP/1.1\r\nHost: t\r\nX-Stray: mine\r\nAuthorization: Bearer "
                                    + API_KEY + "\r\n\r\n")
                    .read();
            assertThat(response.status()).as(response.body()).isEqualTo(200);
            assertThat(response.header("content-type")).isEqualTo("application/json");
            assertThat(response.header("x-stray")).isEmpty();
            return response.body();
        }
    }

    /** The part of the answer that is about the provider of the test. */
    private JsonNode inn() throws IOException {
        for (JsonNode provider : JSON.readTree(told()).path("providers")) {
            if (provider.path("id").asText().equals("inn")) {
                return provider;
            }
        }
        throw new AssertionError("nothing is said of the provider");
    }

    private int ask() throws IOException {
        return serai.post(
                        "/v1/chat/completions", "{\"model\":\"inn:m\",\"messages\":[]}", "x-serai-failover: attempts=1")
                .status();
    }

    private void failUntilOpen() throws IOException {
        answer.set(BUSY);
        for (int i = 0; i < 5; i++) {
            ask();
        }
    }

    @Test
    void a_provider_that_nobody_has_asked_has_nothing_but_its_name() throws Exception {
        serai = gateway().start();
        assertThat(inn()).isEqualTo(JSON.readTree("""
                {"id": "inn", "requests": 0, "waiting": 0, "restingKeys": [], "probe": null, "models": []}
                """));
        assertThat(JSON.readTree(told()).path("providers").findValuesAsText("id"))
                .as("those that have a key")
                .contains("sandbox")
                .doesNotContain("openai");
    }

    @Test
    void an_open_breaker_is_told_with_its_times_and_rates() throws Exception {
        serai = gateway().start();
        assertThat(ask()).isEqualTo(200);
        failUntilOpen();
        assertThat(inn()).isEqualTo(JSON.readTree("""
                {"id": "inn", "requests": 0, "waiting": 0, "restingKeys": [], "probe": null, "models": [
                  {"id": "m", "breaker": "open", "since": "2026-11-22T08:00:00Z", "tryAgain": "2026-11-22T08:00:10Z",
                   "attempts": 5, "failureRate": 0.8, "slowRate": 0.0}]}
                """));
        clock.pass(Duration.ofSeconds(11));
        answer.set(ANSWER);
        assertThat(ask()).isEqualTo(200);
        assertThat(inn().path("models").path(0)).isEqualTo(JSON.readTree("""
                {"id": "m", "breaker": "closed", "since": "2026-11-22T08:00:11Z", "tryAgain": null,
                 "attempts": 0, "failureRate": null, "slowRate": null}
                """));
    }

    @Test
    void resting_keys_are_counted_and_never_shown() throws Exception {
        serai = gateway().start();
        answer.set(RawServer.json(401, "{\"error\":{\"message\":\"No.\"}}"));
        ask();
        assertThat(told()).doesNotContain("first-credential", "second-credential");
        JsonNode resting = inn().path("restingKeys");
        assertThat(resting).hasSize(1);
        assertThat(Instant.parse(resting.path(0).path("until").asText()))
                .isBetween(clock.instant().plusSeconds(4 * 60), clock.instant().plusSeconds(5 * 60));
    }

    @Test
    void requests_at_present_are_counted() throws Exception {
        RawServer slow = RawServer.start(connection -> {
            connection.hasRequest();
            connection.pause(30_000);
        });
        open.add(slow);
        serai = gateway()
                .withProviderFile(
                        "inn",
                        Files.readString(home.resolve("config/providers/inn.yaml"))
                                .replace(":" + inn.port() + "/", ":" + slow.port() + "/"))
                .start();
        try (RawClient client = serai.client()) {
            client.post(
                    "/v1/chat/completions",
                    "{\"model\":\"inn:m\",\"messages\":[]}",
                    "Authorization: Bearer " + RunningSerai.KEY,
                    "Content-Type: application/json");
            Await.until("the provider is asked", () -> !slow.received().isEmpty());
            assertThat(inn().path("requests").asInt()).isEqualTo(1);
        }
    }

    @Test
    void a_probe_that_succeeds_has_an_open_breaker_tried_before_its_pause_is_over() throws Exception {
        list.set(RawServer.json(500, "{}"));
        serai = gateway().with("SERAI_PROBE_EVERY", "1s").start();
        failUntilOpen();
        answer.set(ANSWER);
        clock.pass(Duration.ofSeconds(1));
        Await.until("a probe has failed", () -> probe().path("status").asInt() == 500);
        assertThat(ask())
                .as("what cannot be had opens nothing, and closes nothing")
                .isEqualTo(503);
        list.set(LIST);
        Await.until("a probe has succeeded", () -> probe().path("status").asInt() == 200);
        Await.until("the breaker lets somebody try", () -> breaker().equals("half-open"));
        assertThat(ask()).isEqualTo(200);
        assertThat(breaker()).isEqualTo("closed");
        assertThat(log.take())
                .satisfiesExactly(
                        bad -> assertThat(bad)
                                .matches("WARN probe provider=inn outcome=refused status=500 millis=\\d+ reason="),
                        good -> assertThat(good)
                                .matches("INFO probe provider=inn outcome=answered status=200 millis=\\d+ reason="));
        assertThat(inn.received().stream().filter(request -> request.head().startsWith("GET /v1/models ")))
                .allSatisfy(
                        request -> assertThat(request.header("authorization")).isEqualTo("Bearer first-credential"));
    }

    @Test
    void a_provider_that_cannot_be_reached_is_told_once_and_is_asked_for_answers_all_the_same() throws Exception {
        int nobody = FreePort.find();
        serai = gateway()
                .with("SERAI_PROBE_EVERY", "1s")
                .withProviderFile("gone", """
                        id: gone
                        name: A server that is not there
                        baseUrl: http://127.0.0.1:%d/v1
                        dialects: {openai-chat: /chat/completions}
                        auth: none
                        models: [{id: m}]
                        """.formatted(nobody))
                .start();
        Await.until("two probes of another provider", () -> probesOfInn() > 1);
        List<String> lines = log.take();
        assertThat(lines)
                .hasSize(1)
                .first()
                .asString()
                .matches("WARN probe provider=gone outcome=unreachable status=0 millis=\\d+ reason=.*refused.*");
        assertThat(serai.post("/v1/chat/completions", "{\"model\":\"gone:m\",\"messages\":[]}")
                        .status())
                .as("asked, in vain")
                .isEqualTo(502);
    }

    @Test
    void probes_are_off_unless_they_are_switched_on_and_end_with_the_gateway() throws Exception {
        serai = gateway().start();
        assertThat(serai.context().getRoute("probe-providers")).isNull();
        serai.close();
        serai = gateway().with("SERAI_PROBE_EVERY", "1s").start();
        Await.until("a probe", () -> probesOfInn() > 0);
        serai.close();
        long asked = probesOfInn();
        inn.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("probe") || name.endsWith(" - Split"));
        assertThat(probesOfInn()).isEqualTo(asked);
        serai = RunningSerai.in(home).start();
        assertThat(serai.context().getRoute("describe-providers"))
                .as("there is no admin port")
                .isNull();
    }

    private JsonNode probe() {
        try {
            return inn().path("probe");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String breaker() {
        try {
            return inn().path("models").path(0).path("breaker").asText();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private long probesOfInn() {
        return inn.received().stream()
                .filter(request -> request.head().startsWith("GET /v1/models "))
                .count();
    }
}
