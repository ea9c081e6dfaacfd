package dev.serai.telemetry;

import dev.serai.conversation.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Records what happened into {@link Meters}. Keeps the meters it has found, because finding one costs more than using it. */
public final class Measures {
    private record Request(String dialect, int status) {}

    private record Attempt(String provider, String outcome) {}

    private record Tokens(String provider, String kind) {}

    private final MeterRegistry registry;
    private final Map<Request, Timer> requests = new ConcurrentHashMap<>();
    private final Map<Attempt, Timer> attempts = new ConcurrentHashMap<>();
    private final Map<String, Timer> firstContents = new ConcurrentHashMap<>();
    private final Map<Tokens, Counter> tokens = new ConcurrentHashMap<>();

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

    /**
     * An attempt that has ended.
     *
     * @param outcome           one of a few names
     * @param firstContentNanos 0 if it was no stream, or had no content
     */
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
        count(provider, "input", usage.input());
        count(provider, "cache_read", usage.cacheRead());
        count(provider, "cache_write", usage.cacheWrite5m() + usage.cacheWrite1h());
        count(provider, "input_audio", usage.inputAudio());
        count(provider, "output", usage.output());
        count(provider, "reasoning", usage.reasoning());
        count(provider, "output_audio", usage.outputAudio());
    }

    /** A reload, by what was reloaded and what became of it: few names each. */
    public void reload(String part, String result) {
        Meters.RELOADS.counter(registry, part, result).increment();
    }

    /** How old the configuration in force is, and how much is wrong with the files that should replace it. */
    public void configuration(Supplier<Number> ageSeconds, Supplier<Number> problems) {
        Meters.CONFIGURATION_AGE.gauge(registry, ageSeconds);
        Meters.CONFIGURATION_PROBLEMS.gauge(registry, problems);
    }

    /** What is on its way to the store, on the local disk, and held for requests, to be told from now on. */
    public void charges(Supplier<Number> waiting, Supplier<Number> spooledBytes, Supplier<Number> holds) {
        Meters.CHARGES_WAITING.gauge(registry, waiting);
        Meters.CHARGES_SPOOLED.gauge(registry, spooledBytes);
        Meters.HOLDS_OPEN.gauge(registry, holds);
    }

    /** How a model at a provider is, to be told from now on: 0 well, 1 being tried, 2 left alone. */
    public void breaker(String provider, String model, Supplier<Number> state) {
        Meters.BREAKER.gauge(registry, state, provider, model);
    }

    /** A probe that has ended, by one of a few names. */
    public void probe(String provider, String outcome, long nanos) {
        Meters.PROBES.timer(registry, provider, outcome).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** How full the gateway is, to be told from now on by {@code load}, which must live as long as it. */
    public <T> void load(
            T load,
            ToDoubleFunction<T> limit,
            ToDoubleFunction<T> served,
            ToDoubleFunction<T> waiting,
            ToDoubleFunction<T> refused) {
        Meters.REQUESTS_LIMIT.gauge(registry, () -> limit.applyAsDouble(load));
        Meters.REQUESTS_OPEN.gauge(registry, () -> served.applyAsDouble(load));
        Meters.REQUESTS_WAITING.gauge(registry, () -> waiting.applyAsDouble(load));
        Meters.REQUESTS_SHED.counted(registry, load, refused);
    }

    private void count(String provider, String kind, long count) {
        if (count > 0) {
            tokens.computeIfAbsent(
                            new Tokens(provider, kind),
                            key -> Meters.TOKENS.counter(registry, key.provider(), key.kind()))
                    .increment((double) count);
        }
    }
}
