package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.Tool;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Feature;
import dev.serai.dialect.JsonTree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code tools}: functions, custom tools, namespaces of both, and what the provider runs itself. */
final class ResponsesTools {
    private static final Set<String> KNOWN =
            Set.of("type", "name", "description", "parameters", "strict", "format", "function");

    private ResponsesTools() {}

    /** Reads tools; one that was declared before under the same name is left out. */
    static final class Reader {
        private final ResponsesExtras extras;
        private final List<Tool> tools = new ArrayList<>();
        private final Set<String> names = new HashSet<>();

        Reader(ResponsesExtras extras) {
            this.extras = extras;
        }

        List<Tool> tools() {
            return tools;
        }

        void read(ResponsesValue all) throws CodecException {
            for (ResponsesValue tool : all.elements()) {
                read(tool.asObject(), null);
            }
        }

        private void read(ResponsesValue tool, @Nullable String namespace) throws CodecException {
            String type = tool.require("type").asText();
            switch (type) {
                case "function" -> function(tool, namespace);
                case "custom" -> custom(tool, namespace);
                case "namespace" -> namespace(tool);
                default -> tools.add(new Tool.BuiltIn(OpenAiResponsesCodec.ID, type, JsonTree.raw(tool.node())));
            }
        }

        private void namespace(ResponsesValue tool) throws CodecException {
            String name = tool.require("name").asText();
            String description = tool.text("description");
            if (description != null && !description.isEmpty()) {
                extras.ofTool(name, "description", tool.node().get("description"));
            }
            ResponsesValue inner = tool.get("tools");
            if (inner != null) {
                for (ResponsesValue one : inner.elements()) {
                    read(one.asObject(), name);
                }
            }
        }

        private void function(ResponsesValue tool, @Nullable String namespace) throws CodecException {
            // Some clients write a function as chat completions do.
            ResponsesValue nested = tool.object("function");
            ResponsesValue function = nested == null ? tool : nested;
            String name = name(function, namespace);
            ResponsesValue parameters = function.object("parameters");
            if (names.add(name)) {
                tools.add(new Tool.Function(
                        name,
                        function.text("description"),
                        parameters == null ? null : JsonTree.raw(parameters.node()),
                        function.flag("strict"),
                        namespace,
                        null));
                unknown(tool, name);
            }
        }

        private void custom(ResponsesValue tool, @Nullable String namespace) throws CodecException {
            String name = name(tool, namespace);
            ResponsesValue format = tool.object("format");
            if (names.add(name)) {
                tools.add(new Tool.Custom(
                        name,
                        tool.text("description"),
                        format == null ? null : JsonTree.raw(format.node()),
                        namespace));
                unknown(tool, name);
            }
        }

        private static String name(ResponsesValue tool, @Nullable String namespace) throws CodecException {
            ResponsesValue name = tool.require("name");
            if (name.asText().isEmpty()) {
                throw name.wrong("must not be empty");
            }
            return namespace == null ? name.asText() : ResponsesToolNames.qualified(namespace, name.asText());
        }

        private void unknown(ResponsesValue tool, String name) {
            for (Map.Entry<String, JsonNode> member : tool.members()) {
                if (!KNOWN.contains(member.getKey())) {
                    extras.ofTool(name, member.getKey(), member.getValue());
                }
            }
        }
    }

    /** Writes tools; those of a namespace stand together where the first of them stood. */
    static ArrayNode write(List<Tool> tools, Collection<Dropped> dropped) {
        ResponsesToolNames names = new ResponsesToolNames(tools);
        Map<String, ArrayNode> namespaces = new HashMap<>();
        ArrayNode all = JsonTree.NODES.arrayNode(tools.size());
        for (Tool tool : tools) {
            if (tool instanceof Tool.Function function) {
                function(function, names, list(function.namespace(), namespaces, all), dropped);
            } else if (tool instanceof Tool.Custom custom) {
                custom(custom, names, list(custom.namespace(), namespaces, all));
            } else if (tool instanceof Tool.BuiltIn builtIn) {
                builtIn(builtIn, all, dropped);
            }
        }
        return all;
    }

    private static ArrayNode list(@Nullable String namespace, Map<String, ArrayNode> namespaces, ArrayNode all) {
        return namespace == null
                ? all
                : namespaces.computeIfAbsent(namespace, name -> all.addObject()
                        .put("type", "namespace")
                        .put("name", name)
                        .put("description", name)
                        .putArray("tools"));
    }

    private static void function(
            Tool.Function function, ResponsesToolNames names, ArrayNode into, Collection<Dropped> dropped) {
        RawJson parameters = OpenAiSchemas.parameters(function.parameters());
        RawJson strict = strict(function.strict(), parameters, dropped);
        ObjectNode tool = head(into, "function", names.ofClient(function.name()), function.description());
        tool.set("parameters", JsonTree.leaf(strict == null ? parameters : strict));
        // Always said, because responses take silence for yes, and every other dialect for no.
        tool.put("strict", strict != null);
        if (function.cache() != null) {
            dropped.add(Dropped.of(Feature.CACHE_CONTROL, "OpenAI caches on its own"));
        }
    }

    private static void custom(Tool.Custom custom, ResponsesToolNames names, ArrayNode into) {
        ObjectNode tool = head(into, "custom", names.ofClient(custom.name()), custom.description());
        if (custom.format() != null) {
            tool.set("format", JsonTree.leaf(custom.format()));
        }
    }

    private static ObjectNode head(
            ArrayNode into, String type, ResponsesToolNames.Name name, @Nullable String description) {
        ObjectNode tool = into.addObject().put("type", type).put("name", name.name());
        if (description != null) {
            tool.put("description", description);
        }
        return tool;
    }

    private static void builtIn(Tool.BuiltIn builtIn, ArrayNode all, Collection<Dropped> dropped) {
        if (builtIn.dialect().equals(OpenAiResponsesCodec.ID)) {
            all.add(JsonTree.leaf(builtIn.json()));
        } else {
            dropped.add(Dropped.of(builtIn));
        }
    }

    /** The schema to be followed strictly; null if that is not wanted, or not possible, which is named. */
    static @Nullable RawJson strict(@Nullable Boolean wanted, RawJson schema, Collection<Dropped> dropped) {
        if (!Boolean.TRUE.equals(wanted)) {
            return null;
        }
        RawJson strict = OpenAiSchemas.strict(schema);
        if (strict == null) {
            dropped.add(Dropped.of(Feature.STRICT, "a strict schema closes every object and requires every property"));
        }
        return strict;
    }
}
