package dev.serai.catalog;

import dev.serai.json.JsonEdit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request while rules are applied to it. Remembers which parameters hold what the client said, and under which name it said so:
 * what Serai itself has put there may go without a word. Not thread-safe.
 */
final class RuledRequest {
    /** Serai's to place: a provider that does not want it in the body has it in the path. */
    private static final ParameterName MODEL = new ParameterName("model");

    private final JsonEdit body;
    private final Map<ParameterName, @Nullable ParameterName> moved = new HashMap<>(4);
    private final Set<String> dropped = new LinkedHashSet<>(4);

    RuledRequest(JsonEdit body) {
        this.body = body;
    }

    JsonEdit body() {
        return body;
    }

    /** The client's names of what did not cross. */
    List<String> dropped() {
        return List.copyOf(dropped);
    }

    void rename(ParameterName from, ParameterName to) {
        byte[] value = from.valueIn(body);
        if (value == null) {
            return;
        }
        if (to.speaksIn(body)) {
            drop(from);
        } else if (to.setIn(body, value)) {
            moved.put(to, from.speaksIn(body) ? clientsName(from) : null);
            from.removeFrom(body);
        }
    }

    void drop(ParameterName name) {
        tell(name);
        name.removeFrom(body);
    }

    /** What the client said of the parameter is lost, unless it said the same. */
    void set(ParameterName name, byte[] json) {
        byte[] before = name.valueIn(body);
        if (before != null && !isSame(before, json)) {
            tell(name);
        }
        if (name.setIn(body, json)) {
            moved.put(name, null);
        }
    }

    void setWhereSilent(ParameterName name, byte[] json) {
        if (!name.speaksIn(body) && name.setIn(body, json)) {
            moved.put(name, null);
        }
    }

    private void tell(ParameterName name) {
        ParameterName clients = name.speaksIn(body) ? clientsName(name) : null;
        if (clients != null && !clients.equals(MODEL)) {
            dropped.add(clients.toString());
        }
    }

    /** What the client called the value that stands there now; null if it is not the client's. */
    private @Nullable ParameterName clientsName(ParameterName name) {
        if (moved.containsKey(name)) {
            return moved.get(name);
        }
        return name.speaksIn(body.document()) ? name : null;
    }

    private static boolean isSame(byte[] json, byte[] other) {
        Object value = JsonScalar.of(json);
        return value == null ? Arrays.equals(json, other) : Objects.equals(value, JsonScalar.of(other));
    }
}
