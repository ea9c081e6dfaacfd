package dev.serai.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.config.Problem;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a provider file that fits its schema, with its place in the file. Absent parts are sections too, without content. What
 * is wrong is collected, not thrown.
 */
final class Section {
    private final Origin origin;
    private final JsonNode node;
    private final String pointer;
    private final List<Problem> problems;

    private Section(Origin origin, JsonNode node, String pointer, List<Problem> problems) {
        this.origin = origin;
        this.node = node;
        this.pointer = pointer;
        this.problems = problems;
    }

    /** The whole file. */
    static Section root(Origin origin, List<Problem> problems) {
        return new Section(origin, origin.root(), "", problems);
    }

    /** The value of this key. */
    Section at(String key) {
        return new Section(origin, node.path(key), pointer + "/" + escaped(key), problems);
    }

    /** The value of this key here, or else there. */
    Section at(String key, Section otherwise) {
        return node.has(key) ? at(key) : otherwise.at(key);
    }

    /** The elements of a list; a single value counts as a list of one. */
    List<Section> items() {
        List<Section> items = new ArrayList<>();
        if (node.isArray()) {
            for (JsonNode item : node) {
                items.add(new Section(origin, item, pointer + "/" + items.size(), problems));
            }
        } else if (isPresent()) {
            items.add(this);
        }
        return items;
    }

    /** The entries of an object, in the file's order. */
    Map<String, Section> fields() {
        Map<String, Section> fields = new LinkedHashMap<>();
        node.properties().forEach(field -> fields.put(field.getKey(), at(field.getKey())));
        return fields;
    }

    boolean isPresent() {
        return !node.isMissingNode();
    }

    boolean isObject() {
        return node.isObject();
    }

    JsonNode node() {
        return node;
    }

    /** The text; empty if absent. */
    String text() {
        return node.asText();
    }

    /** The text; null if absent. */
    @Nullable
    String textOrNull() {
        return isPresent() ? node.asText() : null;
    }

    @Nullable
    Long numberOrNull() {
        return isPresent() ? node.longValue() : null;
    }

    /** The texts of a list, or the one text. */
    List<String> texts() {
        return items().stream().map(Section::text).toList();
    }

    /** The texts of an object, in the file's order. */
    Map<String, String> textFields() {
        Map<String, String> texts = new LinkedHashMap<>();
        fields().forEach((key, value) -> texts.put(key, value.text()));
        return texts;
    }

    /** The day; null if absent, or if there is no such day, which is a problem. */
    @Nullable
    LocalDate dateOrNull() {
        if (!isPresent()) {
            return null;
        }
        try {
            return LocalDate.parse(text());
        } catch (DateTimeException e) {
            problem("there is no day " + text());
            return null;
        }
    }

    /** Says that something is wrong here. */
    void problem(String reason) {
        problems.add(origin.problem(pointer, reason));
    }

    /** The line that this part begins on, as a problem here would give it. */
    int line() {
        return origin.problem(pointer, "").line();
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
