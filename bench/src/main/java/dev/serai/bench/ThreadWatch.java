package dev.serai.bench;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at a process five times a second and remembers the most threads it had. */
final class ThreadWatch implements AutoCloseable {
    private final AtomicLong most = new AtomicLong();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    ThreadWatch(ServerProcess process) {
        var unused = clock.scheduleAtFixedRate(
                () -> process.threads().ifPresent(now -> most.accumulateAndGet(now, Math::max)),
                0,
                200,
                TimeUnit.MILLISECONDS);
    }

    /** Zero where the system does not tell. */
    long most() {
        return most.get();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
