package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.RawJson;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonTree;
import org.jspecify.annotations.Nullable;

/** Short words for trees, see {@link JsonTree}; what is no JSON is null here. */
final class Json {
    private static final long MAX_EXACT = 1L << 53;

    private Json() {}

    /** The value that the bytes hold; null if they hold no JSON, or more than one value. */
    static @Nullable JsonNode parse(byte[] bytes, int from, int to) {
        try {
            return JsonTree.read(bytes, from, to);
        } catch (CodecException e) {
            return null;
        }
    }

    /** As {@link #parse(byte[], int, int)}. */
    static @Nullable JsonNode parse(String text) {
        try {
            return JsonTree.readText(text);
        } catch (CodecException e) {
            return null;
        }
    }

    /** The object that a text holds; null if it holds anything else. */
    static @Nullable ObjectNode parseObject(String text) {
        boolean begins = !text.isEmpty() && (text.charAt(0) == '{' || Character.isWhitespace(text.charAt(0)));
        return begins && parse(text) instanceof ObjectNode object ? object : null;
    }

    static ObjectNode object() {
        return JsonTree.NODES.objectNode();
    }

    static ArrayNode array() {
        return JsonTree.NODES.arrayNode();
    }

    static JsonNode nothing() {
        return JsonTree.NODES.nullNode();
    }

    static JsonNode words(String text) {
        return JsonTree.NODES.textNode(text);
    }

    /** A number, without a fraction if it has none. */
    static JsonNode number(double value) {
        return value == Math.rint(value) && Math.abs(value) < MAX_EXACT
                ? JsonTree.NODES.numberNode((long) value)
                : JsonTree.NODES.numberNode(value);
    }

    static JsonNode number(long value) {
        return JsonTree.NODES.numberNode(value);
    }

    /** A value that is written as the text it is. */
    static JsonNode leaf(RawJson json) {
        return JsonTree.leaf(json);
    }

    static RawJson raw(JsonNode node) {
        return JsonTree.raw(node);
    }

    /** Compact. */
    static String text(JsonNode node) {
        return JsonTree.text(node);
    }

    /** In UTF-8. */
    static byte[] bytes(JsonNode node) {
        return JsonTree.write(node);
    }
}
