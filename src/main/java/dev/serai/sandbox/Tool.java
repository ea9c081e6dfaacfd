package dev.serai.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tool that a request offers.
 *
 * @param name   the function's name
 * @param schema the JSON schema of its arguments; a missing node if the request has none
 */
record Tool(String name, JsonNode schema) {
    /**
     * The tool that a model which always calls one would call: the one that the request's {@code tool_choice} names,
     * else the first; null if there is none or the choice forbids them. The dialects write the choice differently,
     * but never the same thing for two meanings, so one reading serves them all.
     */
    static @Nullable Tool chosen(List<Tool> tools, JsonNode choice) {
        if (choice.asText().equals("none") || choice.path("type").asText().equals("none")) {
            return null;
        }
        String name =
                choice.path("function").path("name").asText(choice.path("name").asText());
        Tool first = tools.isEmpty() ? null : tools.get(0);
        return tools.stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElse(first);
    }
}
