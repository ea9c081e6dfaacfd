package dev.serai.selection;

import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The strategies by the names that {@code aliases.yaml} gives them. Immutable. */
public final class Strategies {
    private final Map<String, Strategy> byName;

    /**
     * @param random asked on the thread that orders
     * @param clock  tells which prices are in force
     */
    public Strategies(
            Latencies latencies, InFlight inFlight, Supplier<? extends RandomGenerator> random, InstantSource clock) {
        byName = new TreeMap<>(Map.of(
                "ordered", Strategy.ORDERED,
                "weighted", new Weighted(random),
                "lowest-cost", new LowestCost(clock),
                "lowest-latency", new LowestLatency(latencies),
                "least-busy", new LeastBusy(inFlight),
                "random", new Shuffled(random)));
    }

    /**
     * Finds a strategy.
     *
     * @throws IllegalArgumentException if none has this name
     */
    public Strategy get(String name) {
        Strategy strategy = byName.get(name);
        if (strategy == null) {
            throw new IllegalArgumentException("no strategy is called " + name + "; there are " + names());
        }
        return strategy;
    }

    public Collection<String> names() {
        return byName.keySet();
    }
}
