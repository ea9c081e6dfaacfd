package dev.serai.telemetry;

import dev.serai.conversation.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Records what happened into {@link Meters}. Keeps the meters it has found, because finding one costs more than using it. */
public final class Measures {
    private record Request(String dialect, int status) {}

    private record Attempt(String provider, String outcome) {}

    private final MeterRegistry registry;
    private final Map<Request, Timer> requests = new ConcurrentHashMap<>();
    private final Map<Attempt, Timer> attempts = new ConcurrentHashMap<>();
    private final Map<String, Timer> firstContents = new ConcurrentHashMap<>();
    private final Map<String, Tokens> tokens = new ConcurrentHashMap<>();

    private record Tokens(
            Counter input,
            Counter cacheRead,
            Counter cacheWrite,
            Counter inputAudio,
            Counter output,
            Counter reasoning,
            Counter outputAudio) {}

    public Measures(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A request whose last byte is written or whose client is gone. */
    public void request(String dialect, int status, long nanos) {
        requests.computeIfAbsent(
                        new Request(dialect, status),
                        key -> Meters.REQUESTS.timer(registry, key.dialect(), Integer.toString(key.status())))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** An attempt that has ended. {@code outcome} is one of a few names. */
    public void attempt(String provider, String outcome, long nanos, long firstContentNanos, Usage usage) {
        attempts.computeIfAbsent(
                        new Attempt(provider, outcome),
                        key -> Meters.ATTEMPTS.timer(registry, key.provider(), key.outcome()))
                .record(nanos, TimeUnit.NANOSECONDS);
        if (firstContentNanos > 0) {
            firstContents
                    .computeIfAbsent(provider, id -> Meters.FIRST_CONTENT.timer(registry, id))
                    .record(firstContentNanos, TimeUnit.NANOSECONDS);
        }
        if (!usage.equals(Usage.NONE)) {
            count(tokens.computeIfAbsent(provider, this::tokens), usage);
        }
    }

    private static void count(Tokens counters, Usage usage) {
        counters.input().increment(usage.input());
        counters.cacheRead().increment(usage.cacheRead());
        counters.cacheWrite().increment((double) usage.cacheWrite5m() + usage.cacheWrite1h());
        counters.inputAudio().increment(usage.inputAudio());
        counters.output().increment(usage.output());
        counters.reasoning().increment(usage.reasoning());
        counters.outputAudio().increment(usage.outputAudio());
    }

    private Tokens tokens(String provider) {
        return new Tokens(
                Meters.TOKENS.counter(registry, provider, "input"),
                Meters.TOKENS.counter(registry, provider, "cache_read"),
                Meters.TOKENS.counter(registry, provider, "cache_write"),
                Meters.TOKENS.counter(registry, provider, "input_audio"),
                Meters.TOKENS.counter(registry, provider, "output"),
                Meters.TOKENS.counter(registry, provider, "reasoning"),
                Meters.TOKENS.counter(registry, provider, "output_audio"));
    }
}
