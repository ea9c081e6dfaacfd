package dev.serai.usage;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events of requests that wait for the store, in the order in which they came. One thread {@linkplain #await waits} for them and takes them, many at
 * once; another one may take back what waits for too long. Thread-safe, and only {@link #await} waits.
 */
final class EventQueue {
    private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);

    private final int most;
    private final Duration gather;
    private final Clock clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Deque<Waiting> queue = new ArrayDeque<>();

    /** What was taken, and is on its way to the store. */
    private List<Waiting> taken = List.of();

    private boolean woken;
    private boolean stopped;

    /** Events of one request, and who waits for them. */
    static final class Waiting {
        private final List<UsageEvent> events;
        private final Consumer<@Nullable IOException> then;
        private final Instant since;
        private boolean isTold;

        private Waiting(List<UsageEvent> events, Consumer<@Nullable IOException> then, Instant since) {
            this.events = events;
            this.then = then;
            this.since = since;
        }
    }

    /**
     * @param most   so many requests are taken at once
     * @param gather how long the first one waits for others to come, if that many are not there before
     */
    EventQueue(int most, Duration gather, Clock clock) {
        this.most = most;
        this.gather = gather;
        this.clock = clock;
    }

    /** @param then called once, by {@link #tell} */
    void add(List<UsageEvent> events, Consumer<@Nullable IOException> then) {
        lock.lock();
        try {
            queue.add(new Waiting(events, then, clock.instant()));
            if (queue.size() == 1 || queue.size() == most) {
                work.signal(); // in between nobody would do anything
            }
        } finally {
            lock.unlock();
        }
    }

    /** There is something else to do. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits any longer. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something is {@linkplain #isDue due}, or there is something else to do, for so long at most. */
    void await(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long nanos = atMost.toNanos();
            while (!isDue() && !woken && nanos > 0) {
                long first = queue.isEmpty()
                        ? nanos
                        : Math.min(nanos, Math.max(1, untilDue().toNanos()));
                nanos -= first - work.awaitNanos(first);
            }
            woken = false;
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is something that has waited for others long enough. */
    boolean isDue() {
        lock.lock();
        try {
            return stopped
                    || queue.size() >= most
                    || (!queue.isEmpty() && untilDue().toNanos() <= 0);
        } finally {
            lock.unlock();
        }
    }

    private Duration untilDue() {
        return Duration.between(clock.instant(), queue.element().since.plus(gather));
    }

    /** How many requests wait for their events to be durable. */
    int size() {
        lock.lock();
        try {
            return queue.size() + taken.size();
        } finally {
            lock.unlock();
        }
    }

    /** Those that came first, due or not; what was taken before must be {@linkplain #finish finished}. */
    List<Waiting> take() {
        lock.lock();
        try {
            List<Waiting> batch = new ArrayList<>();
            int events = 0;
            while (!queue.isEmpty() && events < most) {
                Waiting next = queue.remove();
                events += next.events.size();
                batch.add(next);
            }
            taken = batch;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** @return what was taken, but for what was {@linkplain #late late} in the meantime: nobody else's from now on */
    List<Waiting> finish() {
        lock.lock();
        try {
            List<Waiting> untold =
                    taken.stream().filter(waiting -> !waiting.isTold).toList();
            taken = List.of();
            untold.forEach(waiting -> waiting.isTold = true);
            return untold;
        } finally {
            lock.unlock();
        }
    }

    /** If the first one waits since before that moment, everything, what was taken included: nobody else's from now on. */
    List<Waiting> late(Instant since) {
        List<Waiting> late = new ArrayList<>();
        lock.lock();
        try {
            if (isLate(taken, since) || isLate(queue, since)) {
                taken.stream().filter(waiting -> !waiting.isTold).forEach(late::add);
                late.addAll(queue);
                queue.clear();
                late.forEach(waiting -> waiting.isTold = true);
            }
        } finally {
            lock.unlock();
        }
        return late;
    }

    private static boolean isLate(Collection<Waiting> waiting, Instant since) {
        return waiting.stream().limit(1).anyMatch(first -> !first.isTold && first.since.isBefore(since));
    }

    static List<UsageEvent> events(List<Waiting> batch) {
        return batch.stream().flatMap(waiting -> waiting.events.stream()).toList();
    }

    /** Whatever one of them does about it, all are told. */
    static void tell(List<Waiting> batch, @Nullable IOException failure) {
        for (Waiting waiting : batch) {
            try {
                waiting.then.accept(failure);
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("somebody cannot be told what became of a charge");
            }
        }
    }
}
