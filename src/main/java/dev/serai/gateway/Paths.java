package dev.serai.gateway;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Which routes serve which path. An exact path wins over a pattern ({@code /v1/models/*}), a longer pattern over a shorter one.
 * A path whose routes have stopped stays known, with an empty list. Written when routes start and stop, read by every request.
 */
final class Paths {
    private final Map<String, List<GatewayConsumer>> exact = new ConcurrentHashMap<>();
    private final Map<Pattern, List<GatewayConsumer>> patterns = new ConcurrentHashMap<>();

    /** What a path begins and ends with, and what lies between them is not empty unless it may be anything. */
    private record Pattern(String prefix, String suffix) {
        boolean matches(String path) {
            return path.startsWith(prefix)
                    && path.endsWith(suffix)
                    && (suffix.isEmpty() || path.length() > prefix.length() + suffix.length());
        }

        boolean isLongerThan(@Nullable Pattern other) {
            return other == null || prefix.length() + suffix.length() > other.prefix.length() + other.suffix.length();
        }
    }

    /** @throws IllegalStateException if another route already serves one of the methods on this path */
    synchronized void add(GatewayConsumer consumer) {
        GatewayEndpoint endpoint = consumer.getEndpoint();
        List<GatewayConsumer> consumers = endpoint.isPattern()
                ? patterns.computeIfAbsent(
                        new Pattern(endpoint.getPath(), endpoint.getSuffix()), key -> new CopyOnWriteArrayList<>())
                : exact.computeIfAbsent(endpoint.getPath(), key -> new CopyOnWriteArrayList<>());
        for (GatewayConsumer other : consumers) {
            if (other.getEndpoint().getMethodSet().stream().anyMatch(endpoint.getMethodSet()::contains)) {
                throw new IllegalStateException("two routes serve " + endpoint.getMethods() + " " + endpoint.getPath());
            }
        }
        consumers.add(consumer);
    }

    void remove(GatewayConsumer consumer) {
        exact.values().forEach(consumers -> consumers.remove(consumer));
        patterns.values().forEach(consumers -> consumers.remove(consumer));
    }

    /** The routes that serve a path, whatever their methods; null if no route ever did. */
    @Nullable
    List<GatewayConsumer> serving(String path) {
        List<GatewayConsumer> found = exact.get(path);
        if (found != null) {
            return found;
        }
        Pattern best = null;
        for (Map.Entry<Pattern, List<GatewayConsumer>> entry : patterns.entrySet()) {
            if (entry.getKey().matches(path) && entry.getKey().isLongerThan(best)) {
                best = entry.getKey();
                found = entry.getValue();
            }
        }
        return found;
    }
}
