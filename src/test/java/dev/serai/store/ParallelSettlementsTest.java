package dev.serai.store;

import static dev.serai.store.Samples.TESTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.credits.Grant;
import dev.serai.credits.Lot;
import dev.serai.testing.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Nodes settle at the same time, beside everything else that is done to the books: nobody waits for each other forever, nothing is charged twice.
 * {@code make crash} settles a hundred thousand requests.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ParallelSettlementsTest {
    private static final int REQUESTS = Integer.getInteger("serai.crash.settlements", 4_000);
    private static final int ACCOUNTS = 8;
    private static final int LOTS = 30;

    @TempDir
    Path folder;

    private final List<SettlingNode> nodes = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean settling = true;

    @AfterEach
    void close() {
        threads.shutdownNow();
        nodes.forEach(SettlingNode::close);
    }

    @ParameterizedTest
    @CsvSource({"SQLITE, 1", "POSTGRESQL, 2", "POSTGRESQL, 4"})
    void requests_are_settled_once_beside_grants_refunds_expiry_and_leases(TestDatabase kind, int count)
            throws Exception {
        try (Database first = kind.open(folder)) {
            Ledger ledger = new Ledger(first, Clock.systemUTC(), new SecureRandom());
            for (int i = 0; i < ACCOUNTS * LOTS; i++) {
                ledger.grant(TESTER, grant("acct_" + i % ACCOUNTS, 20_000_000, Duration.ofDays(1 + i)));
            }
            for (int i = 0; i < count; i++) {
                nodes.add(new SettlingNode("node-" + i, ACCOUNTS, first.url(), folder));
            }
            long began = System.nanoTime();
            List<Future<?>> others = new ArrayList<>();
            for (SettlingNode node : nodes) {
                others.add(threads.submit(whileSettling(node, () -> grantAndTake(node))));
                others.add(threads.submit(whileSettling(node, () -> refund(node))));
                others.add(threads.submit(whileSettling(node, () -> lease(node))));
            }
            settle();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            settling = false;
            for (Future<?> other : others) {
                other.get(); // fails if it has failed
            }
            nodes.forEach(SettlingNode::close);
            check(first, ledger);
            long transactions =
                    nodes.stream().mapToLong(node -> node.transactions.sum()).sum();
            long done = nodes.stream().mapToLong(node -> node.done.sum()).sum();
            System.out.printf(
                    "%s, %d nodes: %d requests settled in %d transactions beside %d others, in %.1f s: %d/s%n",
                    kind, count, REQUESTS, transactions, done, millis / 1e3, REQUESTS * 1_000L / millis);
            if (kind == TestDatabase.POSTGRESQL) {
                assertThat(deadlocks(first)).isZero();
            }
        }
    }

    private void settle() throws Exception {
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            SettlingNode node = nodes.get(i);
            int share = REQUESTS / nodes.size() + (i < REQUESTS % nodes.size() ? 1 : 0);
            clients.add(threads.submit(() -> {
                node.settle(share);
                return null;
            }));
        }
        for (Future<?> client : clients) {
            client.get();
        }
    }

    private Callable<@Nullable Void> whileSettling(SettlingNode node, Runnable work) {
        return () -> {
            while (settling) {
                work.run();
                node.done.increment();
                TimeUnit.MILLISECONDS.sleep(2); // it is about many at once, not about as much as can be
            }
            return null;
        };
    }

    private static Grant grant(String account, long nanos, Duration life) {
        Lot.Kind kind = nanos % 2 == 0 ? Lot.Kind.PURCHASE : Lot.Kind.PROMOTIONAL;
        return new Grant(account, kind, nanos, Instant.now().plus(life), "for a test", null);
    }

    private static void grantAndTake(SettlingNode node) {
        Random random = new Random();
        String account = "acct_" + random.nextInt(ACCOUNTS);
        Duration life = random.nextBoolean() ? Duration.ofMillis(1 + random.nextInt(300)) : Duration.ofDays(9);
        node.ledger.grant(TESTER, grant(account, 1 + random.nextInt(3_000_000), life));
        node.ledger.adjust(
                TESTER, account, -1 - random.nextInt(1_000), Instant.now().plusSeconds(9), "a mistake", null);
        node.ledger.expireLots(Instant.now());
        node.retention.forget(LocalDate.of(2026, 1, 1));
    }

    private static void refund(SettlingNode node) {
        SettlingNode.Charged charged = node.charged.poll();
        if (charged != null) {
            node.ledger.refund(
                    TESTER,
                    new Ledger.Refund(
                            charged.accountId(),
                            null,
                            charged.eventId(),
                            1,
                            Instant.now().plusSeconds(1),
                            "no good",
                            null));
        }
        node.sinks.claim("usage", node.name, Instant.now().plusMillis(5));
        node.sinks.note("usage", node.sinks.last());
    }

    /** As a third node would, that comes and goes. */
    private static void lease(SettlingNode node) {
        Random random = new Random();
        String account = "acct_" + random.nextInt(ACCOUNTS);
        String other = "other-" + random.nextInt(3);
        Instant now = Instant.now();
        node.ledger.lease(account, other, random.nextInt(5_000_000), now, now.plusMillis(random.nextInt(200)));
        node.ledger.wanted(now.minusSeconds(1));
        node.ledger.giveBack(account, other, random.nextInt(5_000_000));
        if (random.nextInt(5) == 0) {
            node.ledger.endLeases(other);
        }
    }

    private void check(Database database, Ledger ledger) {
        assertThat(nodes).allSatisfy(node -> {
            assertThat(node.failures).isEmpty();
            assertThat(node.told.sum()).isEqualTo(node.submitted.sum());
        });
        long submitted = nodes.stream().mapToLong(node -> node.submitted.sum()).sum();
        long owed = nodes.stream().mapToLong(node -> node.owedNanos.sum()).sum();
        assertThat(submitted).isEqualTo(REQUESTS);
        assertThat(number(database, "SELECT count(*) FROM usage_event")).isEqualTo(submitted);
        assertThat(number(database, "SELECT sum(charge) FROM usage_event")).isEqualTo(owed);
        assertThat(number(database, "SELECT -sum(amount) FROM ledger_transaction WHERE kind = 'charge'"))
                .isEqualTo(owed);
        assertThat(ledger.verify()).isNotEmpty().allMatch(StoreCheck.Finding::isGood);
    }

    private static long number(Database database, String sql) {
        return database.unhurried()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    /** Servers tell them about a second late. */
    private static long deadlocks(Database database) throws IOException {
        String sql = "SELECT %s FROM pg_stat_database WHERE datname = current_database()";
        Await.within(30_000, "the statistics are told", () -> number(database, sql.formatted("xact_commit")) > 100);
        return number(database, sql.formatted("deadlocks"));
    }
}
