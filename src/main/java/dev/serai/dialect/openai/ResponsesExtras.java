package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Extra;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.JsonTree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fields that the model has no place for. One of the body or of an object in it is an {@link Extra} by its name: {@code truncation},
 * {@code reasoning.context}. One of an item, a part or a tool is gathered over all of them, so that it is named once: {@code
 * input[].phase} is an object of the values by the number of the item, {@code input[].content[].detail} by item and part ({@code 3.0}),
 * {@code tools[].defer_loading} by the name of the tool. Items are counted as the encoder writes them.
 */
final class ResponsesExtras {
    /** Whose members may be extras by a name with a dot. */
    private static final Set<String> GROUPS = Set.of("reasoning", "text");

    private static final String ITEM = "input[].";
    private static final String TOOL = "tools[].";
    private static final String CONTENT = "content";
    private static final String OUTPUT = "output";
    private static final String PART = "[].";

    private final Map<String, JsonNode> found = new LinkedHashMap<>();

    void add(String name, JsonNode value) {
        if (!value.isNull()) {
            found.putIfAbsent(name, value);
        }
    }

    void ofItem(int item, String name, JsonNode value) {
        gather(ITEM + name, Integer.toString(item), value);
    }

    /** @param list {@code content} or {@code output} */
    void ofPart(int item, String list, int part, String name, JsonNode value) {
        gather(ITEM + list + PART + name, item + "." + part, value);
    }

    void ofTool(String tool, String name, JsonNode value) {
        gather(TOOL + name, tool, value);
    }

    private void gather(String name, String key, JsonNode value) {
        if (!value.isNull()
                && found.computeIfAbsent(name, n -> JsonTree.NODES.objectNode()) instanceof ObjectNode all) {
            all.set(key, value);
        }
    }

    List<Extra> toList() {
        List<Extra> extras = new ArrayList<>(found.size());
        found.forEach((name, value) -> extras.add(new Extra(OpenAiResponsesCodec.ID, name, JsonTree.raw(value))));
        return extras;
    }

    /** Writes the dialect's own extras to where they were, unless something stands there; names the others. */
    static void writeBack(List<Extra> extras, ObjectNode body, Collection<Dropped> dropped) {
        for (Extra extra : extras) {
            if (!extra.dialect().equals(OpenAiResponsesCodec.ID)) {
                dropped.add(Dropped.of(extra));
                continue;
            }
            writeBack(extra.name(), JsonTree.tree(extra.value()), body);
        }
    }

    private static void writeBack(String name, JsonNode value, ObjectNode body) {
        int dot = name.indexOf('.');
        if (name.startsWith(ITEM) && value.isObject()) {
            value.properties().forEach(entry -> toItem(entry.getKey(), name.substring(ITEM.length()), entry, body));
        } else if (name.startsWith(TOOL) && value.isObject()) {
            value.properties()
                    .forEach(entry -> set(
                            tool(body.path("tools"), entry.getKey()), name.substring(TOOL.length()), entry.getValue()));
        } else if (dot > 0 && GROUPS.contains(name.substring(0, dot))) {
            String group = name.substring(0, dot);
            JsonNode parent = body.has(group) ? body.get(group) : body.putObject(group);
            set(parent, name.substring(dot + 1), value);
        } else if (name.equals("include")) {
            value.forEach(body.withArrayProperty("include")::add);
        } else {
            set(body, name, value);
        }
    }

    private static void toItem(String key, String name, Map.Entry<String, JsonNode> entry, ObjectNode body) {
        String[] place = key.split("\\.", 2);
        JsonNode item = body.path("input").path(index(place[0]));
        for (String list : List.of(CONTENT, OUTPUT)) {
            if (place.length == 2 && name.startsWith(list + PART) && item instanceof ObjectNode object) {
                JsonNode part = parts(object, list).path(index(place[1]));
                set(part, name.substring(list.length() + PART.length()), entry.getValue());
                return;
            }
        }
        set(item, name, entry.getValue());
    }

    /** The parts of an item; what was written as a text for short becomes one part. */
    private static JsonNode parts(ObjectNode item, String list) {
        JsonNode parts = item.path(list);
        if (!parts.isTextual()) {
            return parts;
        }
        ArrayNode one = item.putArray(list);
        boolean said = "assistant".equals(item.path("role").textValue());
        one.addObject().put("type", said ? "output_text" : "input_text").put("text", parts.textValue());
        return one;
    }

    private static int index(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static @Nullable JsonNode tool(JsonNode tools, String name) {
        for (JsonNode tool : tools) {
            if (name.equals(tool.path("name").textValue())) {
                return tool;
            }
            for (JsonNode inner : tool.path("tools")) {
                String namespace = tool.path("name").asText();
                if (ResponsesToolNames.qualified(namespace, inner.path("name").asText())
                        .equals(name)) {
                    return inner;
                }
            }
        }
        return null;
    }

    private static void set(@Nullable JsonNode parent, String name, JsonNode value) {
        if (parent instanceof ObjectNode object && !object.has(name)) {
            object.set(name, value);
        }
    }
}
