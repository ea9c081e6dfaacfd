package dev.serai.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Schemas without {@code allOf}: each says by itself which fields it has. Generators of clients lose what is required or may be null in
 * a schema that is put together, and do not know {@code unevaluatedProperties}.
 */
final class FlatSchemas {
    private static final String ALL_OF = "allOf";

    private final ObjectNode schemas;

    private FlatSchemas(ObjectNode schemas) {
        this.schemas = schemas;
    }

    /** Replaces schemas that are put together of others; those that are nothing but parts go. */
    static void flatten(ObjectNode schemas) {
        FlatSchemas flat = new FlatSchemas(schemas);
        Set<String> parts = new TreeSet<>();
        List<Map.Entry<String, JsonNode>> composed = new ArrayList<>();
        schemas.properties().forEach(schema -> {
            if (schema.getValue().has(ALL_OF)) {
                composed.add(Map.entry(schema.getKey(), flat.flat((ObjectNode) schema.getValue(), parts)));
            }
        });
        composed.forEach(schema -> schemas.set(schema.getKey(), schema.getValue()));
        schemas.remove(parts);
    }

    private ObjectNode flat(ObjectNode schema, Set<String> parts) {
        ObjectNode flat = schema.objectNode().put("type", "object");
        ObjectNode properties = schema.objectNode();
        Set<String> required = new TreeSet<>();
        for (JsonNode part : schema.path(ALL_OF)) {
            String name = part.path("$ref").asText().replaceFirst(".*/", "");
            parts.add(name);
            add(schemas.path(name), properties, required);
        }
        add(schema, properties, required);
        if (!required.isEmpty()) {
            ArrayNode names = flat.putArray("required");
            properties.fieldNames().forEachRemaining(name -> {
                if (required.contains(name)) {
                    names.add(name);
                }
            });
        }
        flat.put("additionalProperties", schema.path("unevaluatedProperties").asBoolean(true));
        flat.set("properties", properties);
        return flat;
    }

    private static void add(JsonNode part, ObjectNode properties, Set<String> required) {
        part.path("properties").properties().forEach(field -> properties.set(field.getKey(), field.getValue()));
        part.path("required").forEach(name -> required.add(name.asText()));
    }
}
