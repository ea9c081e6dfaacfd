package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.dialect.Feature;
import dev.serai.dialect.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * JSON schemas as Anthropic's structured outputs and strict tools take them: objects are closed, {@code oneOf} is {@code anyOf}, and a
 * keyword that is not supported becomes a part of the description, which the model may heed, and is named
 * (https://platform.claude.com/docs/en/build-with-claude/structured-outputs).
 */
final class SchemaRules {
    private static final Set<String> KEYWORDS = Set.of(
            "type",
            "properties",
            "required",
            "items",
            "enum",
            "const",
            "anyOf",
            "allOf",
            "$ref",
            "$defs",
            "definitions",
            "title",
            "description",
            "default");

    /** Say nothing about the value. */
    private static final Set<String> WITHOUT_MEANING = Set.of("$schema", "$id", "$comment");

    private static final Set<String> FORMATS =
            Set.of("date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid");

    private static final Set<String> COMBINATIONS = Set.of("anyOf", "oneOf", "allOf");

    private final Drops drops;

    SchemaRules(Drops drops) {
        this.drops = drops;
    }

    /** A schema that the answer must follow. */
    ObjectNode strict(ObjectNode schema) {
        ObjectNode strict = Json.object();
        List<String> unsupported = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            keyword(member.getKey(), member.getValue(), schema, strict, unsupported);
        }
        if (schema.path("type").asText().equals("object") || schema.has("properties")) {
            close(schema, strict);
        }
        if (!unsupported.isEmpty()) {
            describe(unsupported, strict);
        }
        return strict;
    }

    private void keyword(String name, JsonNode value, ObjectNode schema, ObjectNode strict, List<String> unsupported) {
        switch (name) {
            case "properties", "$defs", "definitions" -> strict.set(name, eachMember(value));
            case "items" -> strict.set(name, one(value));
            case "anyOf", "allOf" -> strict.set(name, eachElement(value));
            case "oneOf" -> strict.set(schema.has("anyOf") ? name : "anyOf", eachElement(value));
            case "additionalProperties" -> {} // see close
            default -> {
                if (isSupported(name, value)) {
                    strict.set(name, value);
                } else if (!WITHOUT_MEANING.contains(name)) {
                    drops.add(Feature.SCHEMA_KEYWORD, name);
                    unsupported.add(name + ": " + JsonTree.text(value));
                }
            }
        }
    }

    private static boolean isSupported(String name, JsonNode value) {
        return switch (name) {
            case "format" -> FORMATS.contains(value.asText());
            case "minItems" -> value.asInt(2) == 0 || value.asInt(2) == 1;
            case "pattern" -> isPlain(value.asText());
            default -> KEYWORDS.contains(name);
        };
    }

    /** Without what looks around or back. */
    private static boolean isPlain(String pattern) {
        return !pattern.contains("(?") && !pattern.matches("(?s).*\\\\[bB1-9].*");
    }

    private void close(ObjectNode schema, ObjectNode strict) {
        JsonNode open = schema.get("additionalProperties");
        drops.addIf(
                open != null && !(open.isBoolean() && !open.booleanValue()),
                Feature.SCHEMA_KEYWORD,
                "additionalProperties");
        strict.put("additionalProperties", false);
    }

    private static void describe(List<String> unsupported, ObjectNode strict) {
        String words = "{" + String.join(", ", unsupported) + "}";
        JsonNode description = strict.get("description");
        strict.put("description", description == null ? words : description.asText() + "\n\n" + words);
    }

    private JsonNode one(JsonNode schema) {
        return schema instanceof ObjectNode object ? strict(object) : schema;
    }

    private JsonNode eachMember(JsonNode schemas) {
        if (!(schemas instanceof ObjectNode members)) {
            return schemas;
        }
        ObjectNode each = Json.object();
        members.properties().forEach(member -> each.set(member.getKey(), one(member.getValue())));
        return each;
    }

    private JsonNode eachElement(JsonNode schemas) {
        if (!(schemas instanceof ArrayNode elements)) {
            return schemas;
        }
        ArrayNode each = Json.array();
        elements.forEach(element -> each.add(one(element)));
        return each;
    }

    /** The schema of a tool's input: an object at the top, which is no combination of others. */
    ObjectNode input(ObjectNode schema) {
        ObjectNode input = schema;
        if (!schema.path("type").asText().equals("object")) {
            input = Json.ofType("object");
            input.setAll((ObjectNode) schema.deepCopy().without("type"));
        }
        for (String name : COMBINATIONS) {
            if (input.has(name)) {
                drops.add(Feature.SCHEMA_KEYWORD, name + " at the top of a tool's schema");
                input.remove(name);
            }
        }
        return input;
    }
}
