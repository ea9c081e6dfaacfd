package dev.serai.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Extra;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object in a body, read by name. A member that is absent or null is null to every method. What no method has asked
 * for is left over, and becomes {@link Extra}s, so that a field that a codec does not know cannot be lost. A value of the wrong type is
 * refused, with its path, in a request; in a reply it is left over too. Not thread-safe.
 */
public final class JsonMembers {
    private final ObjectNode object;
    private final String path;
    private final boolean strict;
    private final Set<String> read = new HashSet<>();

    private JsonMembers(ObjectNode object, String path, boolean strict) {
        this.object = object;
        this.path = path;
        this.strict = strict;
    }

    /** Of a request: a value of the wrong type is refused. */
    public static JsonMembers ofRequest(ObjectNode object, String path) {
        return new JsonMembers(object, path, true);
    }

    /** Of a reply: a value of the wrong type counts as absent, and is left over. */
    public static JsonMembers ofReply(ObjectNode object, String path) {
        return new JsonMembers(object, path, false);
    }

    /** Where a member stands, such as {@code messages[3].content}. */
    public String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Where the object itself stands; empty for the body. */
    public String path() {
        return path;
    }

    /** Whether the member is there and not null; it stays unread. */
    public boolean has(String name) {
        return object.hasNonNull(name);
    }

    /** The value as it is; null if it is absent or null. */
    public @Nullable JsonNode any(String name) {
        read.add(name);
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** As {@link #any}, but the member stays unread. */
    public @Nullable JsonNode peek(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    public @Nullable String text(String name) throws CodecException {
        JsonNode value = any(name);
        if (value == null || value.isTextual()) {
            return value == null ? null : value.textValue();
        }
        refuse(name, "must be a string");
        return null;
    }

    /** @throws CodecException also if it is absent */
    public String requiredText(String name) throws CodecException {
        String value = text(name);
        if (value == null) {
            throw new CodecException("is missing; it must be a string", at(name));
        }
        return value;
    }

    public @Nullable Boolean flag(String name) throws CodecException {
        JsonNode value = any(name);
        if (value == null || value.isBoolean()) {
            return value == null ? null : value.booleanValue();
        }
        refuse(name, "must be true or false");
        return null;
    }

    public @Nullable Double decimal(String name) throws CodecException {
        JsonNode value = any(name);
        if (value == null) {
            return null;
        }
        if (value.isNumber() && Double.isFinite(value.doubleValue())) {
            return value.doubleValue();
        }
        refuse(name, "must be a number");
        return null;
    }

    public @Nullable Long integer(String name) throws CodecException {
        JsonNode value = any(name);
        if (value == null) {
            return null;
        }
        Long whole = whole(value);
        if (whole == null) {
            refuse(name, "must be a whole number");
        }
        return whole;
    }

    /** An integer of 32 bits. */
    public @Nullable Integer smallInteger(String name) throws CodecException {
        Long value = integer(name);
        if (value == null || value == value.intValue()) {
            return value == null ? null : value.intValue();
        }
        refuse(name, "must be a whole number of at most 32 bits");
        return null;
    }

    public @Nullable JsonMembers object(String name) throws CodecException {
        JsonNode value = any(name);
        if (value == null || value instanceof ObjectNode) {
            return value == null ? null : new JsonMembers((ObjectNode) value, at(name), strict);
        }
        refuse(name, "must be an object");
        return null;
    }

    public @Nullable ArrayNode list(String name) throws CodecException {
        JsonNode value = any(name);
        if (value == null || value instanceof ArrayNode) {
            return (ArrayNode) value;
        }
        refuse(name, "must be a list");
        return null;
    }

    /** An element of a list of this object, such as {@code messages[3]}; null if it is no object, which a request may not have. */
    public @Nullable JsonMembers element(String list, int index, JsonNode value) throws CodecException {
        String where = at(list) + "[" + index + "]";
        if (value instanceof ObjectNode element) {
            return new JsonMembers(element, where, strict);
        }
        if (strict) {
            throw new CodecException("must be an object", where);
        }
        return null;
    }

    /** Counts a member as unread, so that it is left over. */
    public void leave(String name) {
        read.remove(name);
    }

    /** Counts members as read. */
    public void ignore(String... names) {
        read.addAll(List.of(names));
    }

    /** Adds what was not read, without nulls. */
    public void leftOver(String dialect, List<Extra> into) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!member.getValue().isNull() && !read.contains(member.getKey())) {
                into.add(new Extra(dialect, at(member.getKey()), JsonTree.raw(member.getValue())));
            }
        }
    }

    /** Whether something is there that was not read. */
    public boolean hasLeftOver() {
        return object.properties().stream()
                .anyMatch(member -> !member.getValue().isNull() && !read.contains(member.getKey()));
    }

    /** The object itself. */
    public ObjectNode node() {
        return object;
    }

    /** The value is of the wrong type: a request is refused, in a reply it is left over. */
    private void refuse(String name, String rule) throws CodecException {
        if (strict) {
            throw new CodecException(rule, at(name));
        }
        read.remove(name);
    }

    /** The value of a number without fraction that 64 bits hold, however it is written; otherwise null. */
    private static @Nullable Long whole(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value.canConvertToLong() ? value.longValue() : null;
        }
        if (!value.isNumber() || Math.abs(value.doubleValue()) > 1e18) {
            return null;
        }
        BigDecimal decimal = value.decimalValue();
        return decimal.stripTrailingZeros().scale() <= 0 ? Long.valueOf(decimal.longValue()) : null;
    }
}
