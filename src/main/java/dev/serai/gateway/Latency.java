package dev.serai.gateway;

/**
 * How long answers took to begin: their geometric mean, which a few long ones among many short ones do not move much. One thread
 * at a time.
 */
final class Latency {
    private long answers;
    private double logs;
    private int mostServed;

    /** @param served how many requests were being served when it began */
    void add(long nanos, int served) {
        answers++;
        logs += Math.log((double) Math.max(1, nanos));
        mostServed = Math.max(mostServed, served);
    }

    void add(Latency other) {
        answers += other.answers;
        logs += other.logs;
        mostServed = Math.max(mostServed, other.mostServed);
    }

    long answers() {
        return answers;
    }

    /** The natural logarithm of the mean in nanoseconds; 0 without any answer. */
    double logMean() {
        return answers == 0 ? 0 : logs / answers;
    }

    /** The most requests that were served at once. */
    int mostServed() {
        return mostServed;
    }
}
