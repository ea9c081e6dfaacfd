package dev.serai.store;

import dev.serai.credits.Wallets;
import dev.serai.usage.Bookkeeping;
import dev.serai.usage.Events;
import dev.serai.usage.Settlements;
import dev.serai.usage.Spool;
import dev.serai.usage.UsageEvent;
import dev.serai.usage.UsageLog;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What a node does with the books, without its requests: threads, leases and a pool of connections of its own. */
final class SettlingNode implements AutoCloseable {
    /** So many requests end at about the same time. */
    private static final int AT_ONCE = 64;

    private static final long HELD_NANOS = 3_000;

    final String name;
    final Ledger ledger;
    final UsageSinks sinks;
    final UsageRetention retention;
    final LongAdder submitted = new LongAdder();
    final LongAdder owedNanos = new LongAdder();
    final LongAdder told = new LongAdder();
    final LongAdder transactions = new LongAdder();

    /** What others did through this node. */
    final LongAdder done = new LongAdder();

    /** Charges that the database did not take at once, and why: a deadlock would be among them. */
    final Queue<String> failures = new ConcurrentLinkedQueue<>();

    /** Some events that are in the books. */
    final Queue<Charged> charged = new ConcurrentLinkedQueue<>();

    private final int accounts;
    private final Database database;
    private final Wallets wallets;
    private final Settlements settlements;
    private final Bookkeeping bookkeeping;
    private boolean isClosed;

    /** An event that can be refunded. */
    record Charged(String accountId, String eventId) {}

    SettlingNode(String name, int accounts, DatabaseUrl url, Path folder) throws IOException {
        this.name = name;
        this.accounts = accounts;
        database = Database.open(url, 10);
        Clock clock = Clock.systemUTC();
        ledger = new Ledger(database, clock, new SecureRandom());
        sinks = new UsageSinks(database, clock);
        retention = new UsageRetention(database, clock);
        wallets = new Wallets(ledger, name, clock, Duration.ofMinutes(10));
        settlements = new Settlements(
                new Counted(),
                new Spool(folder.resolve(name), Events.FORM, 1 << 30),
                wallets,
                name,
                StoreAwayException.class::isInstance,
                clock,
                new Settlements.Pace(Duration.ZERO, Duration.ofMinutes(1)),
                posting -> {});
        bookkeeping = new Bookkeeping(settlements, wallets);
        bookkeeping.start();
    }

    private final class Counted implements UsageLog {
        @Override
        public Posting settle(String node, List<UsageEvent> events) {
            transactions.increment();
            try {
                return ledger.settle(node, events);
            } catch (StoreException e) {
                failures.add(String.valueOf(e.getMessage()));
                throw e;
            }
        }
    }

    /** Holds, uses and settles so many requests of all accounts; returns when the last charge is durable. */
    void settle(int requests) throws InterruptedException {
        Random random = new Random();
        Semaphore open = new Semaphore(AT_ONCE);
        for (int i = 0; i < requests; i++) {
            open.acquire();
            UsageEvent event =
                    Events.event(name + "-" + i, "acct_" + random.nextInt(accounts), random.nextInt((int) HELD_NANOS));
            String account = event.call().accountId();
            Wallets.@Nullable Answer known = wallets.tryHold(account, HELD_NANOS);
            if (known == null) {
                wallets.await(account, HELD_NANOS, answer -> submit(event, answer, open));
            } else {
                submit(event, known, open);
            }
        }
        open.acquire(AT_ONCE);
    }

    private void submit(UsageEvent event, Wallets.Answer answer, Semaphore open) {
        submitted.increment();
        owedNanos.add(event.chargeNanos());
        settlements.submit(List.of(event), failed -> {
            told.add(failed == null ? 1 : 0);
            if (event.chargeNanos() > 0 && submitted.sum() % 10 == 0) {
                charged.add(new Charged(event.call().accountId(), event.id()));
            }
            open.release();
        });
        if (answer instanceof Wallets.Granted granted) {
            var unused = granted.hold().settle();
        }
    }

    /** Gives back what it has leased, and stops. */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            bookkeeping.close();
            database.close();
        }
    }
}
