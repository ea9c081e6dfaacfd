package dev.serai.dialect.gemini;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.serai.conversation.RawJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** JSON as trees, in which numbers keep their digits and members their order. */
final class Json {
    private static final int MAX_DEPTH = 512;
    private static final long MAX_EXACT = 1L << 53;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = mapper();
    private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);

    private Json() {}

    private static JsonMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                // Names come from outside: they must not stay in the virtual machine's table of strings.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /** The value that the bytes hold; null if they hold no JSON, or more than one value. */
    static @Nullable JsonNode parse(byte[] bytes, int from, int to) {
        try {
            return known(READER.readTree(bytes, from, to - from));
        } catch (IOException | RuntimeException e) { // a number with an exponent beyond all bounds is unchecked
            return null;
        }
    }

    /** As {@link #parse(byte[], int, int)}. */
    static @Nullable JsonNode parse(String text) {
        try {
            return known(READER.readTree(text));
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** The object that a text holds; null if it holds anything else. */
    static @Nullable ObjectNode parseObject(String text) {
        boolean begins = !text.isEmpty() && (text.charAt(0) == '{' || Character.isWhitespace(text.charAt(0)));
        return begins && parse(text) instanceof ObjectNode object ? object : null;
    }

    private static @Nullable JsonNode known(@Nullable JsonNode node) {
        return node == null || node.isMissingNode() ? null : node;
    }

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static ArrayNode array() {
        return NODES.arrayNode();
    }

    static JsonNode nothing() {
        return NODES.nullNode();
    }

    static JsonNode words(String text) {
        return NODES.textNode(text);
    }

    /** A value that is written as the text it is. */
    static JsonNode leaf(RawJson json) {
        return NODES.rawValueNode(new RawValue(json.text()));
    }

    /** A number, without a fraction if it has none. */
    static JsonNode number(double value) {
        return value == Math.rint(value) && Math.abs(value) < MAX_EXACT
                ? NODES.numberNode((long) value)
                : NODES.numberNode(value);
    }

    static JsonNode number(long value) {
        return NODES.numberNode(value);
    }

    static RawJson raw(JsonNode node) {
        return new RawJson(text(node));
    }

    /** Compact. */
    static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    /** In UTF-8, which cannot hold half a surrogate pair: it becomes a question mark. */
    static byte[] bytes(JsonNode node) {
        return text(node).getBytes(StandardCharsets.UTF_8);
    }
}
