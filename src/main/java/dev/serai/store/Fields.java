package dev.serai.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.serai.config.DurationText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object field by field, and knows which fields nobody asked for. What is wrong is collected, and told at the end, so that
 * whoever wrote the document hears everything at once. A field that is null is as one that is missing.
 */
public final class Fields {
    private static final int LONGEST_NUMBER = 40;

    private final String path;
    private final JsonNode object;
    private final List<String> problems;
    private final Set<String> known = new HashSet<>();
    private final List<Fields> parts = new ArrayList<>();

    private Fields(String path, JsonNode object, List<String> problems) {
        this.path = path;
        this.object = object;
        this.problems = problems;
        if (!object.isObject() && !object.isMissingNode()) {
            problems.add((path.isEmpty() ? "the document" : path) + " must be an object");
        }
    }

    /** The fields of a whole document. */
    public static Fields of(JsonNode document) {
        return new Fields("", document, new ArrayList<>());
    }

    /**
     * Makes something of what was read.
     *
     * @param made throws IllegalArgumentException with a sentence about a field, if the values do not fit
     * @throws DocumentException if anything is wrong, or a field is there that nobody asked for
     */
    public <T> T make(Function<Fields, T> made) {
        T value = null;
        try {
            value = made.apply(this);
        } catch (IllegalArgumentException e) {
            // What does not fit because something else is missing or wrong has been told already.
            if (problems.isEmpty()) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        tellUnknown();
        if (!problems.isEmpty() || value == null) {
            throw new DocumentException(problems);
        }
        return value;
    }

    private void tellUnknown() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                problems.add(at(name) + " is no field here; there " + (known.size() == 1 ? "is " : "are ")
                        + String.join(", ", known.stream().sorted().toList()));
            }
        });
        parts.forEach(Fields::tellUnknown);
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private JsonNode field(String name) {
        known.add(name);
        JsonNode value = object.path(name);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    private void wrong(String name, String reason) {
        problems.add(at(name) + " " + reason);
    }

    /** Whether the field is there and not null. */
    public boolean has(String name) {
        return !field(name).isMissingNode();
    }

    /** A text; null if there is none. */
    public @Nullable String text(String name) {
        JsonNode value = field(name);
        if (value.isMissingNode() || value.isTextual()) {
            return value.textValue();
        }
        wrong(name, "must be a text");
        return null;
    }

    /** A text that must be there; empty if it is not. */
    public String required(String name) {
        return required(name, Function.identity(), "");
    }

    /**
     * What a text means that must be there.
     *
     * @param form      throws IllegalArgumentException with what the text must be
     * @param otherwise to go on with if it is missing or has no such meaning
     */
    public <T> T required(String name, Function<String, T> form, T otherwise) {
        if (!has(name)) {
            wrong(name, "is missing");
        }
        T meaning = parsed(name, form);
        return meaning == null ? otherwise : meaning;
    }

    /**
     * What a text means; null if there is none.
     *
     * @param form throws IllegalArgumentException with what the text must be
     */
    public <T> @Nullable T parsed(String name, Function<String, T> form) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return form.apply(text);
        } catch (IllegalArgumentException e) {
            wrong(name, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** A whole number; null if there is none. */
    public @Nullable Long number(String name) {
        JsonNode value = field(name);
        if (value.isMissingNode()) {
            return null;
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        wrong(name, "must be a whole number");
        return null;
    }

    /** A number with decimals, as a text or as a number; null if there is none. */
    public @Nullable BigDecimal decimal(String name) {
        JsonNode value = field(name);
        if (value.isMissingNode()) {
            return null;
        }
        try {
            if ((value.isTextual() || value.isNumber()) && value.asText().length() <= LONGEST_NUMBER) {
                return new BigDecimal(value.asText());
            }
        } catch (NumberFormatException e) {
            // told below
        }
        wrong(name, "must be a number such as \"0.05\"");
        return null;
    }

    /** What an object holds, whatever it is, by name; empty if there is no object. */
    public Map<String, JsonNode> values(String name) {
        JsonNode value = field(name);
        if (!value.isMissingNode() && !value.isObject()) {
            wrong(name, "must be an object");
        }
        Map<String, JsonNode> values = new LinkedHashMap<>();
        value.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return values;
    }

    /** True or false; null if neither. */
    public @Nullable Boolean flag(String name) {
        JsonNode value = field(name);
        if (value.isMissingNode()) {
            return null;
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        wrong(name, "must be true or false");
        return null;
    }

    /** A time such as {@code 60s}; null if there is none. */
    public @Nullable Duration duration(String name) {
        return parsed(name, DurationText::parse);
    }

    /** A list of texts; null if there is none. */
    public @Nullable List<String> texts(String name) {
        JsonNode value = field(name);
        if (value.isMissingNode()) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(text -> texts.add(text.isTextual() ? text.textValue() : null));
        }
        if (!value.isArray() || texts.contains(null)) {
            wrong(name, "must be a list of texts");
            return List.of();
        }
        return texts;
    }

    /** Texts by name; empty if there are none. */
    public Map<String, String> map(String name) {
        JsonNode value = field(name);
        Map<String, String> map = new LinkedHashMap<>();
        if (!value.isMissingNode() && !value.isObject()) {
            wrong(name, "must be an object of texts");
        }
        value.properties().forEach(entry -> {
            if (entry.getValue().isTextual()) {
                map.put(entry.getKey(), entry.getValue().textValue());
            } else {
                wrong(name + "." + entry.getKey(), "must be a text");
            }
        });
        return map;
    }

    /** The fields of an object in this one; none if it is not there. */
    public Fields object(String name) {
        return part(at(name), field(name));
    }

    /** What a list of objects holds, each made by the function; empty if there is no list. */
    public <T> List<T> objects(String name, Function<Fields, T> made) {
        JsonNode value = field(name);
        if (!value.isMissingNode() && !value.isArray()) {
            wrong(name, "must be a list of objects");
            return List.of();
        }
        List<T> list = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            Fields one = part(at(name) + "[" + i + "]", value.get(i));
            try {
                list.add(made.apply(one));
            } catch (IllegalArgumentException e) {
                if (problems.stream().noneMatch(problem -> problem.startsWith(one.path))) {
                    problems.add(one.path + ": " + e.getMessage());
                }
            }
        }
        return list;
    }

    private Fields part(String at, JsonNode value) {
        Fields part = new Fields(at, value, problems);
        parts.add(part);
        return part;
    }
}
