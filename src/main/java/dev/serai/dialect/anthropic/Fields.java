package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Extra;
import dev.serai.dialect.CodecException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object, read one by one. What is null is absent; what nobody has read in the end is an {@link Extra}. Errors name
 * the place. Not thread-safe.
 */
final class Fields {
    private final ObjectNode object;
    private final String path;
    private final Set<String> read = new HashSet<>();

    private Fields(ObjectNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /**
     * @param path where the object stands; empty for the whole body
     * @throws CodecException if the value is no object
     */
    static Fields of(JsonNode value, String path) throws CodecException {
        if (value instanceof ObjectNode object) {
            return new Fields(object, path);
        }
        throw new CodecException("must be an object", path.isEmpty() ? null : path);
    }

    /** The place of a member. */
    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    ObjectNode object() {
        return object;
    }

    CodecException wrong(String name, String what) {
        return new CodecException(what, path(name));
    }

    /** The value of a member; null if it is absent. */
    @Nullable
    JsonNode any(String name) {
        read.add(name);
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** Takes back that a member was read: it means something that the reader does not know. */
    void leave(String name) {
        read.remove(name);
    }

    @Nullable
    String text(String name) throws CodecException {
        JsonNode value = any(name);
        if (value != null && !value.isTextual()) {
            throw wrong(name, "must be a string");
        }
        return value == null ? null : value.textValue();
    }

    String requiredText(String name) throws CodecException {
        String text = text(name);
        if (text == null) {
            throw wrong(name, "is required, and must be a string");
        }
        return text;
    }

    @Nullable
    Long integer(String name) throws CodecException {
        JsonNode value = any(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber() || !value.canConvertToLong() || !value.canConvertToExactIntegral()) {
            throw wrong(name, "must be an integer");
        }
        return value.longValue();
    }

    /** As {@link #integer}, and not below 0. */
    @Nullable
    Long count(String name) throws CodecException {
        Long count = integer(name);
        if (count != null && count < 0) {
            throw wrong(name, "must not be negative");
        }
        return count;
    }

    @Nullable
    Double number(String name) throws CodecException {
        JsonNode value = any(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw wrong(name, "must be a number");
        }
        return value.doubleValue();
    }

    @Nullable
    Boolean flag(String name) throws CodecException {
        JsonNode value = any(name);
        if (value != null && !value.isBoolean()) {
            throw wrong(name, "must be true or false");
        }
        return value == null ? null : value.booleanValue();
    }

    @Nullable
    Fields object(String name) throws CodecException {
        JsonNode value = any(name);
        return value == null ? null : of(value, path(name));
    }

    @Nullable
    ArrayNode array(String name) throws CodecException {
        JsonNode value = any(name);
        if (value != null && !value.isArray()) {
            throw wrong(name, "must be a list");
        }
        return (ArrayNode) value;
    }

    List<String> texts(String name) throws CodecException {
        ArrayNode values = array(name);
        List<String> texts = new ArrayList<>();
        for (int i = 0; values != null && i < values.size(); i++) {
            if (!values.get(i).isTextual()) {
                throw wrong(name + "[" + i + "]", "must be a string");
            }
            texts.add(values.get(i).textValue());
        }
        return texts;
    }

    /** Adds what nobody has read. */
    void unread(List<Extra> extras) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!read.contains(member.getKey()) && !member.getValue().isNull()) {
                extras.add(new Extra(
                        AnthropicMessagesCodec.DIALECT, path(member.getKey()), Json.toRaw(member.getValue())));
            }
        }
    }
}
