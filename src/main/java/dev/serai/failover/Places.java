package dev.serai.failover;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many requests one provider has, and who waits for a place among them: first come, first served, as many as there are places. Who
 * leaves looks after those who wait, and so does who joins them: no place is free while somebody waits. While nobody waits, a counter
 * is all there is. Thread-safe.
 */
final class Places {
    private final IntSupplier limit;
    private final AtomicInteger taken = new AtomicInteger();
    private final Set<Turn> line = new LinkedHashSet<>();
    /** The length of the line. Written with the line held, read without it after every change of the counter. */
    private volatile int waiting;

    /** Somebody who waits. */
    @FunctionalInterface
    interface Turn {
        /**
         * There is a place now. Called once, by whatever thread gave the place back or joined the line; be quick.
         *
         * @return whether the place is taken: whoever takes it has to {@link Places#leave} it; otherwise the next in the line gets it
         */
        boolean come();
    }

    /** @param limit how many places there are, now */
    Places(IntSupplier limit) {
        this.limit = limit;
    }

    /** Takes a place if one is free and nobody waits for it; true if it was taken. */
    boolean take() {
        if (waiting > 0) {
            serve(); // there may be more places than before
        }
        return waiting == 0 && takeFree();
    }

    private boolean takeFree() {
        int most = limit.getAsInt();
        for (int now = taken.get(); now < most; now = taken.get()) {
            if (taken.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Gives a place back. */
    void leave() {
        taken.decrementAndGet();
        if (waiting > 0) {
            serve();
        }
    }

    /**
     * Waits for a place, behind those who wait already; the turn may come before this returns.
     *
     * @return false if too many wait: the turn will not come
     */
    boolean join(Turn turn) {
        synchronized (line) {
            if (line.size() >= limit.getAsInt()) {
                return false;
            }
            line.add(turn);
            waiting = line.size();
        }
        serve(); // a place may have become free before anybody saw that somebody waits
        return true;
    }

    /** Waits no longer; false if the turn has come already, or is coming. */
    boolean giveUp(Turn turn) {
        synchronized (line) {
            boolean waited = line.remove(turn);
            waiting = line.size();
            return waited;
        }
    }

    int taken() {
        return taken.get();
    }

    int waiting() {
        return waiting;
    }

    private void serve() {
        for (Turn first = next(); first != null; first = next()) {
            if (!first.come()) {
                taken.decrementAndGet();
            }
        }
    }

    /** The first of the line, with a place; null if nobody waits or nothing is free. */
    private @Nullable Turn next() {
        synchronized (line) {
            if (line.isEmpty() || !takeFree()) {
                return null;
            }
            Iterator<Turn> turns = line.iterator();
            Turn first = turns.next();
            turns.remove();
            waiting = line.size();
            return first;
        }
    }
}
