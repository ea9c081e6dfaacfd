package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Google's older schemas, a part of OpenAPI 3.0 with types in capitals (https://ai.google.dev/api/caching#Schema), as JSON Schema,
 * which is what everybody else reads.
 */
final class OpenApiSchemas {
    private static final Set<String> COUNTS =
            Set.of("minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties");
    private static final Set<String> TYPES =
            Set.of("string", "number", "integer", "boolean", "array", "object", "null");

    private OpenApiSchemas() {}

    /** A schema that is JSON Schema already comes back with the same meaning. */
    static JsonNode toJsonSchema(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) {
            return schema;
        }
        ObjectNode out = Json.object();
        boolean nullable = false;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = camel(member.getKey());
            JsonNode value = member.getValue();
            switch (name) {
                case "nullable" -> nullable = value.booleanValue();
                case "type" -> putType(out, value);
                case "properties" -> out.set(name, each(value));
                case "items" -> out.set(name, toJsonSchema(value));
                case "anyOf" -> out.set(name, all(value));
                case "example" -> out.set("examples", Json.array().add(value));
                default -> out.set(name, COUNTS.contains(name) ? count(value) : value);
            }
        }
        if (nullable) {
            allowNull(out);
        }
        return out;
    }

    /** Names of keywords come in two spellings; names of properties are never touched. */
    private static String camel(String name) {
        return switch (name) {
            case "any_of" -> "anyOf";
            case "property_ordering" -> "propertyOrdering";
            case "min_items" -> "minItems";
            case "max_items" -> "maxItems";
            case "min_length" -> "minLength";
            case "max_length" -> "maxLength";
            case "min_properties" -> "minProperties";
            case "max_properties" -> "maxProperties";
            default -> name;
        };
    }

    private static void putType(ObjectNode out, JsonNode type) {
        String lower = type.isTextual() ? type.textValue().toLowerCase(Locale.ROOT) : "";
        if (TYPES.contains(lower)) {
            out.put("type", lower);
        } else if (!lower.equals("type_unspecified")) {
            out.set("type", type);
        }
    }

    private static JsonNode each(JsonNode properties) {
        if (!(properties instanceof ObjectNode object)) {
            return properties;
        }
        ObjectNode out = Json.object();
        object.properties().forEach(member -> out.set(member.getKey(), toJsonSchema(member.getValue())));
        return out;
    }

    private static JsonNode all(JsonNode schemas) {
        if (!schemas.isArray()) {
            return schemas;
        }
        ArrayNode out = Json.array();
        schemas.forEach(schema -> out.add(toJsonSchema(schema)));
        return out;
    }

    private static JsonNode count(JsonNode value) {
        Long whole = Members.whole(value);
        return whole == null ? value : Json.number(whole);
    }

    private static void allowNull(ObjectNode schema) {
        JsonNode type = schema.get("type");
        if (type != null && type.isTextual()) {
            schema.set("type", Json.array().add(type).add("null"));
        } else if (schema.get("anyOf") instanceof ArrayNode variants) {
            variants.add(Json.object().put("type", "null"));
        }
    }
}
