package dev.serai.gateway;

/**
 * A limit of requests at once that gives way to slowness: while answers take more than twice their long-term mean to begin, it
 * falls below what is being served, a tenth in a period at most; otherwise it rises by a tenth, up to the operator's limit. The
 * ratio of the long-term to the present latency is the gradient of Netflix's concurrency limits. Unlike there, the limit begins at the
 * top and falls from what is really served, so that nobody is refused before there is a reason. Thread-safe; {@link #limit} takes no
 * lock.
 */
final class AdaptiveLimit {
    /** A period with fewer answers says too little, and goes on. */
    private static final int FEWEST_ANSWERS = 10;

    /** The long-term mean is one of so many periods: ten minutes of seconds. */
    private static final int LONG_TERM_PERIODS = 600;

    /** Answers may take so many times as long as they used to. */
    private static final double TOLERANCE = 2;

    /** No ratio counts for less. */
    private static final double LOWEST_GRADIENT = 0.5;

    /** How much of the way that the gradient points is gone in a period. */
    private static final double STEP = 0.2;

    private static final double RECOVERY = 1.1;

    /** By how much the logarithm of a long-term mean is let fall in a period, if answers are quick again after a long slowness. */
    private static final double FORGETTING = 0.05;

    private final int max;
    private final int floor;
    private volatile int limit;
    private Latency period = new Latency();
    private double longTerm;
    private int periods;

    AdaptiveLimit(int max, int floor) {
        this.max = max;
        this.floor = floor;
        this.limit = max;
    }

    int limit() {
        return limit;
    }

    synchronized void add(Latency latency) {
        period.add(latency);
    }

    /** Ends a period, if enough was answered in it. */
    synchronized void adjust() {
        if (period.answers() < FEWEST_ANSWERS) {
            return;
        }
        Latency ended = period;
        period = new Latency();
        remember(ended.logMean());
        double gradient = Math.min(1, TOLERANCE * Math.exp(longTerm - ended.logMean()));
        if (gradient < 1) {
            double served = Math.min(limit, ended.mostServed());
            double kept = 1 - STEP + STEP * Math.max(LOWEST_GRADIENT, gradient);
            limit = Math.max(floor, (int) (served * kept));
        } else {
            limit = (int) Math.min(max, Math.ceil(limit * RECOVERY));
        }
    }

    private void remember(double logMean) {
        periods = Math.min(periods + 1, LONG_TERM_PERIODS);
        longTerm += (logMean - longTerm) / periods;
        if (longTerm - logMean > Math.log(TOLERANCE)) {
            longTerm -= FORGETTING;
        }
    }
}
