package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arguments that come value by value, each with its place ({@code $.rooms[0].name}), and texts in several pieces. Places are taken one
 * after the other, as Google sends them. Not thread-safe.
 */
final class PartialArguments {
    private static final int MAX_INDEX = 10_000;
    private static final int MAX_DEPTH = 100;

    private final ObjectNode root = Json.object();
    private final StringBuilder text = new StringBuilder();
    private String place = "";

    /** Takes one of the {@code partialArgs}. */
    void add(JsonNode piece) {
        String path = piece.path("jsonPath").asText("");
        if (!path.equals(place)) {
            flush();
        }
        JsonNode words = piece.get("stringValue");
        if (words != null && words.isTextual()) {
            place = path;
            text.append(words.textValue());
        } else if (piece.has("numberValue")) {
            put(path, piece.get("numberValue"));
        } else if (piece.has("boolValue")) {
            put(path, piece.get("boolValue"));
        } else if (piece.has("nullValue")) {
            put(path, Json.nothing());
        }
    }

    /** Takes whole arguments, which some calls have besides. */
    void addAll(ObjectNode whole) {
        flush();
        root.setAll(whole);
    }

    ObjectNode finish() {
        flush();
        return root;
    }

    private void flush() {
        if (!place.isEmpty()) {
            put(place, Json.words(text.toString()));
            text.setLength(0);
            place = "";
        }
    }

    private void put(String path, JsonNode value) {
        List<Object> steps = steps(path);
        if (steps == null || steps.isEmpty()) {
            return;
        }
        ContainerNode<?> at = root;
        for (int i = 0; i < steps.size() - 1; i++) {
            JsonNode next = step(at, steps.get(i), steps.get(i + 1) instanceof Integer);
            if (!(next instanceof ContainerNode<?> container)) {
                return;
            }
            at = container;
        }
        set(at, steps.get(steps.size() - 1), value);
    }

    private static @Nullable JsonNode step(ContainerNode<?> at, Object step, boolean intoList) {
        JsonNode next = at instanceof ArrayNode list && step instanceof Integer index ? list.get(index) : null;
        if (at instanceof ObjectNode object) {
            next = object.get(step.toString());
        }
        if (next == null || next.isNull()) {
            next = intoList ? Json.array() : Json.object();
            set(at, step, next);
        }
        return next;
    }

    private static void set(ContainerNode<?> at, Object step, JsonNode value) {
        if (at instanceof ObjectNode object) {
            object.set(step.toString(), value);
        } else if (at instanceof ArrayNode list && step instanceof Integer index) {
            while (list.size() <= index) {
                list.addNull();
            }
            list.set(index, value);
        }
    }

    /** Names and indexes; null if the path is none, or leads beyond all bounds. */
    private static @Nullable List<Object> steps(String path) {
        List<Object> steps = new ArrayList<>();
        int at = path.startsWith("$") ? 1 : 0;
        while (at < path.length()) {
            if (path.charAt(at) == '[') {
                int end = end(path, at);
                if (end < 0 || !addBracket(path.substring(at + 1, end), steps)) {
                    return null;
                }
                at = end + 1;
            } else {
                int from = path.charAt(at) == '.' ? at + 1 : at;
                int to = from;
                while (to < path.length() && path.charAt(to) != '.' && path.charAt(to) != '[') {
                    to++;
                }
                if (to == from) {
                    return null;
                }
                steps.add(path.substring(from, to));
                at = to;
            }
        }
        return steps.size() > MAX_DEPTH ? null : steps;
    }

    /** The bracket that closes; a name in quotes may hold brackets itself. */
    private static int end(String path, int open) {
        char quote = open + 1 < path.length() ? path.charAt(open + 1) : ']';
        if (quote != '\'' && quote != '"') {
            return path.indexOf(']', open);
        }
        int end = path.indexOf(quote + "]", open + 2);
        return end < 0 ? -1 : end + 1;
    }

    private static boolean addBracket(String inner, List<Object> steps) {
        boolean quoted = inner.length() >= 2 && (inner.charAt(0) == '\'' || inner.charAt(0) == '"');
        if (quoted) {
            return steps.add(inner.substring(1, inner.length() - 1));
        }
        try {
            int index = Integer.parseInt(inner);
            return index >= 0 && index <= MAX_INDEX && steps.add(index);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
