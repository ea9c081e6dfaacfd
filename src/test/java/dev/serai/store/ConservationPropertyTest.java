package dev.serai.store;

import static dev.serai.store.Samples.NOW;
import static dev.serai.store.Samples.TESTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.credits.Balance;
import dev.serai.credits.Grant;
import dev.serai.credits.Leases.Lease;
import dev.serai.credits.Lot;
import dev.serai.credits.Transaction;
import dev.serai.testing.MovableClock;
import dev.serai.usage.UsageEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.Lifespan;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Whatever happens to an account, no nano-dollar appears or is lost: any history of grants, settlements, the same settlements again, leases,
 * expiries, refunds and corrections, with clocks that jump both ways and crashes in the middle of a transaction.
 */
class ConservationPropertyTest {
    /** The death of a node in the middle of a transaction. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** One database for all histories, each of which has an account of its own. */
    private static final class World implements AutoCloseable {
        final MovableClock clock = new MovableClock(NOW);
        final Database database;
        final Ledger ledger;
        int histories;
        int statementsToCrash;

        World(TestDatabase kind) {
            try {
                Path folder = Files.createTempDirectory("serai-conservation");
                folder.toFile().deleteOnExit();
                database = kind.open(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (kind == TestDatabase.SQLITE) {
                ((DatabaseUrl.Sqlite) database.url()).file().toFile().deleteOnExit();
                // Nothing here is about a machine that loses its power.
                database.writer().useHandle(handle -> handle.execute("PRAGMA synchronous = OFF"));
            }
            database.writer().getConfig(SqlStatements.class).setSqlLogger(new SqlLogger() {
                @Override
                public void logBeforeExecution(StatementContext context) {
                    if (--statementsToCrash == 0) {
                        throw new Crash();
                    }
                }
            });
            ledger = new Ledger(database, clock, Samples.RANDOM);
        }

        @Override
        public void close() {
            database.close();
        }
    }

    private final net.jqwik.api.lifecycle.Store<Map<TestDatabase, World>> worlds =
            net.jqwik.api.lifecycle.Store.getOrCreate(World.class, Lifespan.PROPERTY, HashMap::new);

    private World world(TestDatabase kind) {
        return worlds.get().computeIfAbsent(kind, World::new);
    }

    @Property(seed = "1")
    void every_nano_dollar_is_somewhere(@ForAll long seed) {
        new History(world(TestDatabase.SQLITE), seed).run();
    }

    @Property(tries = 50, seed = "2")
    void every_nano_dollar_is_somewhere_on_a_server_too(@ForAll long seed) {
        new History(world(TestDatabase.POSTGRESQL), seed).run();
    }

    @AfterProperty
    void all_books_are_right_in_the_end() {
        worlds.get().values().forEach(world -> {
            try (world) {
                assertThat(world.ledger.verify()).allSatisfy(finding -> assertThat(finding.isGood())
                        .as(finding.toString())
                        .isTrue());
            }
        });
    }

    /** What happens to one account. */
    private static final class History {
        private final World world;
        private final Ledger ledger;
        private final Random random;
        private final String account;
        private final NaiveBooks naive = new NaiveBooks();
        private final List<UsageEvent> settled = new ArrayList<>();
        private final List<Grant> grants = new ArrayList<>();
        private final Map<String, Integer> lots = new HashMap<>();
        private final Map<String, Long> refundable = new HashMap<>();

        History(World world, long seed) {
            this.world = world;
            this.ledger = world.ledger;
            this.random = new Random(seed);
            this.account = "acct_" + world.histories++;
        }

        void run() {
            int steps = 5 + random.nextInt(16);
            for (int i = 0; i < steps; i++) {
                world.statementsToCrash = random.nextInt(6) == 0 ? 1 + random.nextInt(12) : 0;
                try {
                    step();
                } catch (Crash e) {
                    // A node that begins anew ends its leases; the rest of the transaction never was.
                    world.statementsToCrash = 0;
                    ledger.endLeases("n1");
                }
                world.statementsToCrash = 0;
                check();
            }
        }

        private void step() {
            switch (random.nextInt(9)) {
                case 0 -> grant();
                case 1, 2, 3 -> settle();
                case 4 -> lease();
                case 5 -> expire();
                case 6 -> adjust();
                case 7 -> refund();
                default -> world.clock.pass(Duration.ofHours(random.nextInt(200) - 60));
            }
        }

        private long now() {
            return Row.micros(world.clock.instant());
        }

        private Instant soon() {
            return world.clock.instant().plus(Duration.ofHours(random.nextInt(300)));
        }

        private void grant() {
            boolean isRepeated = !grants.isEmpty() && random.nextInt(4) == 0;
            Grant grant = isRepeated
                    ? grants.get(random.nextInt(grants.size()))
                    : new Grant(
                            account,
                            random.nextBoolean() ? Lot.Kind.PURCHASE : Lot.Kind.PROMOTIONAL,
                            1 + random.nextInt(100),
                            soon(),
                            "",
                            account + "-" + grants.size());
            Ledger.Done done = ledger.grant(TESTER, grant);
            assertThat(done.isNew()).isEqualTo(!isRepeated);
            if (done.isNew()) {
                grants.add(grant);
                naive.granted += grant.nanos();
                lots.put(done.transaction().id(), naive.give(grant.nanos(), Row.micros(grant.expiresAt())));
                refundable.put(done.transaction().id(), grant.nanos());
            }
        }

        private void settle() {
            List<UsageEvent> events = new ArrayList<>();
            List<UsageEvent> fresh = new ArrayList<>();
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                if (!settled.isEmpty() && random.nextInt(3) == 0) {
                    events.add(settled.get(random.nextInt(settled.size())));
                } else {
                    String id = account + "-e" + (settled.size() + fresh.size());
                    long nanos = Math.max(0, random.nextInt(60) - 10L);
                    fresh.add(UsageSamples.event(id, account, world.clock.instant(), nanos));
                    events.add(fresh.get(fresh.size() - 1));
                }
            }
            assertThat(ledger.settle("n1", events).kept()).isEqualTo(fresh.size());
            settled.addAll(fresh);
            long charge = fresh.stream().mapToLong(UsageEvent::chargeNanos).sum();
            naive.charged += charge;
            naive.take(charge, now());
            if (charge > 0) {
                refundable.put(last().id(), charge);
            }
        }

        private Transaction last() {
            return ledger.transactions(account, null, 100).items().stream()
                    .max(Comparator.comparing(Transaction::id))
                    .orElseThrow();
        }

        private void lease() {
            String node = "n" + (1 + random.nextInt(3));
            if (random.nextInt(3) == 0) {
                Lease lease = ledger.giveBack(account, node, random.nextInt(40));
                assertThat(lease.leasedNanos()).isNotNegative();
                return;
            }
            Lease lease = ledger.lease(
                    account,
                    node,
                    random.nextInt(60),
                    world.clock.instant(),
                    world.clock.instant().plusSeconds(30));
            naive.expire(now());
            assertThat(lease.balanceNanos()).isEqualTo(naive.balance());
            assertThat(lease.leasedNanos()).isBetween(0L, Math.max(0, naive.balance()));
        }

        private void expire() {
            try {
                ledger.expireLots(world.clock.instant());
            } catch (Crash e) {
                // These are several transactions, and some may have been made.
                world.statementsToCrash = 0;
                ledger.expireLots(world.clock.instant());
            }
            naive.expire(now());
        }

        private void adjust() {
            long nanos = random.nextInt(80) - 40L;
            if (nanos == 0) {
                return;
            }
            Instant expiresAt = soon();
            ledger.adjust(TESTER, account, nanos, expiresAt, "", null);
            naive.corrected += nanos;
            if (nanos > 0) {
                naive.give(nanos, Row.micros(expiresAt));
            } else {
                naive.take(-nanos, now());
            }
        }

        private void refund() {
            List<String> ids = refundable.keySet().stream().sorted().toList();
            if (ids.isEmpty()) {
                return;
            }
            String id = ids.get(random.nextInt(ids.size()));
            long nanos = 1L + random.nextInt(60);
            Instant expiresAt = soon();
            Ledger.Refund refund = new Ledger.Refund(account, id, null, nanos, expiresAt, "", null);
            Refusal refused = refused(refund);
            long most = refundable.getOrDefault(id, 0L);
            assertThat(refused).isEqualTo(nanos > most ? new Refusal.TooMuch("transaction", id, most) : null);
            if (refused == null) {
                refundable.merge(id, -nanos, Long::sum);
                Integer lot = lots.get(id);
                if (lot == null) {
                    naive.corrected += nanos;
                    naive.give(nanos, Row.micros(expiresAt));
                } else {
                    naive.corrected -= nanos;
                    naive.takeFrom(lot, nanos);
                }
            }
        }

        private @Nullable Refusal refused(Ledger.Refund refund) {
            try {
                ledger.refund(TESTER, refund);
                return null;
            } catch (ChangeRefusedException e) {
                return e.refusal();
            }
        }

        private void check() {
            Balance balance = ledger.balance(account);
            assertThat(balance.balanceNanos()).isEqualTo(naive.balance());
            assertThat(balance.overdraftNanos()).isEqualTo(naive.owed());
            assertThat(balance.lots().stream().map(Lot::leftNanos).toList()).isEqualTo(naive.left());
        }
    }
}
