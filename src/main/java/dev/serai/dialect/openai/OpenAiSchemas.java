package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.RawJson;
import dev.serai.dialect.JsonTree;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON schemas as OpenAI takes them (https://platform.openai.com/docs/guides/structured-outputs): parameters are an object with properties,
 * and a strict schema allows nothing else and requires all.
 */
final class OpenAiSchemas {
    private static final RawJson NO_PARAMETERS = new RawJson("{\"type\":\"object\",\"properties\":{}}");
    private static final List<String> MAPS = List.of("properties", "$defs", "definitions");
    private static final List<String> LISTS = List.of("anyOf", "oneOf", "allOf", "prefixItems");
    private static final List<String> SINGLE = List.of("items", "not", "if", "then", "else");

    private OpenAiSchemas() {}

    /** The parameters of a function, with the type and the properties that OpenAI misses where they are not stated. */
    static RawJson parameters(@Nullable RawJson stated) {
        if (stated == null) {
            return NO_PARAMETERS;
        }
        if (!(JsonTree.tree(stated) instanceof ObjectNode schema)
                || schema.has("$ref")
                || LISTS.stream().anyMatch(schema::has)) {
            return stated;
        }
        boolean complete = schema.has("type") && schema.has("properties");
        if (complete || !schema.path("type").asText("object").equals("object")) {
            return stated;
        }
        schema.put("type", "object");
        if (!schema.has("properties")) {
            schema.putObject("properties");
        }
        return JsonTree.raw(schema);
    }

    /** The schema closed wherever it says nothing about further properties; null if OpenAI would not take it as strict. */
    static @Nullable RawJson strict(RawJson stated) {
        JsonNode schema = JsonTree.tree(stated);
        boolean object = schema.path("type").asText("").equals("object");
        Closing closing = new Closing();
        if (!object || !closing.close(schema)) {
            return null;
        }
        return closing.changed ? JsonTree.raw(schema) : stated;
    }

    /** Walks through a schema, whose depth the reading of it has limited. */
    private static final class Closing {
        private boolean changed;

        boolean close(JsonNode schema) {
            if (!(schema instanceof ObjectNode node)) {
                return true;
            }
            boolean object = node.path("type").asText("").equals("object")
                    || node.path("properties").isObject();
            if (object && !closeObject(node)) {
                return false;
            }
            return MAPS.stream().allMatch(name -> closeAll(node.path(name)))
                    && LISTS.stream().allMatch(name -> closeAll(node.path(name)))
                    && SINGLE.stream().allMatch(name -> close(node.path(name)));
        }

        private boolean closeAll(JsonNode schemas) {
            for (JsonNode schema : schemas) {
                if (!close(schema)) {
                    return false;
                }
            }
            return true;
        }

        private boolean closeObject(ObjectNode node) {
            JsonNode more = node.path("additionalProperties");
            if (more.isMissingNode()) {
                node.put("additionalProperties", false);
                changed = true;
            } else if (!more.isBoolean() || more.booleanValue()) {
                return false;
            }
            Set<String> required = new HashSet<>();
            node.path("required").forEach(name -> required.add(name.asText("")));
            for (Map.Entry<String, JsonNode> property : node.path("properties").properties()) {
                if (!required.contains(property.getKey())) {
                    return false;
                }
            }
            return true;
        }
    }
}
