package dev.serai.upstream;

import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of one event loop. Nearly all of them are dropped before they are reached, and there are few different durations:
 * so each duration has a list in the order of time and one timer, where a timer for each would cost more than the rest of an
 * attempt's bookkeeping. On its event loop alone.
 */
final class Deadlines {
    private final Vertx vertx;
    private final Map<Long, Line> lines = new HashMap<>();

    Deadlines(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Calls {@code late} when this time has passed, unless the deadline is dropped before. */
    Deadline in(long millis, Runnable late) {
        return lines.computeIfAbsent(millis, Line::new).add(late);
    }

    /** One deadline, a link of its line. */
    static final class Deadline {
        private final Line line;
        private final Runnable late;
        private final long atNanos;
        private @Nullable Deadline before;
        private @Nullable Deadline behind;
        private boolean waits = true;

        private Deadline(Line line, Runnable late, long atNanos) {
            this.line = line;
            this.late = late;
            this.atNanos = atNanos;
        }

        /** Forgets it, with all that it holds; does nothing if it was reached or dropped. */
        void drop() {
            if (waits) {
                line.remove(this);
            }
        }
    }

    /** The deadlines of one duration, the earliest first. */
    private final class Line {
        private final long millis;
        private @Nullable Deadline first;
        private @Nullable Deadline last;
        private boolean timed;

        Line(long millis) {
            this.millis = millis;
        }

        Deadline add(Runnable late) {
            Deadline added = new Deadline(this, late, System.nanoTime() + millis * 1_000_000);
            added.before = last;
            if (last == null) {
                first = added;
            } else {
                last.behind = added;
            }
            last = added;
            if (!timed) {
                wakeIn(millis);
            }
            return added;
        }

        void remove(Deadline gone) {
            gone.waits = false;
            if (gone.before == null) {
                first = gone.behind;
            } else {
                gone.before.behind = gone.behind;
            }
            if (gone.behind == null) {
                last = gone.before;
            } else {
                gone.behind.before = gone.before;
            }
            gone.before = null;
            gone.behind = null;
        }

        private void wakeIn(long delayMillis) {
            timed = true;
            vertx.setTimer(delayMillis, woken -> wake());
        }

        private void wake() {
            timed = false;
            try {
                for (Deadline next = first; next != null && leftNanos(next) <= 0; next = first) {
                    remove(next);
                    next.late.run();
                }
            } finally { // whatever one of them throws, the others are not forgotten
                if (first != null && !timed) {
                    wakeIn(Math.max(0, leftNanos(first)) / 1_000_000 + 1);
                }
            }
        }

        private static long leftNanos(Deadline deadline) {
            return deadline.atNanos - System.nanoTime();
        }
    }
}
