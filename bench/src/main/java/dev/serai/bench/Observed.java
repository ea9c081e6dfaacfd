package dev.serai.bench;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What the clients saw of one load. Each event loop fills its own, and the sum is taken when all have stopped. Times are
 * recorded in nanoseconds and read in milliseconds. Not thread-safe.
 */
final class Observed {
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

    /** To the end of an answer, or to the first event of a stream. */
    private final Histogram waits = new Histogram(LONGEST_NANOS, 3);

    private final Histogram gaps = new Histogram(LONGEST_NANOS, 3);
    private long complete;
    private long failed;

    void complete() {
        complete++;
    }

    void failed() {
        failed++;
    }

    void waited(long nanos) {
        waits.recordValue(Math.min(nanos, LONGEST_NANOS));
    }

    void gap(long nanos) {
        gaps.recordValue(Math.min(nanos, LONGEST_NANOS));
    }

    void add(Observed other) {
        waits.add(other.waits);
        gaps.add(other.gaps);
        complete += other.complete;
        failed += other.failed;
    }

    long completed() {
        return complete;
    }

    long total() {
        return complete + failed;
    }

    double waitMillis(double percentile) {
        return millis(waits, percentile);
    }

    double gapMillis(double percentile) {
        return millis(gaps, percentile);
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e6;
    }
}
