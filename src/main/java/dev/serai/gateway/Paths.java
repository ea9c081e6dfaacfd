package dev.serai.gateway;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Which routes serve which path. An exact path wins over a prefix ({@code /v1/models/*}), a longer prefix over a shorter one.
 * A path whose routes have stopped stays known, with an empty list. Written when routes start and stop, read by every request.
 */
final class Paths {
    private final Map<String, List<GatewayConsumer>> exact = new ConcurrentHashMap<>();
    private final Map<String, List<GatewayConsumer>> prefixes = new ConcurrentHashMap<>();

    /** @throws IllegalStateException if another route already serves one of the methods on this path */
    synchronized void add(GatewayConsumer consumer) {
        GatewayEndpoint endpoint = consumer.getEndpoint();
        List<GatewayConsumer> consumers = (endpoint.isPrefix() ? prefixes : exact)
                .computeIfAbsent(endpoint.getPath(), path -> new CopyOnWriteArrayList<>());
        for (GatewayConsumer other : consumers) {
            if (other.getEndpoint().getMethodSet().stream().anyMatch(endpoint.getMethodSet()::contains)) {
                throw new IllegalStateException("two routes serve " + endpoint.getMethods() + " " + endpoint.getPath());
            }
        }
        consumers.add(consumer);
    }

    void remove(GatewayConsumer consumer) {
        exact.values().forEach(consumers -> consumers.remove(consumer));
        prefixes.values().forEach(consumers -> consumers.remove(consumer));
    }

    /** The routes that serve a path, whatever their methods; null if no route ever did. */
    @Nullable
    List<GatewayConsumer> serving(String path) {
        List<GatewayConsumer> found = exact.get(path);
        int length = -1;
        if (found == null) {
            for (Map.Entry<String, List<GatewayConsumer>> prefix : prefixes.entrySet()) {
                if (prefix.getKey().length() > length && path.startsWith(prefix.getKey())) {
                    found = prefix.getValue();
                    length = prefix.getKey().length();
                }
            }
        }
        return found;
    }
}
