package dev.serai.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How busy the whole machine is, as Linux counts it; unknown elsewhere. */
final class Machine {
    private static final long MILLIS_PER_TICK = 10;
    private static final List<Integer> USER_NICE_SYSTEM_STEAL = List.of(1, 2, 3, 8);

    private Machine() {}

    /** CPU time since its start, of all cores and programs, together with what a host took away. */
    static Optional<Duration> busy() {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            return lines.findFirst().map(Machine::busy);
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    private static Duration busy(String totals) {
        String[] fields = totals.split(" +", -1);
        return Duration.ofMillis(MILLIS_PER_TICK
                * USER_NICE_SYSTEM_STEAL.stream()
                        .mapToLong(field -> Long.parseLong(fields[field]))
                        .sum());
    }
}
