package dev.serai.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** RFC 7396: what is absent stays, null removes, an object is merged, anything else replaces. */
final class MergePatch {
    private MergePatch() {}

    static JsonNode apply(JsonNode patch, JsonNode target) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode merged = target.isObject() ? target.deepCopy() : JsonNodeFactory.instance.objectNode();
        patch.properties().forEach(member -> {
            String name = member.getKey();
            if (member.getValue().isNull() && merged.has(name)) {
                merged.remove(name);
            } else {
                // A null of a field that is not there stays, so that one that nobody knows is told.
                merged.set(
                        name,
                        member.getValue().isNull() ? member.getValue() : apply(member.getValue(), merged.path(name)));
            }
        });
        return merged;
    }
}
