package dev.serai.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON trees: reading those of requests with complaints that say what is wrong, and writing those of answers. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** @param json of which nobody doubts that it is JSON */
    static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ArrayNode array(JsonNode... elements) {
        return JsonNodeFactory.instance.arrayNode().addAll(List.of(elements));
    }

    /** Half a surrogate pair, which JSON can escape and UTF-8 cannot express, becomes a question mark. */
    static byte[] bytes(JsonNode tree) {
        return tree.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws GatewayException if the body is no JSON object */
    static ObjectNode read(byte[] body) {
        try {
            if (MAPPER.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException notJson) {
            throw wrong("The request body is not valid JSON.", null);
        }
        throw wrong("The request body is not a JSON object.", null);
    }

    /** @throws GatewayException if the field is no text, or an empty one */
    static String requiredText(JsonNode object, String field) {
        String text = object.path(field).isTextual() ? object.path(field).textValue() : "";
        if (text.isEmpty()) {
            throw wrong("'" + field + "' must be a text that is not empty.", field);
        }
        return text;
    }

    /** @throws GatewayException if the field is no list, or an empty one */
    static List<JsonNode> requiredList(JsonNode object, String field) {
        List<JsonNode> elements = new ArrayList<>();
        if (object.path(field) instanceof ArrayNode list) {
            list.forEach(elements::add);
        }
        if (elements.isEmpty()) {
            throw wrong("'" + field + "' must be a list with at least one element.", field);
        }
        return elements;
    }

    /** The text of a message's content: in every dialect a text, or a list of parts of which some have a text. */
    static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        List<String> texts = new ArrayList<>();
        content.forEach(part -> {
            if (part.path("text").isTextual()) {
                texts.add(part.path("text").textValue());
            }
        });
        return String.join("\n", texts);
    }

    static GatewayException wrong(String message, @Nullable String param) {
        return new GatewayException(ErrorCode.INVALID_REQUEST_BODY, ScriptWriter.NOTICE + message, param);
    }
}
