package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.testing.Await;
import dev.serai.testing.FreePort;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A provider that may have two requests at once. */
@Timeout(60)
class FullProviderTest {
    private static final String API_KEY = "operator-key-of-the-tests-0123456789";
    private static final String PATH = "/v1/chat/completions";
    private static final String GOOD =
            "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                    + "\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}";
    private static final String LONG = "30s";
    private static final String SHORT = "50ms";
    private static final long TENTH_NANOS = 100_000_000;

    @TempDir
    Path home;

    private final Semaphore mayAnswer = new Semaphore(0);
    private final Semaphore mayAnswerWhoStays = new Semaphore(0);
    private final List<AutoCloseable> open = new ArrayList<>();
    private final RawServer slow = RawServer.start(connection -> {
        while (connection.hasRequest()) {
            boolean stays = connection.request().text().contains("stays");
            (stays ? mayAnswerWhoStays : mayAnswer).acquire();
            connection.write(RawServer.json(200, GOOD));
        }
    });
    private final RawServer other = RawServer.answering(RawServer.json(200, GOOD));
    private RunningSerai serai;
    private int adminPort;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        slow.close();
        other.close();
        serai.close();
    }

    private void start(String longestWait) throws Exception {
        adminPort = FreePort.find();
        String rules = Files.readString(Path.of("config/failover.yaml"))
                .replace("requests-at-once: 10000", "requests-at-once: 2")
                .replace("longest-wait-for-place: 1s", "longest-wait-for-place: " + longestWait);
        serai = RunningSerai.in(home)
                .with("CAMEL_MANAGEMENT_ENABLED", "true")
                .with("SERAI_BOOTSTRAP_API_KEY", API_KEY)
                .with("SERAI_ADMIN_PORT", Integer.toString(adminPort))
                .withProvider("slow", slow.port())
                .withProvider("other", other.port())
                .withConfigFile("failover.yaml", rules)
                .start();
    }

    private static String request(String tag) {
        return "{\"model\":\"slow:" + tag + "\",\"messages\":[]}";
    }

    /** A client that has asked and not read the answer. */
    private RawClient ask(String tag) throws IOException {
        RawClient client = serai.client();
        open.add(client);
        client.post(PATH, request(tag), "Authorization: Bearer " + RunningSerai.KEY);
        return client;
    }

    private int told(String field) {
        try (RawClient admin = new RawClient(adminPort)) {
            String body = admin.send("GET /api/health/providers HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer " + API_KEY
                            + "\r\n\r\n")
                    .read()
                    .body();
            for (JsonNode provider : new ObjectMapper().readTree(body).path("providers")) {
                if (provider.path("id").asText().equals("slow")) {
                    return provider.path(field).asInt();
                }
            }
            throw new AssertionError("nothing is said of the provider");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await(String field, int count) {
        Await.until(count + " " + field, () -> told(field) == count);
    }

    private List<RawClient> fill() throws IOException {
        List<RawClient> inside = new ArrayList<>();
        for (String tag : List.of("first", "second")) {
            inside.add(ask(tag));
        }
        Await.until("both are asked", () -> slow.received().size() == 2);
        return inside;
    }

    @Test
    void who_waits_is_asked_for_in_turn_when_a_place_is_given_back() throws Exception {
        start(LONG);
        List<RawClient> clients = fill();
        clients.add(ask("third"));
        await("waiting", 1);
        clients.add(ask("fourth"));
        await("waiting", 2);
        assertThat(slow.received()).as("no more than it may have").hasSize(2);
        mayAnswer.release();
        Await.until("the next is asked", () -> slow.received().size() == 3);
        mayAnswer.release(3);
        for (RawClient client : clients) {
            RawClient.Response response = client.read();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(GOOD);
            assertThat(response.header("x-serai-attempts")).isEqualTo("1");
        }
        assertThat(slow.received().subList(2, 4))
                .extracting(RawServer.Received::text)
                .containsExactly(
                        request("third").replace("slow:", ""), request("fourth").replace("slow:", ""));
        await("requests", 0);
    }

    @Test
    void as_many_wait_as_there_are_places_and_one_more_is_told_to_come_back() throws Exception {
        start(LONG);
        fill();
        ask("third");
        ask("fourth");
        await("waiting", 2);
        RawClient.Response refused = serai.post(PATH, request("fifth"));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("retry-after")).isEqualTo("1");
        assertThat(refused.body())
                .contains("\"code\":\"overloaded\"")
                .contains("slow:fifth has as many requests at once as it may have.");
        mayAnswer.release(4);
        await("requests", 0);
    }

    @Test
    void who_gets_no_place_in_time_is_told_to_come_back() throws Exception {
        start(SHORT);
        List<RawClient> inside = fill();
        RawClient.Response refused = serai.post(PATH, request("third"));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("retry-after")).isEqualTo("1");
        assertThat(refused.body()).contains("\"code\":\"overloaded\"").contains("had no place for 50 ms");
        assertThat(told("waiting")).isZero();
        assertThat(outcomes("full")).isEqualTo(1);
        mayAnswer.release(2);
        for (RawClient client : inside) {
            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @Test
    void the_total_clock_ends_a_wait() throws Exception {
        start(LONG);
        fill();
        RawClient.Response late = serai.post(PATH, request("third"), "x-serai-failover: total=100ms");
        assertThat(late.status()).isEqualTo(504);
        assertThat(late.body()).contains("\"code\":\"timed_out\"");
        assertThat(told("waiting")).isZero();
    }

    @Test
    void an_attempt_has_no_more_time_than_the_wait_has_left() throws Exception {
        start(LONG);
        fill();
        RawClient third = serai.client();
        open.add(third);
        third.post(PATH, request("stays"), "Authorization: Bearer " + RunningSerai.KEY, "x-serai-failover: total=2s");
        await("waiting", 1);
        long waits = System.nanoTime(); // since then at least
        Await.until("a part of the time is over", () -> System.nanoTime() - waits > TENTH_NANOS);
        mayAnswer.release();
        RawClient.Response late = third.read();
        assertThat(late.status()).isEqualTo(504);
        assertThat(Long.parseLong(late.body().replaceAll("(?s).*gave no content within (\\d+) ms.*", "$1")))
                .isLessThanOrEqualTo(1_900);
        mayAnswerWhoStays.release();
    }

    @Test
    void who_leaves_while_it_waits_is_not_asked_for() throws Exception {
        start(LONG);
        fill();
        RawClient third = ask("third");
        await("waiting", 1);
        ask("fourth");
        await("waiting", 2);
        third.reset();
        await("waiting", 1);
        mayAnswer.release(2);
        Await.until("the fourth is asked", () -> slow.received().size() == 3);
        assertThat(slow.received().get(2).text()).contains("fourth");
        mayAnswer.release();
        await("requests", 0);
        assertThat(outcomes("cancelled")).isEqualTo(1);
    }

    @Test
    void who_can_be_asked_elsewhere_does_not_wait() throws Exception {
        start(LONG);
        fill();
        RawClient.Response elsewhere =
                serai.post(PATH, request("third").replace("\"messages\"", "\"models\":[\"other:m\"],\"messages\""));
        assertThat(elsewhere.status()).isEqualTo(200);
        assertThat(elsewhere.header("x-serai-provider")).isEqualTo("other");
        assertThat(elsewhere.header("x-serai-attempts")).isEqualTo("1");
        Await.until("it is measured", () -> outcomes("full") == 1);
    }

    /** The second one is asked beside the first, which has a place, and waits for its own; the first answers. */
    @Test
    void company_that_waits_for_a_place_is_sent_away_when_the_first_answers() throws Exception {
        start(LONG);
        RawClient inside = ask("stays");
        Await.until("it is asked", () -> slow.received().size() == 1);
        RawClient hedged = serai.client();
        open.add(hedged);
        hedged.post(
                PATH,
                "{\"model\":\"slow:m\",\"models\":[\"slow:n\"],\"messages\":[]}",
                "Authorization: Bearer " + RunningSerai.KEY,
                "x-serai-failover: hedge=10ms");
        await("waiting", 1);
        mayAnswer.release();
        assertThat(hedged.read().status()).isEqualTo(200);
        await("waiting", 0);
        await("requests", 1);
        mayAnswerWhoStays.release();
        assertThat(inside.read().status()).isEqualTo(200);
        await("requests", 0);
        assertThat(slow.received()).hasSize(2);
    }

    private double outcomes(String outcome) {
        MeterRegistry registry =
                serai.context().getRegistry().lookupByNameAndType("metricsRegistry", MeterRegistry.class);
        return registry.find("serai.attempts").tags("provider", "slow", "outcome", outcome).timers().stream()
                .mapToDouble(timer -> timer.count())
                .sum();
    }
}
