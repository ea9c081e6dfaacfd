package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Extra;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts fields without a place in the model back where they stood. */
final class Extras {
    /** Objects that may be missing because nothing else was in them. */
    private static final Set<String> MADE_AGAIN = Set.of(
            "generationConfig",
            "generationConfig.thinkingConfig",
            "generationConfig.speechConfig",
            "toolConfig",
            "toolConfig.functionCallingConfig",
            "usageMetadata");

    private Extras() {}

    /**
     * @param skip the beginning of names whose place is not known any more; null if all are
     */
    static void write(List<Extra> extras, ObjectNode body, @Nullable String skip, Drops drops) {
        for (Extra extra : extras) {
            boolean lost = skip != null && extra.name().startsWith(skip);
            if (!extra.dialect().equals(Gemini.ID) || lost || !put(body, extra.name(), Json.leaf(extra.value()))) {
                drops.add(extra);
            }
        }
    }

    /** False if the object that the field was in is not there. */
    private static boolean put(ObjectNode body, String path, JsonNode value) {
        ObjectNode at = body;
        int from = 0;
        while (true) {
            int dot = path.indexOf('.', from);
            ObjectNode next = dot < 0 ? null : step(at, path.substring(from, dot), path.substring(0, dot));
            if (next == null) {
                break;
            }
            at = next;
            from = dot + 1;
        }
        String name = path.substring(from);
        boolean lost = name.indexOf('[') >= 0 && name.indexOf('.') >= 0;
        if (!lost) {
            at.set(name, value);
        }
        return !lost;
    }

    private static @Nullable ObjectNode step(ObjectNode at, String step, String path) {
        int bracket = step.indexOf('[');
        if (bracket < 0) {
            if (!at.has(step) && MADE_AGAIN.contains(path)) {
                return at.putObject(step);
            }
            return at.get(step) instanceof ObjectNode object ? object : null;
        }
        if (!(at.get(step.substring(0, bracket)) instanceof ArrayNode list) || !step.endsWith("]")) {
            return null;
        }
        try {
            int index = Integer.parseInt(step.substring(bracket + 1, step.length() - 1));
            return list.get(index) instanceof ObjectNode object ? object : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
