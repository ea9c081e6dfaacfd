package dev.serai.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.management.ApiServer.Answer;
import dev.serai.store.StoppablePostgres;
import dev.serai.testing.Await;
import dev.serai.testing.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one PostgreSQL that goes away while they are busy, and comes back. {@code make store-outage} has it away for two minutes. */
@Timeout(400)
class StoreOutageTest {
    private static final int SECONDS = Integer.getInteger("serai.outage.seconds", 4);
    private static final String SECRET = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final int MILLIS_BETWEEN_CALLS = 20;

    @TempDir
    Path home;

    private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
    private final ScheduledExecutorService callers = Executors.newScheduledThreadPool(8);
    private final List<AutoCloseable> open = new ArrayList<>();
    private StoppablePostgres postgres;
    private ApiServer one;
    private ApiServer two;

    @BeforeEach
    void start() throws Exception {
        postgres = StoppablePostgres.start(home.resolve("postgres"));
        open.add(postgres);
        one = node("one");
        two = node("two");
    }

    @AfterEach
    void stop() throws Exception {
        callers.shutdownNow();
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private ApiServer node(String name) throws Exception {
        ApiServer node = ApiServer.start(ApiServer.setup(home.resolve(name))
                .with("SERAI_BOOTSTRAP_API_KEY", ApiServer.OPERATOR)
                .with("SERAI_DATABASE_URL", postgres.url())
                .with("SERAI_PEPPER", SECRET)
                .with("SERAI_MASTER_KEY", SECRET));
        open.add(node);
        return node;
    }

    private String key(String fields) throws Exception {
        Answer made = one.post("/api/access-keys", "{\"name\":\"k\"" + fields + "}");
        assertThat(made.status()).as("%s", made).isEqualTo(201);
        return made.json().path("token").asText();
    }

    private static String id(String token) {
        return token.split("-", 4)[2];
    }

    private static int ask(ApiServer at, String token, String model) {
        try (RawClient client = at.serai().client()) {
            return client.post(
                            "/v1/chat/completions",
                            "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                            "Authorization: Bearer " + token,
                            "Content-Type: application/json")
                    .read()
                    .status();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Asks both nodes again and again, and counts what becomes of it under this name. */
    private void keepAsking(String name, String token, String model) {
        for (ApiServer node : List.of(one, two)) {
            var unused = callers.scheduleAtFixedRate(
                    () -> outcomes.computeIfAbsent(name + " " + ask(node, token, model), any -> new LongAdder())
                            .increment(),
                    0,
                    MILLIS_BETWEEN_CALLS,
                    TimeUnit.MILLISECONDS);
        }
    }

    private static JsonNode readiness(ApiServer at) {
        try {
            Answer ready = at.send(null, "GET", "/health/ready", null);
            assertThat(ready.status()).as("%s", ready).isEqualTo(200);
            return ready.json();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static int managed(ApiServer at) {
        try {
            return at.get("/api/access-keys").status();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private long count(String outcome) {
        LongAdder count = outcomes.get(outcome);
        return count == null ? 0 : count.sum();
    }

    @Test
    void nothing_that_was_allowed_fails_and_nothing_that_was_refused_passes() throws Exception {
        String scoped = one.post("/api/access-key-configurations", """
                        {"name":"c","access":{"providers":{"allow":["sandbox"]},"models":{"allow":["echo"]}}}""").id();
        String good = key(",\"configurationId\":\"" + scoped + "\"");
        String revoked = key("");
        String later = key("");
        String expiring = key(",\"expiresAt\":\"" + Instant.now().plusSeconds(3) + "\"");
        assertThat(one.delete("/api/access-keys/" + id(revoked)).status()).isEqualTo(204);
        Await.within(2_000, "the other node knows the keys", () -> ask(two, later, "sandbox:echo") == 200);
        assertThat(readiness(two).path("degraded").isEmpty()).isTrue();

        postgres.stop();
        Instant stopped = Instant.now();
        Await.within(30_000, "the last key has expired", () -> Instant.now().isAfter(stopped.plusSeconds(3)));
        keepAsking("good", good, "sandbox:echo");
        keepAsking("out of scope", good, "sandbox:fail");
        keepAsking("revoked", revoked, "sandbox:echo");
        keepAsking("expired", expiring, "sandbox:echo");
        keepAsking("mistyped", good + "x", "sandbox:echo");
        keepAsking("unknown", "serai-ak-AAAAAAAAAA-" + "B".repeat(40), "sandbox:echo");
        for (ApiServer node : List.of(one, two)) {
            Await.within(30_000, "the node notices", () -> readiness(node)
                    .path("degraded")
                    .findValuesAsText("part")
                    .containsAll(List.of("store", "charges")));
            assertThat(managed(node)).isEqualTo(503);
        }
        Await.within(
                TimeUnit.SECONDS.toMillis(SECONDS + 10L),
                "the outage is over",
                () -> Duration.between(stopped, Instant.now()).toSeconds() >= SECONDS);
        postgres.startAgain();

        for (ApiServer node : List.of(one, two)) {
            Await.within(30_000, "it recovers by itself", () -> managed(node) == 200);
            Await.within(30_000, "and says so", () -> readiness(node)
                    .path("degraded")
                    .isEmpty());
        }
        assertThat(one.delete("/api/access-keys/" + id(later)).status()).isEqualTo(204);
        Await.within(2_000, "the other node refuses the key", () -> ask(two, later, "sandbox:echo") == 401);
        callers.shutdown();
        assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        System.out.println("away for " + SECONDS + " s: " + outcomes);
        assertThat(outcomes.keySet())
                .containsExactlyInAnyOrder(
                        "good 200", "out of scope 403", "revoked 401", "expired 401", "mistyped 401", "unknown 401");
        assertThat(count("good 200")).isGreaterThan(50);
    }
}
