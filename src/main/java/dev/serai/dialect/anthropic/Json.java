package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.serai.conversation.RawJson;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonMembers;
import dev.serai.dialect.JsonTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Short words for trees, and what {@link JsonMembers} does not check. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    static ObjectNode object() {
        return JsonTree.NODES.objectNode();
    }

    /** An object of this {@code type}. */
    static ObjectNode ofType(String type) {
        return object().put("type", type);
    }

    static ArrayNode array() {
        return JsonTree.NODES.arrayNode();
    }

    /** The text of a member; empty if it is absent or no text. */
    static String text(JsonNode holder, String name) {
        String text = holder.path(name).textValue();
        return text == null ? "" : text;
    }

    static JsonNode text(String text) {
        return JsonTree.NODES.textNode(text);
    }

    /** A value that is written as the text it is. */
    static JsonNode raw(String json) {
        return JsonTree.NODES.rawValueNode(new RawValue(json));
    }

    /** The object that a value holds; null if it is another value, or none. */
    static @Nullable ObjectNode parseObject(RawJson json) {
        return parse(json.text()) instanceof ObjectNode object ? object : null;
    }

    /** The value that the text holds; null if it is no JSON. */
    static @Nullable JsonNode parse(String text) {
        try {
            return JsonTree.readText(text);
        } catch (CodecException e) {
            return null;
        }
    }

    /** Whether the text is one JSON object; nothing is kept of it. */
    static boolean isObject(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.hasToken(JsonToken.END_OBJECT) && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    /** @throws CodecException if the value is no object */
    static JsonMembers members(JsonNode value, String path) throws CodecException {
        if (value instanceof ObjectNode object) {
            return JsonMembers.ofRequest(object, path);
        }
        throw new CodecException("must be an object", path);
    }

    static CodecException wrong(JsonMembers holder, String name, String what) {
        return new CodecException(what, holder.at(name));
    }

    /** An integer that is not below 0; null if it is absent. */
    static @Nullable Long count(JsonMembers holder, String name) throws CodecException {
        Long count = holder.integer(name);
        if (count != null && count < 0) {
            throw wrong(holder, name, "must not be negative");
        }
        return count;
    }

    /** The texts of a list; empty if it is absent. */
    static List<String> texts(JsonMembers holder, String name) throws CodecException {
        ArrayNode values = holder.list(name);
        List<String> texts = new ArrayList<>();
        for (int i = 0; values != null && i < values.size(); i++) {
            if (!values.get(i).isTextual()) {
                throw wrong(holder, name + "[" + i + "]", "must be a string");
            }
            texts.add(values.get(i).textValue());
        }
        return texts;
    }
}
