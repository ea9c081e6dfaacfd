package dev.serai.gateway;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The places for requests that are served at once, and one line for all event loops of those that wait for one: who came first is
 * served first. Without locks; any thread.
 */
final class Admission implements Load {
    private final LoadOptions options;
    private final @Nullable AdaptiveLimit adaptive;
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder refused = new LongAdder();
    private final Queue<Waiting> line = new ConcurrentLinkedQueue<>();

    Admission(LoadOptions options) {
        this.options = options;
        this.adaptive = options.adaptive() ? new AdaptiveLimit(options.maxRequests(), options.floor()) : null;
    }

    @Override
    public int limit() {
        return adaptive == null ? options.maxRequests() : adaptive.limit();
    }

    @Override
    public int served() {
        return served.get();
    }

    @Override
    public int waiting() {
        return waiting.get();
    }

    @Override
    public long refused() {
        return refused.sum();
    }

    /** Whether anybody wants to know how long answers take. */
    boolean isAdaptive() {
        return adaptive != null;
    }

    /** Takes a place, if there is one and nobody waits for it; who takes one {@linkplain #leave leaves} it. */
    boolean enter() {
        return line.isEmpty() && takePlace();
    }

    private boolean takePlace() {
        int now = served.get();
        while (now < limit()) {
            if (served.compareAndSet(now, now + 1)) {
                return true;
            }
            now = served.get();
        }
        return false;
    }

    void leave() {
        served.decrementAndGet();
        serveLine();
    }

    /** Joins the line, and may be served before this returns; false if the line is full. */
    boolean join(Waiting one) {
        if (waiting.incrementAndGet() > options.maxWaiting()) {
            waiting.decrementAndGet();
            return false;
        }
        line.add(one);
        serveLine(); // the last place may have been left before anybody stood in the line
        return true;
    }

    /** Leaves the line; false if it was called already, to be served or refused. */
    boolean giveUp(Waiting one) {
        if (!one.decide()) {
            return false;
        }
        waiting.decrementAndGet();
        var unused = line.remove(one); // a short line, and nobody waits for whoever walks along it
        return true;
    }

    /** Somebody was sent away for want of a place. */
    void turnedAway() {
        refused.increment();
    }

    private void serveLine() {
        while (!line.isEmpty() && takePlace()) {
            Waiting next = next();
            if (next == null) {
                served.decrementAndGet(); // and look again: who joined meanwhile found no place
            } else {
                next.serve();
            }
        }
    }

    private @Nullable Waiting next() {
        for (Waiting one = line.poll(); one != null; one = line.poll()) {
            if (one.decide()) {
                waiting.decrementAndGet();
                return one;
            }
        }
        return null;
    }

    /** Nobody who waits will be served. */
    void refuseLine() {
        for (Waiting one = next(); one != null; one = next()) {
            one.refuse();
        }
    }

    /** How long answers took that began since the last time, on one event loop. */
    void answered(Latency latency) {
        if (adaptive != null) {
            adaptive.add(latency);
        }
    }

    /** Thinks the limit over. */
    void adjust() {
        if (adaptive != null) {
            adaptive.adjust();
            serveLine();
        }
    }
}
