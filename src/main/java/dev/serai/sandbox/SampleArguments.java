package dev.serai.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Arguments that fit a tool's JSON schema as far as its required properties and their types go. */
final class SampleArguments {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SampleArguments() {}

    /** An object with the required properties of the schema and no others; an empty one if the schema names none. */
    static ObjectNode of(JsonNode schema) {
        ObjectNode arguments = NODES.objectNode();
        for (JsonNode name : schema.path("required")) {
            arguments.set(name.asText(), value(schema.path("properties").path(name.asText())));
        }
        return arguments;
    }

    private static JsonNode value(JsonNode schema) {
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.path("enum").has(0)) {
            return schema.path("enum").get(0);
        }
        return switch (type(schema)) {
            case "number", "integer" -> NODES.numberNode(1);
            case "boolean" -> NODES.booleanNode(true);
            case "array" -> NODES.arrayNode();
            case "object" -> of(schema);
            case "null" -> NODES.nullNode();
            default -> NODES.textNode("sandbox");
        };
    }

    /** A schema may list several types, usually one and {@code null}: the first counts. */
    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.path(0).asText() : type.asText();
    }
}
