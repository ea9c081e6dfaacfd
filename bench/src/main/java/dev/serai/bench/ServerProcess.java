package dev.serai.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * The operating system's account of a running process. CPU time counts every thread, also those that have ended, in
 * steps of 10 ms on Linux. Memory and threads are read from {@code /proc} and unknown elsewhere.
 */
record ServerProcess(ProcessHandle handle) {
    static ServerProcess of(long pid) {
        return new ServerProcess(
                ProcessHandle.of(pid).orElseThrow(() -> new IllegalArgumentException("no process has the id " + pid)));
    }

    boolean isAlive() {
        return handle.isAlive();
    }

    Duration cpuTime() {
        return handle.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The most memory that it ever held, in KiB. */
    OptionalLong peakResidentKib() {
        return status("VmHWM:");
    }

    OptionalLong threads() {
        return status("Threads:");
    }

    private OptionalLong status(String field) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(handle.pid()), "status"))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException unknown) {
            return OptionalLong.empty();
        }
    }
}
