package dev.serai.selection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many attempts at each target are running. Thread-safe; no larger than that number. */
public final class InFlight {
    private final Map<Target.Key, Integer> counts = new ConcurrentHashMap<>();

    /** An attempt begins. Whoever says so says {@link #ended} too, once. */
    public void began(Target.Key target) {
        counts.merge(target, 1, Integer::sum);
    }

    /** An attempt is over. */
    public void ended(Target.Key target) {
        counts.computeIfPresent(target, (key, count) -> count == 1 ? null : count - 1);
    }

    /** The number of attempts that run now. */
    public int count(Target.Key target) {
        return counts.getOrDefault(target, 0);
    }
}
