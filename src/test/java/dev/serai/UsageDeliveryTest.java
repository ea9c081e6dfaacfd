package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.control.Account;
import dev.serai.control.Actor;
import dev.serai.credits.Grant;
import dev.serai.credits.Lot;
import dev.serai.credits.Transaction;
import dev.serai.store.Database;
import dev.serai.store.DatabaseUrl;
import dev.serai.store.Ledger;
import dev.serai.store.Migrations;
import dev.serai.store.UsageRecords;
import dev.serai.store.UsageSinks;
import dev.serai.testing.Await;
import dev.serai.testing.FreePort;
import dev.serai.usage.EventFilter;
import dev.serai.usage.Events;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Usage events from the store to routes of a user's own, and what timers do with the rest of the books. */
@Timeout(60)
class UsageDeliveryTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROUTE = """
            - route:
                id: %1$s
                from:
                  uri: direct:%1$s
                  steps:
                    - process: {ref: %1$s}
            """;

    @TempDir
    Path home;

    private Database database;
    private Ledger ledger;
    private RunningSerai serai;
    private int events;

    /** Notes what it is given, and fails while it is told to. */
    private static final class Sink implements Processor {
        private final List<List<String>> batches = new CopyOnWriteArrayList<>();
        private int failures;

        @Override
        public void process(Exchange exchange) throws Exception {
            List<String> ids = new ArrayList<>();
            for (JsonNode event : JSON.readTree(exchange.getMessage().getBody(String.class))) {
                ids.add(event.path("id").asText());
            }
            batches.add(ids);
            if (failures > 0) {
                failures--;
                throw new IllegalStateException("nobody is there");
            }
        }

        List<String> ids() {
            return batches.stream().flatMap(List::stream).toList();
        }
    }

    @BeforeEach
    void open() throws Exception {
        Files.createDirectories(home.resolve("data"));
        database = Database.open(new DatabaseUrl.Sqlite(home.resolve("data/serai.db")));
        new Migrations(database).migrate();
        ledger = new Ledger(database, Clock.systemUTC(), new SecureRandom());
    }

    @AfterEach
    void close() {
        if (serai != null) {
            serai.close();
        }
        database.close();
    }

    private RunningSerai.Setup setup() throws Exception {
        int port = FreePort.find();
        return RunningSerai.in(home)
                .with("CAMEL_MANAGEMENT_ENABLED", "true")
                .with("SERAI_ADMIN_PORT", Integer.toString(port));
    }

    private RunningSerai.Setup with(String name, Sink sink) throws Exception {
        return with(setup(), name, sink);
    }

    private static RunningSerai.Setup with(RunningSerai.Setup setup, String name, Processor sink) throws Exception {
        return setup.withRouteFile(name + ".camel.yaml", ROUTE.formatted(name)).withBean(name, sink);
    }

    /** Events, up to thirty in one settlement. */
    private List<String> settle(int count) {
        List<String> ids = IntStream.range(0, count)
                .mapToObj(i -> "event-%04d".formatted(events++))
                .toList();
        for (int i = 0; i < count; i += 30) {
            ledger.settle(
                    "n",
                    ids.subList(i, Math.min(count, i + 30)).stream()
                            .map(id -> Events.event(id, Account.DEFAULT, 0))
                            .toList());
        }
        return ids;
    }

    @Test
    void a_request_is_told_of_as_the_management_api_shows_it() throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        Processor keep = exchange -> bodies.add(exchange.getMessage().getBody(String.class));
        serai = with(setup(), "usage-mine", keep).start();
        assertThat(serai.post(
                                "/v1/chat/completions",
                                "{\"model\":\"sandbox:echo\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}")
                        .status())
                .isEqualTo(200);
        Await.until("it is delivered", () -> !bodies.isEmpty());
        JsonNode told = JSON.readTree(bodies.get(0));
        assertThat(told).hasSize(1);
        assertThat(told.get(0).path("model").asText()).isEqualTo("echo");
        assertThat(told.get(0).path("outcome").asText()).isEqualTo("answered");
        assertThat(told.get(0).path("accountId").asText()).isEqualTo(Account.DEFAULT);
    }

    @Test
    void a_route_that_fails_gets_everything_again_in_order() throws Exception {
        Sink sink = new Sink();
        sink.failures = 1;
        List<String> first = settle(3);
        serai = with("usage-mine", sink).start();
        Await.until("it was tried", () -> !sink.batches.isEmpty());
        List<String> second = settle(2);
        Await.until("all came", () -> sink.ids().containsAll(second));
        List<String> all = new ArrayList<>(first);
        all.addAll(first);
        all.addAll(second);
        assertThat(sink.ids()).isEqualTo(all);
        assertThat(sink.batches.get(0)).isEqualTo(first);
    }

    @Test
    void a_restart_goes_on_where_it_was() throws Exception {
        Sink sink = new Sink();
        List<String> all = new ArrayList<>(settle(450));
        serai = with("usage-mine", sink).start();
        Await.until("all came", () -> sink.ids().size() >= 450);
        assertThat(sink.batches).hasSizeGreaterThan(2);
        assertThat(sink.ids()).isEqualTo(all);
        serai.close();
        all.addAll(settle(2));
        serai = with("usage-mine", sink).start();
        Await.until("the others came", () -> sink.ids().size() >= 452);
        assertThat(sink.ids()).isEqualTo(all);
    }

    @Test
    void a_route_that_hangs_or_fails_keeps_no_other_waiting() throws Exception {
        Sink good = new Sink();
        Sink bad = new Sink();
        bad.failures = 1_000;
        CountDownLatch end = new CountDownLatch(1);
        RunningSerai.Setup setup = with("usage-good", good);
        with(setup, "usage-bad", bad);
        with(setup, "usage-slow", exchange -> end.await());
        serai = setup.start();
        List<String> first = settle(2);
        Await.until("the good one has them", () -> good.ids().equals(first));
        List<String> second = settle(2);
        Await.until("and those that follow", () -> good.ids().containsAll(second));
        assertThat(bad.batches).isNotEmpty().allSatisfy(batch -> assertThat(batch)
                .startsWith(first.get(0)));
        end.countDown();
    }

    @Test
    void a_new_route_begins_with_what_comes_if_that_is_wanted() throws Exception {
        settle(2);
        Sink sink = new Sink();
        serai = with("usage-mine", sink).with("SERAI_USAGE_FROM", "now").start();
        UsageSinks sinks = new UsageSinks(database, Clock.systemUTC());
        Await.until("it has begun", () -> sinks.position("usage-mine").isPresent());
        List<String> later = settle(1);
        Await.until("it is delivered", () -> !sink.batches.isEmpty());
        assertThat(sink.ids()).isEqualTo(later);
    }

    @Test
    void what_another_node_delivers_is_left_to_it_until_it_lets_go() throws Exception {
        Sink sink = new Sink();
        UsageSinks sinks = new UsageSinks(database, Clock.systemUTC());
        assertThat(sinks.claim("usage-mine", "other", Instant.now().plus(Duration.ofMinutes(9))))
                .isTrue();
        List<String> mine = settle(1);
        List<String> others = settle(1);
        Sink free = new Sink();
        RunningSerai.Setup setup = with("usage-mine", sink);
        with(setup, "usage-free", free);
        serai = setup.start();
        Await.until("the one that is free has them", () -> free.ids().size() == 2);
        assertThat(sink.batches).isEmpty();
        sinks.note("usage-mine", sinks.next(0, 1).position());
        sinks.release("usage-mine", "other");
        Await.until("what the other node left is delivered", () -> !sink.batches.isEmpty());
        assertThat(sink.ids()).isEqualTo(others).doesNotContainAnyElementsOf(mine);
    }

    @Test
    void the_shipped_route_gets_nothing_until_it_is_switched_on() throws Exception {
        settle(1);
        Sink sink = new Sink();
        serai = with("usage-mine", sink).start();
        Await.until("another one has it", () -> !sink.batches.isEmpty());
        assertThat(new UsageSinks(database, Clock.systemUTC()).position("usage"))
                .isEmpty();
    }

    @Test
    void old_events_are_forgotten_and_lots_expire_by_themselves() throws Exception {
        Clock old = Clock.offset(Clock.systemUTC(), Duration.ofDays(-40));
        new Ledger(database, old, new SecureRandom())
                .grant(
                        new Actor(Actor.Kind.COMMAND, "test"),
                        new Grant(
                                Account.DEFAULT,
                                Lot.Kind.PURCHASE,
                                1_000,
                                old.instant().plus(Duration.ofDays(1)),
                                "for a test",
                                null));
        settle(1);
        serai = setup().withClock(Clock.offset(Clock.systemUTC(), Duration.ofDays(2 * 365)))
                .with("SERAI_EXPIRE_LOTS_EVERY", "1s")
                .start();
        Await.until("the event is gone", () -> new UsageRecords(database)
                .events(EventFilter.of(Account.DEFAULT), null, 10)
                .items()
                .isEmpty());
        Await.until("the lot has left the books", () -> ledger.transactions(Account.DEFAULT, null, 10).items().stream()
                .anyMatch(transaction -> transaction.kind() == Transaction.Kind.EXPIRY));
    }
}
