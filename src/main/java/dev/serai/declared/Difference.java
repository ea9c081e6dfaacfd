package dev.serai.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A field that is otherwise than declared.
 *
 * @param field  with dots between its names
 * @param before a missing node if it is not set
 * @param after  a missing node if it shall not be
 */
public record Difference(String field, JsonNode before, JsonNode after) {
    /** The fields that two objects have otherwise; lists as a whole. */
    static List<Difference> between(JsonNode before, JsonNode after) {
        List<Difference> found = new ArrayList<>();
        collect("", before, after, found);
        return found;
    }

    private static void collect(String field, JsonNode before, JsonNode after, List<Difference> found) {
        if (before.isObject() && after.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                collect(field.isEmpty() ? name : field + "." + name, before.path(name), after.path(name), found);
            }
        } else if (!before.equals(after)) {
            found.add(new Difference(field, before, after));
        }
    }

    /** The merge patch (RFC 7396) that makes one object of another. */
    static ObjectNode patch(JsonNode before, JsonNode after) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        before.fieldNames().forEachRemaining(name -> {
            if (!after.has(name)) {
                patch.putNull(name);
            }
        });
        after.properties().forEach(member -> {
            JsonNode old = before.path(member.getKey());
            JsonNode value = member.getValue();
            if (old.isObject() && value.isObject()) {
                ObjectNode part = patch(old, value);
                if (!part.isEmpty()) {
                    patch.set(member.getKey(), part);
                }
            } else if (!old.equals(value)) {
                patch.set(member.getKey(), value);
            }
        });
        return patch;
    }

    static JsonNode nothing() {
        return MissingNode.getInstance();
    }

    @Override
    public String toString() {
        return field + ": " + shown(before) + " -> " + shown(after);
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "(not set)" : value.toString();
    }
}
