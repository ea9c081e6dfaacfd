package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.RunningSerai;
import dev.serai.access.Secrets;
import dev.serai.control.Account;
import dev.serai.store.Database;
import dev.serai.store.DatabaseUrl;
import dev.serai.store.Ledger;
import dev.serai.store.Migrations;
import dev.serai.store.TestDatabase;
import dev.serai.testing.Await;
import dev.serai.testing.FreePort;
import dev.serai.testing.MovableClock;
import dev.serai.testing.RawServer;
import dev.serai.usage.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes deliver usage events to one server, and one of them is killed when the server has a batch in hand. */
@Timeout(120)
class UsageDeliveryCrashTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ABOUT_IN_A_BATCH = 200;
    private static final int IN_A_SETTLEMENT = 30;
    private static final String ROUTE = """
            - route:
                id: usage-mine
                from:
                  uri: direct:usage-mine
                  steps:
                    - to:
                        uri: http://127.0.0.1:%d/%s
                        parameters:
                          httpMethod: POST
                          copyHeaders: false
            """;

    @TempDir
    Path home;

    private final List<List<String>> ofOne = new ArrayList<>();
    private final List<List<String>> ofTwo = new ArrayList<>();
    private final List<AutoCloseable> started = new ArrayList<>();
    private final String database = TestDatabase.postgres();
    private final CountDownLatch held = new CountDownLatch(1);
    private volatile boolean holding;
    private int events;

    private final RawServer receiver = RawServer.start(connection -> {
        while (connection.hasRequest()) {
            boolean isOne = connection.request().head().startsWith("POST /one");
            note(isOne ? ofOne : ofTwo, connection.request().body());
            if (isOne && holding) {
                held.countDown();
            } else {
                connection.write(RawServer.json(200, "{}"));
            }
        }
    });

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : started) {
            one.close();
        }
        receiver.close();
    }

    private synchronized void note(List<List<String>> batches, byte[] body) throws IOException {
        List<String> ids = new ArrayList<>();
        for (JsonNode event : JSON.readTree(body)) {
            ids.add(event.path("id").asText());
        }
        batches.add(ids);
    }

    private synchronized List<String> all() {
        List<String> all = new ArrayList<>();
        ofOne.forEach(all::addAll);
        ofTwo.forEach(all::addAll);
        return all;
    }

    private Set<String> settle(Ledger ledger, int count) {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < count; i += IN_A_SETTLEMENT) {
            ledger.settle(
                    "n",
                    IntStream.range(0, IN_A_SETTLEMENT)
                            .mapToObj(n -> Events.event("event-" + events++, Account.DEFAULT, 0))
                            .peek(event -> ids.add(event.id()))
                            .toList());
        }
        return ids;
    }

    @Test
    void every_event_arrives_and_only_what_was_in_hand_arrives_twice() throws Exception {
        MovableClock clock = new MovableClock(Instant.now());
        try (Database store = Database.open(DatabaseUrl.parse(database, home, new Secrets(1)))) {
            new Migrations(store).migrate();
            Ledger ledger = new Ledger(store, Clock.systemUTC(), new SecureRandom());
            ServerProcess one = startOne();
            startTwo(clock);
            Set<String> all = settle(ledger, 1_200);
            Await.within(30_000, "all came", () -> all().size() >= all.size());
            assertThat(all()).containsExactlyInAnyOrderElementsOf(all);

            holding = true;
            while (held.getCount() > 0) { // whichever node looks first has the batch
                all.addAll(settle(ledger, 600));
                Await.within(
                        20_000,
                        "all came, or the first node has some",
                        () -> held.getCount() == 0 || all().size() >= all.size());
            }
            one.kill();
            List<String> inHand = ofOne.get(ofOne.size() - 1);
            all.addAll(settle(ledger, 600));
            clock.pass(Duration.ofMinutes(6));
            Await.within(30_000, "the other goes on", () -> new HashSet<>(all()).size() == all.size());

            List<String> twice = all();
            all.forEach(twice::remove);
            assertThat(twice).containsExactlyInAnyOrderElementsOf(inHand);
            assertThat(inHand).hasSizeLessThanOrEqualTo(ABOUT_IN_A_BATCH + IN_A_SETTLEMENT);
            assertThat(ofTwo).hasSizeGreaterThan(2);
            System.out.printf(
                    "%d events: %d batches of the node that was killed, %d of the other; %d events came twice%n",
                    all.size(), ofOne.size(), ofTwo.size(), twice.size());
        }
    }

    private ServerProcess startOne() throws Exception {
        Path folder = home.resolve("one");
        Files.createDirectories(folder.resolve("config"));
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Files.writeString(routes.resolve("usage-mine.camel.yaml"), ROUTE.formatted(receiver.port(), "one"));
        ServerProcess one = ServerProcess.start(
                folder, FreePort.find(), Map.of("SERAI_DATABASE_URL", database, "SERAI_RELOAD", "off"));
        started.add(one::kill);
        return one;
    }

    private void startTwo(Clock clock) throws Exception {
        started.add(RunningSerai.in(home.resolve("two"))
                .with("CAMEL_MANAGEMENT_ENABLED", "true")
                .with("SERAI_ADMIN_PORT", Integer.toString(FreePort.find()))
                .with("SERAI_DATABASE_URL", database)
                .withRouteFile("usage-mine.camel.yaml", ROUTE.formatted(receiver.port(), "two"))
                .withClock(clock)
                .start());
    }
}
