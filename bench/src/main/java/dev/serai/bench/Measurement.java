package dev.serai.bench;

import java.time.Duration;
import java.util.List;

/**
 * One stage, on one peer, in one round.
 *
 * @param peer     the name of the peer
 * @param elapsed  from the first request to the last answer
 * @param cpu      what the peer's process used in that time
 * @param threads  the most threads it had; zero if unknown
 * @param others   cores that programs outside the benchmark used meanwhile; not a number if unknown
 */
record Measurement(
        Stage stage, String peer, Observed observed, Duration elapsed, Duration cpu, long threads, double others) {
    static Measurement of(LoadGenerator generator, List<Peer> peers, Peer peer, Stage stage) {
        try (ThreadWatch threads = new ThreadWatch(peer.process())) {
            Bystanders bystanders = new Bystanders(peers);
            Duration cpuBefore = peer.process().cpuTime();
            long begin = System.nanoTime();
            Observed observed = generator.run(peer, stage);
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
            Duration cpu = peer.process().cpuTime().minus(cpuBefore);
            return new Measurement(
                    stage, peer.name(), observed, elapsed, cpu, threads.most(), bystanders.cores(elapsed));
        }
    }

    double perSecond() {
        return observed.completed() / (elapsed.toNanos() / 1e9);
    }

    /** CPU time of the peer for each complete answer or stream. */
    double cpuMicros() {
        return cpu.toNanos() / 1e3 / Math.max(1, observed.completed());
    }
}
