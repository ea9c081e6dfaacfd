package dev.serai.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.serai.conversation.RawJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Whole bodies as trees, for codecs. Numbers keep every digit, objects their order; of two members of one name the last counts. */
public final class JsonTree {
    private static final int MAX_DEPTH = 512;
    private static final int MAX_NUMBER_DIGITS = 1_000;

    public static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final JsonMapper MAPPER = mapper();
    private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);

    private JsonTree() {}

    private static JsonMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER_DIGITS)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                // Names and numbers come from outside: names must not stay in the virtual machine's table of strings.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, false)
                .build();
        return JsonMapper.builder(factory)
                .nodeFactory(NODES)
                .enable(
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /**
     * Reads an object. Bytes that are no UTF-8 within its texts are read as replacement characters.
     *
     * @throws CodecException if the bytes are not exactly one JSON object
     */
    public static ObjectNode readObject(byte[] bytes, int from, int to) throws CodecException {
        if (read(bytes, from, to) instanceof ObjectNode object) {
            return object;
        }
        throw new CodecException("the body is not a JSON object", null);
    }

    /** As {@link #readObject(byte[], int, int)}, of a whole array. */
    public static ObjectNode readObject(byte[] bytes) throws CodecException {
        return readObject(bytes, 0, bytes.length);
    }

    /**
     * Reads any value.
     *
     * @throws CodecException if the bytes are not exactly one JSON value
     */
    public static JsonNode read(byte[] bytes, int from, int to) throws CodecException {
        try {
            return checked(READER.readTree(bytes, from, to - from));
        } catch (IOException | NumberFormatException e) {
            return readText(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        }
    }

    /**
     * Reads any value from its text.
     *
     * @throws CodecException if the text is not exactly one JSON value
     */
    public static JsonNode readText(String text) throws CodecException {
        try {
            return checked(READER.readTree(text));
        } catch (IOException | NumberFormatException e) {
            // A number with an exponent of dozens of digits is JSON, and Jackson has no exception of its own for it.
            throw new CodecException("the body is not valid JSON", null);
        }
    }

    private static JsonNode checked(JsonNode node) throws CodecException {
        if (node.isMissingNode()) {
            throw new CodecException("the body is empty; it must be JSON", null);
        }
        return node;
    }

    /** The tree in UTF-8; half a surrogate pair becomes a question mark. */
    public static byte[] write(JsonNode tree) {
        // By way of a string: half a surrogate pair is an error where characters become bytes at once.
        return text(tree).getBytes(StandardCharsets.UTF_8);
    }

    /** The tree as compact JSON. */
    public static String text(JsonNode tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    /** The value as the model keeps it. */
    public static RawJson raw(JsonNode value) {
        return new RawJson(text(value));
    }

    /** What the model keeps, as a leaf that is written as it is. */
    public static JsonNode leaf(RawJson json) {
        return NODES.rawValueNode(new RawValue(json.text()));
    }

    /** What the model keeps, to be looked into; written as it is if it cannot be read, which a model's own JSON always can. */
    public static JsonNode tree(RawJson json) {
        try {
            return readText(json.text());
        } catch (CodecException e) {
            return leaf(json);
        }
    }
}
