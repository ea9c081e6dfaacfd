package dev.serai.usage;

import dev.serai.credits.Wallets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two threads that keep events and leases: one that talks to the store, and one that sees to it that nobody waits for it. */
public final class Bookkeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bookkeeping.class);
    private static final Duration TEND_EVERY = Duration.ofMillis(250);
    private static final Duration GUARD_EVERY = Duration.ofMillis(100);
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final Settlements settlements;
    private final Wallets wallets;
    private final Thread keeper;
    private final ScheduledExecutorService guard = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "serai-ledger-guard");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean stopped;
    private boolean begun;

    public Bookkeeping(Settlements settlements, Wallets wallets) {
        this.settlements = settlements;
        this.wallets = wallets;
        this.keeper = new Thread(this::keep, "serai-ledger");
        keeper.setDaemon(true);
    }

    public void start() {
        keeper.start();
        var unused = guard.scheduleWithFixedDelay(
                this::watch, GUARD_EVERY.toMillis(), GUARD_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void watch() {
        try {
            settlements.guard();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("charges that wait cannot be looked after");
        }
    }

    private void keep() {
        long tended = System.nanoTime();
        while (!stopped) {
            try {
                settlements.await(TEND_EVERY);
                begin();
                boolean more = settlements.turn();
                while (more && !stopped) {
                    more = settlements.turn();
                }
                if (System.nanoTime() - tended >= TEND_EVERY.toNanos()) {
                    tended = System.nanoTime();
                    tend();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException
                    | Error e) { // without this thread every request would wait for its charge for good
                LOG.atError().setCause(e).log("keeping the books has failed, and goes on");
            }
        }
    }

    /** What a process of this name had leased is free, once the store can be told. */
    private void begin() {
        if (!begun) {
            try {
                wallets.begin();
                begun = true;
            } catch (RuntimeException e) {
                LOG.atDebug().setCause(e).log("the store cannot be told yet that this node has begun anew");
            }
        }
    }

    private void tend() {
        try {
            wallets.tend();
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("leases cannot be tended to");
        }
    }

    /** Settles what waits, gives back what was leased, and stops; what cannot be settled in a few seconds is on the local disk. */
    @Override
    public synchronized void close() {
        if (stopped) {
            return;
        }
        stopped = true;
        settlements.stop();
        try {
            keeper.join(LAST_WORDS.toMillis());
            while (!keeper.isAlive() && settlements.turn()) {
                // until nothing is left
            }
            if (!keeper.isAlive()) {
                wallets.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("the store cannot be told that this node has stopped");
        }
        guard.shutdownNow();
        settlements.close();
    }
}
