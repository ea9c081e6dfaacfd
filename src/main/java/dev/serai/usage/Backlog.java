package dev.serai.usage;

import dev.serai.credits.Wallets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that the store has not taken: in a spool on the local disk, where they are durable, or, if the disk takes nothing either, in memory,
 * where nobody is charged for them. {@link #catchUp} brings them into the store, and is for one thread; the other methods are for every thread.
 */
final class Backlog {
    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

    /** So many events are kept in memory when nothing takes them. Nobody pays for them; more are told of in the log, and gone. */
    private static final int MAX_UNKEPT = 10_000;

    /** Another process that shares the spool may have died. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final Spool spool;
    private final Wallets wallets;
    private final Predicate<RuntimeException> isAway;
    private final Consumer<List<UsageEvent>> store;
    private final Clock clock;

    /** What accounts owe for events of this process that are in the spool, by file; its own lock, since it is held while the disk is busy. */
    private final Map<Path, Map<String, Long>> spooled = new HashMap<>();

    private final Deque<UsageEvent> unkept = new ArrayDeque<>();

    // Of the thread of catchUp() alone.
    private Instant lookAt = Instant.MIN;
    private Spool.@Nullable Batch replaying;
    private int replayed;

    /**
     * @param isAway whether a failure of the store says that it is away, so that the same may succeed later
     * @param store  keeps events; blocks
     */
    Backlog(
            Spool spool,
            Wallets wallets,
            Predicate<RuntimeException> isAway,
            Consumer<List<UsageEvent>> store,
            Clock clock) {
        this.spool = spool;
        this.wallets = wallets;
        this.isAway = isAway;
        this.store = store;
        this.clock = clock;
    }

    /** Whether what is used now can be kept. If not, nothing should be used. */
    boolean isSound() {
        synchronized (unkept) {
            return unkept.isEmpty();
        }
    }

    /** How much waits on the local disk. */
    long spooledBytes() {
        return spool.bytes();
    }

    /**
     * Makes events durable that the store does not take. Blocks for as long as the local disk needs.
     *
     * @return null, or why they are not durable: their accounts owe nothing for them then
     */
    @Nullable
    IOException keep(List<UsageEvent> events) {
        try {
            synchronized (spooled) { // a file is not done before it is noted what is owed for it
                Map<String, Long> owed = spooled.computeIfAbsent(spool.append(events), first -> new HashMap<>());
                events.forEach(event -> owed.merge(event.call().accountId(), event.chargeNanos(), Long::sum));
            }
            return null;
        } catch (IOException | RuntimeException e) {
            LOG.atError()
                    .addKeyValue("reason", e.getMessage())
                    .log(
                            "charges can be kept neither in the store nor on the local disk; requests fail until they can");
            keepUncharged(events);
            events.forEach(event -> wallets.posted(event.call().accountId(), event.chargeNanos()));
            return e instanceof IOException failure ? failure : new IOException(e);
        }
    }

    private void keepUncharged(List<UsageEvent> events) {
        int room;
        synchronized (unkept) {
            room = Math.max(0, Math.min(events.size(), MAX_UNKEPT - unkept.size()));
            events.subList(0, room).forEach(event -> unkept.add(event.uncharged()));
        }
        if (room < events.size()) {
            LOG.error("{} usage events are lost: there is no place left for them", events.size() - room);
        }
    }

    /**
     * Brings a part of it into the store. Blocks.
     *
     * @return whether there may be more of it
     * @throws IOException      if the spool cannot be read
     * @throws RuntimeException of the store, if it is away
     */
    boolean catchUp() throws IOException {
        return catchUpUnkept() || catchUpSpool();
    }

    private boolean catchUpUnkept() throws IOException {
        List<UsageEvent> some = someUnkept();
        if (some.isEmpty()) {
            return false;
        }
        settle(some);
        isKept(some);
        return true;
    }

    /** There may be room on the disk again before the store is back. Blocks. */
    void spoolUnkept() {
        try {
            for (List<UsageEvent> some = someUnkept(); !some.isEmpty(); some = someUnkept()) {
                spool.append(some);
                isKept(some);
            }
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the local disk takes no charges yet");
        }
    }

    private List<UsageEvent> someUnkept() {
        synchronized (unkept) {
            return unkept.stream().limit(Settlements.MAX_BATCH).toList();
        }
    }

    private void isKept(List<UsageEvent> some) {
        synchronized (unkept) {
            some.forEach(event -> unkept.remove());
            if (unkept.isEmpty()) {
                LOG.info("charges can be kept again");
            }
        }
    }

    private boolean catchUpSpool() throws IOException {
        Spool.Batch batch = replaying();
        if (batch == null) {
            return false;
        }
        int size = batch.events().size();
        int to = Math.min(size, replayed + Settlements.MAX_BATCH);
        if (to > replayed) {
            settle(batch.events().subList(replayed, to));
        }
        replayed = to;
        if (to == size) {
            replaying = null;
            isReplayed(batch);
        }
        return true;
    }

    private Spool.@Nullable Batch replaying() throws IOException {
        if (replaying == null) {
            Instant now = clock.instant();
            if (spool.mayWait() || !now.isBefore(lookAt)) {
                lookAt = now.plus(LOOK);
                replaying = spool.oldest().orElse(null);
                replayed = 0;
            }
        }
        return replaying;
    }

    private void isReplayed(Spool.Batch batch) throws IOException {
        Map<String, Long> owed;
        synchronized (spooled) {
            spool.done(batch);
            owed = spooled.remove(batch.file());
        }
        if (owed != null) {
            owed.forEach(wallets::posted);
            wallets.renew(owed.keySet());
        }
    }

    /** An event that the store refuses is set aside, so that it does not keep the others from it. */
    private void settle(List<UsageEvent> events) throws IOException {
        try {
            store.accept(events);
        } catch (RuntimeException e) {
            if (isAway.test(e)) {
                throw e;
            }
            if (events.size() > 1) {
                for (UsageEvent event : events) {
                    settle(List.of(event));
                }
            } else {
                LOG.atError().setCause(e).log("the store refuses an event");
                spool.setAside(events.get(0));
            }
        }
    }

    /** Nothing more is written to the local disk. */
    void close() {
        spool.close();
    }
}
