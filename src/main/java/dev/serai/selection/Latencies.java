package dev.serai.selection;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long each target lately took: to the first content of a stream, or to a whole answer. The two are never mixed. A moving
 * average, remembered for the targets that were asked last. Thread-safe.
 */
public final class Latencies {
    /** What a failed attempt counts as: worse than any answer that somebody would wait for, and forgotten like any other. */
    static final long FAILURE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** In this time without news what is known of a target counts half, so that a slow one is tried again. */
    static final long HALF_LIFE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final int MAX_TARGETS = 2_048;
    private static final double SHARE_OF_THE_NEWEST = 0.3;

    private record Key(Target.Key target, boolean stream) {}

    private record Average(double nanos, long atNanos) {}

    private final LongSupplier clock;
    private final Map<Key, Average> averages = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Average> eldest) {
            return size() > MAX_TARGETS;
        }
    });

    /** @param nanoTime a clock like {@link System#nanoTime} */
    public Latencies(LongSupplier nanoTime) {
        this.clock = nanoTime;
    }

    /** The target answered after this time. */
    public void answered(Target.Key target, boolean stream, long nanos) {
        long now = clock.getAsLong();
        averages.merge(
                new Key(target, stream),
                new Average(nanos, now),
                (known, news) -> new Average(known.nanos + SHARE_OF_THE_NEWEST * (nanos - known.nanos), now));
    }

    /** The target did not answer. */
    public void failed(Target.Key target, boolean stream) {
        answered(target, stream, FAILURE_NANOS);
    }

    /** What to expect of it in nanoseconds; 0 if nothing is known, so that it is tried. */
    public double expectedNanos(Target.Key target, boolean stream) {
        Average known = averages.get(new Key(target, stream));
        if (known == null) {
            return 0;
        }
        double halvings = (double) (clock.getAsLong() - known.atNanos) / HALF_LIFE_NANOS;
        return known.nanos * Math.pow(0.5, halvings);
    }
}
