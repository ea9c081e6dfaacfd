package dev.serai.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.control.Account;
import dev.serai.testing.MovableClock;
import dev.serai.usage.EventFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Parts of the table of events, a day each, on PostgreSQL. */
@Timeout(60)
class UsagePartsTest {
    private static final String A = Account.DEFAULT;

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:00:00Z"));
    private Database database;
    private Ledger ledger;
    private UsageRetention retention;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.POSTGRESQL.open(folder);
        ledger = new Ledger(database, clock, Samples.RANDOM);
        retention = new UsageRetention(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private String part(LocalDate day) {
        return "usage_event_d" + day.toEpochDay();
    }

    private void settle(String id, Instant at) {
        assertThat(ledger.settle("n1", List.of(UsageSamples.event(id, A, at, 1)))
                        .kept())
                .isEqualTo(1);
    }

    private List<String> in(String table) {
        return database.reader().withHandle(handle -> handle.createQuery("SELECT id FROM " + table + " ORDER BY id")
                .mapTo(String.class)
                .list());
    }

    private List<String> parts() {
        return database.reader().withHandle(handle -> handle.createQuery(
                        "SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r' ORDER BY relname")
                .mapTo(String.class)
                .list());
    }

    @Test
    void today_and_the_next_three_days_have_parts_and_the_rest_is_empty() {
        assertThat(retention.makeRoom()).isEqualTo(4);
        assertThat(retention.makeRoom()).as("nothing is missing").isZero();
        assertThat(parts())
                .containsExactly(
                        part(today()),
                        part(today().plusDays(1)),
                        part(today().plusDays(2)),
                        part(today().plusDays(3)),
                        "usage_event_rest");
        settle("e1", clock.instant());
        settle("e2", clock.instant().plus(Duration.ofHours(12)));
        assertThat(in(part(today()))).containsExactly("e1");
        assertThat(in(part(today().plusDays(1)))).containsExactly("e2");
        assertThat(in("usage_event_rest")).isEmpty();
        clock.pass(Duration.ofDays(1));
        assertThat(retention.makeRoom()).isEqualTo(1);
    }

    @Test
    void an_event_whose_day_has_no_part_is_kept_once_and_moves_when_there_is_one() {
        settle("e1", clock.instant());
        assertThat(in("usage_event_rest")).containsExactly("e1");
        retention.makeRoom();
        assertThat(in(part(today()))).containsExactly("e1");
        assertThat(in("usage_event_rest")).isEmpty();
        assertThat(ledger.settle("n1", List.of(UsageSamples.event("e1", A, clock.instant(), 1)))
                        .kept())
                .as("sent again")
                .isZero();
        assertThat(ledger.verify()).allMatch(StoreCheck.Finding::isGood);
    }

    @Test
    void a_day_of_long_ago_is_dropped_and_what_came_late_is_deleted() {
        retention.makeRoom();
        settle("e1", clock.instant());
        settle("late", clock.instant().minus(Duration.ofDays(2)));
        clock.pass(Duration.ofDays(1));
        settle("e2", clock.instant());
        assertThat(retention.forget(today())).isEqualTo(2);
        assertThat(parts()).doesNotContain(part(today().minusDays(1))).contains(part(today()));
        assertThat(in("usage_event")).containsExactly("e2");
        assertThat(new UsageRecords(database)
                        .events(EventFilter.of(A), null, 10)
                        .items())
                .hasSize(1);
        assertThat(ledger.verify()).allMatch(StoreCheck.Finding::isGood);
        settle("later", clock.instant().minus(Duration.ofDays(1)));
        assertThat(retention.forget(today())).isEqualTo(1);
    }

    @Test
    void nodes_that_make_room_at_once_make_it_once_while_events_are_settled() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Database other = Database.open(database.url())) {
            Callable<Integer> one = retention::makeRoom;
            Callable<Integer> two = new UsageRetention(other, clock)::makeRoom;
            Callable<Integer> settling = () -> {
                for (int i = 0; i < 50; i++) {
                    settle("e" + i, clock.instant());
                }
                return 0;
            };
            int made = 0;
            for (Future<Integer> done : threads.invokeAll(List.of(settling, one, two))) {
                made += done.get();
            }
            assertThat(made).isEqualTo(4);
        } finally {
            threads.shutdown();
        }
        assertThat(in("usage_event")).hasSize(50);
        assertThat(in("usage_event_rest")).isEmpty();
        assertThat(ledger.verify()).allMatch(StoreCheck.Finding::isGood);
    }

    @Test
    void somebody_who_reads_for_long_keeps_it_from_being_done_and_nobody_from_settling() throws Exception {
        try (var reading = database.writer().open()) {
            reading.begin();
            reading.createQuery("SELECT COUNT(*) FROM usage_event")
                    .mapTo(Long.class)
                    .one();
            assertThatThrownBy(retention::makeRoom).isInstanceOf(StoreAwayException.class);
            settle("e1", clock.instant());
            reading.rollback();
        }
        assertThat(retention.makeRoom()).isEqualTo(4);
        assertThat(in(part(today()))).containsExactly("e1");
    }

    @Test
    void sqlite_has_one_table_and_nothing_to_make() throws Exception {
        try (Database sqlite = TestDatabase.SQLITE.open(folder)) {
            UsageRetention there = new UsageRetention(sqlite, clock);
            assertThat(there.makeRoom()).isZero();
            new Ledger(sqlite, clock, Samples.RANDOM)
                    .settle("n1", List.of(UsageSamples.event("e1", A, clock.instant(), 1)));
            assertThat(there.forget(today().plusDays(1))).isEqualTo(1);
        }
    }

    @Test
    void events_of_an_older_schema_stay_and_those_of_today_get_their_part() throws Exception {
        try (Database older = Database.open(TestDatabase.POSTGRESQL.url(folder))) {
            new Migrations(older).migrateTo("4");
            older.writer()
                    .useHandle(handle -> handle.execute("INSERT INTO usage_event (id, account_id, access_key_id,"
                            + " provider, model, attempt, is_final, at, settlement, charge, document) VALUES"
                            + " ('today', 'a', 'k', 'p', 'm', 1, 1, " + Row.micros(clock.instant()) + ", 1, 5, '{}'),"
                            + " ('before', 'a', 'k', 'p', 'm', 1, 1, 7, 1, 5, '{}')"));
            new Migrations(older).migrate();
            assertThat(new UsageRetention(older, clock).makeRoom()).isEqualTo(4);
            List<String> found = older.reader().withHandle(handle -> handle.createQuery(
                            "SELECT id || ' ' || tableoid::regclass::text FROM usage_event ORDER BY id")
                    .mapTo(String.class)
                    .list());
            assertThat(found).containsExactly("before usage_event_rest", "today " + part(today()));
        }
    }
}
