package dev.serai.usage;

import dev.serai.credits.Wallets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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
    private static final int MAX_BATCH = 500;

    /** So many events are kept in memory when nothing takes them. Nobody pays for them; more are told of in the log, and gone. */
    private static final int MAX_UNKEPT = 10_000;

    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Another process that shares the spool may have died. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final UsageLog log;
    private final Spool spool;
    private final Wallets wallets;
    private final String node;
    private final Predicate<RuntimeException> isAway;
    private final Clock clock;
    private final Duration patience;
    private final Consumer<UsageLog.Posting> whenPosted;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Deque<Waiting> queue = new ArrayDeque<>();

    /** What is on its way to the store at this moment. */
    private List<Waiting> current = List.of();

    private boolean away;
    private boolean asked;
    private boolean stopped;

    /** What accounts owe for events of this process that are in the spool, by file; its own lock, since it is held while the disk is busy. */
    private final Map<Path, Map<String, Long>> spooled = new HashMap<>();

    /** Events that could not be kept anywhere; of the thread of {@link #turn}, but for {@link #guard}, and so locked. */
    private final Deque<UsageEvent> unkept = new ArrayDeque<>();

    // Of the thread of turn() alone.
    private Instant retryAt = Instant.MIN;
    private Instant lookAt = Instant.MIN;
    private Spool.@Nullable Batch replaying;
    private int replayed;

    /** Events of one request, and who waits for them. */
    private static final class Waiting {
        private final List<UsageEvent> events;
        private final Consumer<@Nullable IOException> then;
        private final Instant since;
        private boolean isTold;

        Waiting(List<UsageEvent> events, Consumer<@Nullable IOException> then, Instant since) {
            this.events = events;
            this.then = then;
            this.since = since;
        }
    }

    /**
     * @param isAway     whether a failure of the log says that the store is away, so that the same may succeed later
     * @param patience   how long the store may take before the spool is used
     * @param whenPosted told what became of events, on the thread of {@link #turn}
     */
    public Settlements(
            UsageLog log,
            Spool spool,
            Wallets wallets,
            String node,
            Predicate<RuntimeException> isAway,
            Clock clock,
            Duration patience,
            Consumer<UsageLog.Posting> whenPosted) {
        this.log = log;
        this.spool = spool;
        this.wallets = wallets;
        this.node = node;
        this.isAway = isAway;
        this.clock = clock;
        this.patience = patience;
        this.whenPosted = whenPosted;
        wallets.whenAsked(this::ask);
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
        lock.lock();
        try {
            queue.add(new Waiting(events, then, clock.instant()));
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    private void ask() {
        lock.lock();
        try {
            asked = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** How many requests wait for their events to be durable. */
    public int waiting() {
        lock.lock();
        try {
            return queue.size() + current.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the store could not be written to the last time. */
    public boolean isAway() {
        lock.lock();
        try {
            return away;
        } finally {
            lock.unlock();
        }
    }

    /** Whether what is used now can be kept. If not, nothing should be used. */
    public boolean isSound() {
        lock.lock();
        try {
            return unkept.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something to do, for so long at most. */
    public void await(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long nanos = atMost.toNanos();
            while (queue.isEmpty() && !asked && !stopped && nanos > 0) {
                nanos = work.awaitNanos(nanos);
            }
            asked = false;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever {@linkplain #await waits} need not wait any longer. */
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Does what there is to do: leases, then events, then a part of what waits in the spool. Blocks. @return whether there is more */
    public boolean turn() {
        wallets.lease();
        List<Waiting> batch = take();
        if (!batch.isEmpty()) {
            if (isAway()) {
                spool(finish(batch));
            } else {
                settle(batch);
            }
        }
        return catchUp() || !batch.isEmpty();
    }

    private List<Waiting> take() {
        lock.lock();
        try {
            List<Waiting> batch = new ArrayList<>();
            int events = 0;
            while (!queue.isEmpty() && events < MAX_BATCH) {
                Waiting next = queue.remove();
                events += next.events.size();
                batch.add(next);
            }
            current = batch;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void settle(List<Waiting> batch) {
        UsageLog.Posting posting;
        try {
            posting = log.settle(node, events(batch));
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("charges cannot be written to the store; they wait on the local disk");
            LOG.atDebug().setCause(e).log("charges cannot be written to the store");
            away(true);
            spool(finish(batch));
            return;
        }
        List<Waiting> untold = finish(batch);
        posting.accounts().forEach(wallets::stands);
        events(untold).forEach(this::isPosted);
        tell(untold, null);
        posted(posting);
    }

    /** Whatever one of them does about it, all are told. */
    private static void tell(List<Waiting> batch, @Nullable IOException failure) {
        for (Waiting waiting : batch) {
            try {
                waiting.then.accept(failure);
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("somebody cannot be told what became of a charge");
            }
        }
    }

    private static List<UsageEvent> events(List<Waiting> batch) {
        return batch.stream().flatMap(waiting -> waiting.events.stream()).toList();
    }

    /** Those that nobody has spooled in the meantime, which are nobody else's from now on. */
    private List<Waiting> finish(List<Waiting> batch) {
        lock.lock();
        try {
            current = List.of();
            List<Waiting> untold =
                    batch.stream().filter(waiting -> !waiting.isTold).toList();
            untold.forEach(waiting -> waiting.isTold = true);
            return untold;
        } finally {
            lock.unlock();
        }
    }

    private void away(boolean is) {
        retryAt = clock.instant().plus(RETRY);
        lock.lock();
        try {
            if (away && !is) {
                LOG.info("the store takes charges again");
            }
            away = is;
        } finally {
            lock.unlock();
        }
    }

    /** The books are right by now, whatever becomes of this. */
    private void posted(UsageLog.Posting posting) {
        try {
            whenPosted.accept(posting);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("nobody can be told how accounts stand");
        }
    }

    private void isPosted(UsageEvent event) {
        wallets.posted(event.call().accountId(), event.chargeNanos());
    }

    /**
     * Sees to it that nobody waits for a store that hangs: what has waited too long goes to the spool. It may be in the store all the same, and
     * then is passed over when the spool is read. To be called a few times a second. Blocks for as long as the local disk needs.
     */
    public void guard() {
        List<Waiting> late = new ArrayList<>();
        lock.lock();
        try {
            // Nobody waits for a store that is known to be away: whoever asks it again may be held up by that for
            // seconds.
            Instant since = away ? Instant.MAX : clock.instant().minus(patience);
            if (isLate(current, since) || isLate(queue, since)) {
                current.stream().filter(waiting -> !waiting.isTold).forEach(late::add);
                late.addAll(queue);
                queue.clear();
                late.forEach(waiting -> waiting.isTold = true);
            }
        } finally {
            lock.unlock();
        }
        spool(late);
    }

    private static boolean isLate(Collection<Waiting> waiting, Instant since) {
        return waiting.stream().limit(1).anyMatch(first -> !first.isTold && first.since.isBefore(since));
    }

    /** Whoever is given here has been marked as told. */
    private void spool(List<Waiting> batch) {
        if (batch.isEmpty()) {
            return;
        }
        List<UsageEvent> events = events(batch);
        try {
            synchronized (spooled) { // a file is not done before it is noted what is owed for it
                Map<String, Long> owed = spooled.computeIfAbsent(spool.append(events), first -> new HashMap<>());
                events.forEach(event -> owed.merge(event.call().accountId(), event.chargeNanos(), Long::sum));
            }
            tell(batch, null);
        } catch (IOException | RuntimeException e) {
            LOG.atError()
                    .addKeyValue("reason", e.getMessage())
                    .log(
                            "charges can be kept neither in the store nor on the local disk; requests fail until they can");
            keepUncharged(events);
            events.forEach(this::isPosted);
            tell(batch, e instanceof IOException failure ? failure : new IOException(e));
        }
    }

    private void keepUncharged(List<UsageEvent> events) {
        int room;
        lock.lock();
        try {
            room = Math.max(0, Math.min(events.size(), MAX_UNKEPT - unkept.size()));
            events.subList(0, room).forEach(event -> unkept.add(event.uncharged()));
        } finally {
            lock.unlock();
        }
        if (room < events.size()) {
            LOG.error("{} usage events are lost: there is no place left for them", events.size() - room);
        }
    }

    /** Brings a part of what was left over into the store. @return whether there may be more of it, and the store takes it */
    private boolean catchUp() {
        if (isAway() && retryAt.isAfter(clock.instant())) {
            return false;
        }
        try {
            boolean more = catchUpUnkept() || catchUpSpool();
            if (isAway()) {
                away(false);
            }
            return more;
        } catch (IOException e) {
            LOG.atError().setCause(e).log("the spool cannot be read");
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("the store takes no charges yet");
        }
        away(true);
        spoolUnkept();
        return false;
    }

    private boolean catchUpUnkept() throws IOException {
        List<UsageEvent> some = someUnkept();
        if (some.isEmpty()) {
            return false;
        }
        settleAgain(some);
        isKept(some);
        return true;
    }

    /** There may be room on the disk again before the store is back. */
    private void spoolUnkept() {
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
        lock.lock();
        try {
            return unkept.stream().limit(MAX_BATCH).toList();
        } finally {
            lock.unlock();
        }
    }

    private void isKept(List<UsageEvent> some) {
        lock.lock();
        try {
            some.forEach(event -> unkept.remove());
            if (unkept.isEmpty()) {
                LOG.info("charges can be kept again");
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean catchUpSpool() throws IOException {
        Spool.Batch batch = replaying;
        if (batch == null) {
            Instant now = clock.instant();
            if (!spool.mayWait() && now.isBefore(lookAt)) {
                return false;
            }
            lookAt = now.plus(LOOK);
            batch = spool.oldest().orElse(null);
            if (batch == null) {
                return false;
            }
            replaying = batch;
            replayed = 0;
        }
        int size = batch.events().size();
        int to = Math.min(size, replayed + MAX_BATCH);
        if (to > replayed) {
            settleAgain(batch.events().subList(replayed, to));
        }
        replayed = to;
        if (to == size) {
            replaying = null;
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
        return true;
    }

    /** Nothing more is written to the local disk. */
    void close() {
        spool.close();
    }

    /** An event that the store refuses is set aside, so that it does not keep the others from it. */
    private void settleAgain(List<UsageEvent> events) throws IOException {
        try {
            UsageLog.Posting posting = log.settle(node, events);
            posting.accounts().forEach(wallets::stands);
            posted(posting);
        } catch (RuntimeException e) {
            if (isAway.test(e)) {
                throw e;
            }
            if (events.size() > 1) {
                for (UsageEvent event : events) {
                    settleAgain(List.of(event));
                }
            } else {
                LOG.atError().setCause(e).log("the store refuses an event");
                spool.setAside(events.get(0));
            }
        }
    }
}
