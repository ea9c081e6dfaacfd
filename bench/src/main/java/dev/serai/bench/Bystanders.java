package dev.serai.bench;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Watches what programs that have no part in the benchmark take of the machine, from its creation on. */
final class Bystanders {
    private final List<ServerProcess> own;
    private final Optional<Duration> busyBefore;
    private final Duration ownBefore;

    Bystanders(List<Peer> peers) {
        own = Stream.concat(peers.stream().map(Peer::process), Stream.of(new ServerProcess(ProcessHandle.current())))
                // Two peers may be one process.
                .distinct()
                .toList();
        busyBefore = Machine.busy();
        ownBefore = ownCpu();
    }

    /** @return cores in use by others over this time; not a number where the system does not tell */
    double cores(Duration elapsed) {
        Optional<Duration> busyNow = Machine.busy();
        if (busyBefore.isEmpty() || busyNow.isEmpty()) {
            return Double.NaN;
        }
        Duration others = busyNow.get().minus(busyBefore.get()).minus(ownCpu().minus(ownBefore));
        return Math.max(0, others.toNanos()) / (double) elapsed.toNanos();
    }

    private Duration ownCpu() {
        return own.stream().map(ServerProcess::cpuTime).reduce(Duration.ZERO, Duration::plus);
    }
}
