package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Extra;
import dev.serai.dialect.CodecException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object, read one by one. Google's interfaces take every name in two spellings, {@code fileData} and {@code
 * file_data}, whole numbers also as strings, and a list of one element also without its brackets. What is null is absent; what nobody
 * has read in the end becomes an {@link Extra}. A value of the wrong type is refused in a request; in a reply it counts as not read.
 * Not thread-safe.
 */
final class Members {
    /** Filled with the names that this package asks for, and so bounded. */
    private static final Map<String, String> SNAKES = new ConcurrentHashMap<>();

    private final ObjectNode object;
    private final String path;
    private final boolean strict;
    private final Set<String> read = new HashSet<>();

    private Members(ObjectNode object, String path, boolean strict) {
        this.object = object;
        this.path = path;
        this.strict = strict;
    }

    /** @param path where the object stands; empty for the whole body */
    static Members ofRequest(ObjectNode object, String path) {
        return new Members(object, path, true);
    }

    /** As {@link #ofRequest}, but nothing is refused. */
    static Members ofReply(ObjectNode object, String path) {
        return new Members(object, path, false);
    }

    /** The place of a member. */
    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    String path() {
        return path;
    }

    ObjectNode object() {
        return object;
    }

    private @Nullable String spelling(String name) {
        if (object.has(name)) {
            return name;
        }
        String snake = SNAKES.computeIfAbsent(name, Members::snake);
        return object.has(snake) ? snake : null;
    }

    private static String snake(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** Whether the member is there and not null; it stays unread. */
    boolean has(String name) {
        String spelling = spelling(name);
        return spelling != null && object.hasNonNull(spelling);
    }

    /** The value of a member; null if it is absent or null. */
    @Nullable
    JsonNode any(String name) {
        String spelling = spelling(name);
        if (spelling == null) {
            return null;
        }
        read.add(spelling);
        JsonNode value = object.get(spelling);
        return value == null || value.isNull() ? null : value;
    }

    /** Takes back that a member was read: it means something that the reader does not know. */
    void leave(String name) {
        String spelling = spelling(name);
        if (spelling != null) {
            read.remove(spelling);
        }
    }

    @Nullable
    String text(String name) throws CodecException {
        JsonNode value = any(name);
        if (value != null && !value.isTextual()) {
            wrong(name, "must be a string");
        }
        return value == null ? null : value.textValue(); // which is null for what is no text
    }

    /** As {@link #text}, and null if it is empty. */
    @Nullable
    String word(String name) throws CodecException {
        String text = text(name);
        return text == null || text.isEmpty() ? null : text;
    }

    @Nullable
    Boolean flag(String name) throws CodecException {
        JsonNode value = any(name);
        if (value == null || value.isBoolean()) {
            return value == null ? null : value.booleanValue();
        }
        wrong(name, "must be true or false");
        return null;
    }

    @Nullable
    Double decimal(String name) throws CodecException {
        JsonNode value = any(name);
        if (value == null || (value.isNumber() && Double.isFinite(value.doubleValue()))) {
            return value == null ? null : value.doubleValue();
        }
        wrong(name, "must be a number");
        return null;
    }

    @Nullable
    Long integer(String name) throws CodecException {
        JsonNode value = any(name);
        Long whole = value == null ? null : whole(value);
        if (value != null && whole == null) {
            wrong(name, "must be a whole number");
        }
        return whole;
    }

    /** An integer of 32 bits. */
    @Nullable
    Integer small(String name) throws CodecException {
        Long value = integer(name);
        if (value == null || value == value.intValue()) {
            return value == null ? null : value.intValue();
        }
        wrong(name, "must be a whole number of at most 32 bits");
        return null;
    }

    /** The value of a number without fraction, however it is written; null for anything else. */
    static @Nullable Long whole(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value.canConvertToLong() ? value.longValue() : null;
        }
        if (value.isNumber()) {
            double number = value.doubleValue();
            return number == Math.rint(number) && Math.abs(number) < 1e15 ? Long.valueOf((long) number) : null;
        }
        try {
            return value.isTextual() ? Long.valueOf(value.textValue()) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Nullable
    Members object(String name) throws CodecException {
        JsonNode value = any(name);
        if (value == null || value instanceof ObjectNode) {
            return value == null ? null : new Members((ObjectNode) value, at(name), strict);
        }
        wrong(name, "must be an object");
        return null;
    }

    /** The elements of a list; one value counts as a list of one. Empty if the member is absent. */
    List<JsonNode> list(String name) throws CodecException {
        JsonNode value = any(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof ArrayNode list) {
            List<JsonNode> elements = new ArrayList<>(list.size());
            list.forEach(elements::add);
            return elements;
        }
        if (value.isObject()) {
            return List.of(value);
        }
        wrong(name, "must be a list");
        return List.of();
    }

    /** The elements of a list of objects. */
    List<Members> objects(String name) throws CodecException {
        List<Members> objects = new ArrayList<>();
        int index = 0;
        for (JsonNode element : list(name)) {
            String where = at(name) + "[" + index++ + "]";
            if (element instanceof ObjectNode node) {
                objects.add(new Members(node, where, strict));
            } else if (strict) {
                throw new CodecException("must be an object", where);
            }
        }
        return objects;
    }

    /** The elements of a list of strings. */
    List<String> texts(String name) throws CodecException {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : list(name)) {
            if (element.isTextual()) {
                texts.add(element.textValue());
            } else {
                wrong(name, "must be a list of strings");
            }
        }
        return texts;
    }

    /** Adds what nobody has read. */
    void leftOver(List<Extra> into) {
        if (read.size() == object.size()) {
            return;
        }
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!member.getValue().isNull() && !read.contains(member.getKey())) {
                into.add(new Extra(Gemini.ID, at(member.getKey()), Json.raw(member.getValue())));
            }
        }
    }

    /** @throws CodecException that the value is wrong, if this is a request; in a reply it counts as not read */
    void wrong(String name, String rule) throws CodecException {
        if (strict) {
            throw new CodecException(rule, at(name));
        }
        leave(name);
    }
}
