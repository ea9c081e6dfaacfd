package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.dialect.CodecException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a body and where it stands, so that a refusal can say what is wrong with which. {@code null} counts as absent. */
final class ResponsesValue {
    private static final double MAX_EXACT = 9_007_199_254_740_992.0;

    private final JsonNode node;
    private final @Nullable ResponsesValue parent;
    private final String step;

    private ResponsesValue(JsonNode node, @Nullable ResponsesValue parent, String step) {
        this.node = node;
        this.parent = parent;
        this.step = step;
    }

    static ResponsesValue root(JsonNode node) {
        return new ResponsesValue(node, null, "");
    }

    JsonNode node() {
        return node;
    }

    /** Such as {@code input[3].content[0].type}; empty for the body. */
    String path() {
        if (parent == null) {
            return step;
        }
        String before = parent.path();
        return before.isEmpty() || step.startsWith("[") ? before + step : before + "." + step;
    }

    CodecException wrong(String message) {
        String path = path();
        return new CodecException(message, path.isEmpty() ? null : path);
    }

    boolean isText() {
        return node.isTextual();
    }

    boolean isObject() {
        return node.isObject();
    }

    boolean isArray() {
        return node.isArray();
    }

    /** The member of that name; null if there is none or it is {@code null}. */
    @Nullable
    ResponsesValue get(String name) {
        JsonNode member = node.get(name);
        return member == null || member.isNull() ? null : new ResponsesValue(member, this, name);
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** The member of that name, which must be there. */
    ResponsesValue require(String name) throws CodecException {
        ResponsesValue member = get(name);
        if (member == null) {
            throw new ResponsesValue(node, this, name).wrong("missing");
        }
        return member;
    }

    /** The elements of an array. */
    List<ResponsesValue> elements() throws CodecException {
        if (!node.isArray()) {
            throw wrong("must be a list");
        }
        List<ResponsesValue> elements = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            elements.add(new ResponsesValue(node.get(i), this, "[" + i + "]"));
        }
        return elements;
    }

    /** The members of an object that are not {@code null}, by name. */
    List<Map.Entry<String, JsonNode>> members() {
        return node.properties().stream()
                .filter(member -> !member.getValue().isNull())
                .toList();
    }

    ResponsesValue asObject() throws CodecException {
        if (!node.isObject()) {
            throw wrong("must be an object");
        }
        return this;
    }

    String asText() throws CodecException {
        if (!node.isTextual()) {
            throw wrong("must be a string");
        }
        return node.textValue();
    }

    @Nullable
    ResponsesValue object(String name) throws CodecException {
        ResponsesValue member = get(name);
        return member == null ? null : member.asObject();
    }

    @Nullable
    String text(String name) throws CodecException {
        ResponsesValue member = get(name);
        return member == null ? null : member.asText();
    }

    @Nullable
    Boolean flag(String name) throws CodecException {
        ResponsesValue member = get(name);
        if (member == null) {
            return null;
        }
        if (!member.node.isBoolean()) {
            throw member.wrong("must be true or false");
        }
        return member.node.booleanValue();
    }

    @Nullable
    Double number(String name) throws CodecException {
        ResponsesValue member = get(name);
        if (member == null) {
            return null;
        }
        if (!member.node.isNumber()) {
            throw member.wrong("must be a number");
        }
        double value = member.node.doubleValue();
        if (Double.isInfinite(value)) {
            throw member.wrong("is too large");
        }
        return value;
    }

    /** A whole number; some clients write one as {@code 1024.0}. */
    @Nullable
    Long integer(String name) throws CodecException {
        ResponsesValue member = get(name);
        if (member == null) {
            return null;
        }
        if (member.node.isIntegralNumber() && member.node.canConvertToLong()) {
            return member.node.longValue();
        }
        double value = member.node.isNumber() ? member.node.doubleValue() : Double.NaN;
        if (value == Math.rint(value) && Math.abs(value) <= MAX_EXACT) {
            return (long) value;
        }
        throw member.wrong("must be a whole number");
    }
}
