package dev.serai.usage;

import dev.serai.credits.Wallets;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events into the store, many in one transaction, and says when each is durable. If the store is away, or takes too long, they go
 * to a spool on the local disk, and from there into the store when it is back; that an event is kept once is the store's promise, so
 * nothing is lost by trying again. One thread calls {@link #turn} again and again, another one {@link #guard}; everybody else may call
 * {@link #submit}, which never waits.
 */
public final class Settlements {
    private static final Logger LOG = LoggerFactory.getLogger(Settlements.class);
    static final int MAX_BATCH = 500;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final UsageLog log;
    private final Wallets wallets;
    private final String node;
    private final Clock clock;
    private final Pace pace;
    private final Consumer<UsageLog.Posting> whenPosted;
    private final EventQueue queue;
    private final Backlog backlog;

    private volatile boolean away;

    /** Of the thread of {@link #turn} alone. */
    private Instant retryAt = Instant.MIN;

    /**
     * How long events wait.
     *
     * @param gather   for others to come, so that there are fewer transactions; zero if somebody waits for them
     * @param patience for the store, before the spool is used; longer than that
     */
    public record Pace(Duration gather, Duration patience) {
        public Pace {
            if (gather.compareTo(patience) >= 0) {
                throw new IllegalArgumentException("events would be late before they are due");
            }
        }
    }

    /**
     * @param isAway     whether a failure of the log says that the store is away, so that the same may succeed later
     * @param whenPosted told what became of events, on the thread of {@link #turn}
     */
    public Settlements(
            UsageLog log,
            Spool spool,
            Wallets wallets,
            String node,
            Predicate<RuntimeException> isAway,
            Clock clock,
            Pace pace,
            Consumer<UsageLog.Posting> whenPosted) {
        this.log = log;
        this.wallets = wallets;
        this.node = node;
        this.clock = clock;
        this.pace = pace;
        this.whenPosted = whenPosted;
        this.queue = new EventQueue(MAX_BATCH, pace.gather(), clock);
        this.backlog = new Backlog(spool, wallets, isAway, this::settleAgain, clock);
        wallets.whenAsked(queue::wake);
    }

    /**
     * Takes events of a request. What they cost is owed by their accounts from now on.
     *
     * @param then called once, on some thread of Serai, which it must not hold up: with null when the events are durable, or with the reason
     *     why they cannot be. Nothing is charged for them then; they are kept when there is room again
     */
    public void submit(List<UsageEvent> events, Consumer<@Nullable IOException> then) {
        for (UsageEvent event : events) {
            wallets.owe(event.call().accountId(), event.chargeNanos());
        }
        queue.add(events, then);
    }

    /** How many requests wait for their events to be durable. */
    public int waiting() {
        return queue.size();
    }

    /** Whether the store could not be written to the last time. */
    public boolean isAway() {
        return away;
    }

    /** Whether what is used now can be kept. If not, nothing should be used. */
    public boolean isSound() {
        return backlog.isSound();
    }

    /** How much waits on the local disk for the store. */
    public long spooledBytes() {
        return backlog.spooledBytes();
    }

    /** Waits until there is something to do, for so long at most. */
    public void await(Duration atMost) throws InterruptedException {
        queue.await(atMost);
    }

    /** Whoever {@linkplain #await waits} need not wait any longer, and nothing waits for others to come. */
    public void stop() {
        queue.stop();
    }

    /** Does what there is to do: leases, then events, then a part of what waits in the spool. Blocks. @return whether there is more */
    public boolean turn() {
        wallets.lease();
        boolean settled = queue.isDue() && settleSome();
        return catchUp() || settled;
    }

    /** @return whether there was something */
    private boolean settleSome() {
        List<EventQueue.Waiting> batch = queue.take();
        if (batch.isEmpty()) {
            return false;
        }
        if (away) {
            keep(queue.finish());
        } else {
            settle(batch);
        }
        return true;
    }

    private void settle(List<EventQueue.Waiting> batch) {
        UsageLog.Posting posting;
        try {
            posting = log.settle(node, EventQueue.events(batch));
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("charges cannot be written to the store; they wait on the local disk");
            LOG.atDebug().setCause(e).log("charges cannot be written to the store");
            away(true);
            keep(queue.finish());
            return;
        }
        List<EventQueue.Waiting> untold = queue.finish();
        posting.accounts().forEach(wallets::stands);
        EventQueue.events(untold).forEach(event -> wallets.posted(event.call().accountId(), event.chargeNanos()));
        EventQueue.tell(untold, null);
        posted(posting);
    }

    private void settleAgain(List<UsageEvent> events) {
        UsageLog.Posting posting = log.settle(node, events);
        posting.accounts().forEach(wallets::stands);
        posted(posting);
    }

    /** The books are right by now, whatever becomes of this. */
    private void posted(UsageLog.Posting posting) {
        try {
            whenPosted.accept(posting);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("nobody can be told how accounts stand");
        }
    }

    /** On the local disk, if there are any. */
    private void keep(List<EventQueue.Waiting> batch) {
        if (!batch.isEmpty()) {
            EventQueue.tell(batch, backlog.keep(EventQueue.events(batch)));
        }
    }

    private void away(boolean is) {
        retryAt = clock.instant().plus(RETRY);
        if (away && !is) {
            LOG.info("the store takes charges again");
        }
        away = is;
    }

    /**
     * Sees to it that nobody waits for a store that hangs: what has waited too long goes to the spool. It may be in the store all the same, and
     * then is passed over when the spool is read. To be called a few times a second. Blocks for as long as the local disk needs.
     */
    public void guard() {
        // Nobody waits for a store that is known to be away: whoever asks it again may be held up by that for seconds.
        keep(queue.late(away ? Instant.MAX : clock.instant().minus(pace.patience())));
    }

    /** Brings a part of what was left over into the store. @return whether there may be more of it, and the store takes it */
    private boolean catchUp() {
        if (away && retryAt.isAfter(clock.instant())) {
            return false;
        }
        try {
            boolean more = backlog.catchUp();
            if (away) {
                away(false);
            }
            return more;
        } catch (IOException e) {
            LOG.atError().setCause(e).log("the spool cannot be read");
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("the store takes no charges yet");
        }
        away(true);
        backlog.spoolUnkept();
        return false;
    }

    /** Nothing more is written to the local disk. */
    void close() {
        backlog.close();
    }
}
