package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.Tool;
import dev.serai.conversation.ToolChoice;
import dev.serai.dialect.CustomToolInput;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Feature;
import dev.serai.dialect.JsonTree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes tools and the choice among them. Only OpenAI's newer models know custom tools and a choice of several tools, and those are
 * asked in their own dialect; so a custom tool becomes a function with one string, and of several tools only the allowed ones are sent.
 */
final class ChatToolsEncoder {
    private final ChatRequest request;
    private final List<Dropped> dropped;
    private final ArrayNode written = JsonTree.NODES.arrayNode();
    private final List<@Nullable JsonNode> places = new ArrayList<>();

    ChatToolsEncoder(ChatRequest request, List<Dropped> dropped) {
        this.request = request;
        this.dropped = dropped;
    }

    /** Where the tools of the request are now; null for one that was left out. */
    List<@Nullable JsonNode> places() {
        return places;
    }

    void write(ObjectNode body) {
        ToolChoice choice = request.toolChoice();
        for (Tool tool : request.tools()) {
            JsonNode node = isAllowed(tool, choice) ? tool(tool) : null;
            places.add(node);
            if (node != null) {
                written.add(node);
            }
        }
        if (!written.isEmpty()) {
            body.set("tools", written);
        }
        writeChoice(choice, body);
        writeParallel(body);
    }

    private static boolean isAllowed(Tool tool, @Nullable ToolChoice choice) {
        if (!(choice instanceof ToolChoice.Allowed allowed)) {
            return true;
        }
        String name = tool instanceof Tool.Function function
                ? function.name()
                : tool instanceof Tool.Custom custom ? custom.name() : ((Tool.BuiltIn) tool).type();
        return allowed.names().contains(name);
    }

    private @Nullable JsonNode tool(Tool tool) {
        if (tool instanceof Tool.Function function) {
            return function(function);
        }
        if (tool instanceof Tool.Custom custom) {
            return custom(custom);
        }
        Tool.BuiltIn builtIn = (Tool.BuiltIn) tool;
        if (builtIn.dialect().equals(OpenAiChatCodec.DIALECT)) {
            return JsonTree.leaf(builtIn.json());
        }
        dropped.add(Dropped.of(builtIn));
        return null;
    }

    private JsonNode function(Tool.Function function) {
        if (function.cache() != null) {
            dropped.add(Dropped.of(Feature.CACHE_CONTROL, ChatMessagesEncoder.NO_MARKS));
        }
        RawJson parameters = OpenAiSchemas.parameters(function.parameters());
        RawJson strict = Boolean.TRUE.equals(function.strict()) ? OpenAiSchemas.strict(parameters) : null;
        ObjectNode node = function(function.name(), function.description(), strict == null ? parameters : strict);
        if (strict != null || Boolean.FALSE.equals(function.strict())) {
            ((ObjectNode) node.path("function")).put("strict", strict != null);
        } else if (function.strict() != null) {
            dropped.add(Dropped.of(Feature.STRICT, "a strict schema closes every object and requires every property"));
        }
        return node;
    }

    private static ObjectNode function(String name, @Nullable String description, RawJson parameters) {
        ObjectNode node = JsonTree.NODES.objectNode();
        node.put("type", "function");
        ObjectNode function = node.putObject("function");
        function.put("name", name);
        if (description != null) {
            function.put("description", description);
        }
        function.set("parameters", JsonTree.leaf(parameters));
        return node;
    }

    /** A grammar is told in words, because nothing will hold the model to it. */
    private JsonNode custom(Tool.Custom custom) {
        String description = custom.description();
        if (custom.format() != null) {
            JsonNode grammar = JsonTree.tree(custom.format()).path("grammar");
            JsonNode format = grammar.isObject() ? grammar : JsonTree.tree(custom.format());
            String definition = format.path("definition").asText("");
            if (!definition.isEmpty()) {
                String told = "The input follows this grammar ("
                        + format.path("syntax").asText("grammar") + "):\n" + definition;
                description = description == null ? told : description + "\n\n" + told;
            }
            dropped.add(Dropped.of(Feature.CUSTOM_TOOL_FORMAT, "a function has no grammar; it is told in words"));
        }
        return function(custom.name(), description, new RawJson(CustomToolInput.SCHEMA));
    }

    private void writeChoice(@Nullable ToolChoice choice, ObjectNode body) {
        if (choice == null) {
            return;
        }
        JsonNode node = choice(choice);
        if (written.isEmpty() || node == null) {
            dropped.add(Dropped.of(Feature.TOOL_CHOICE, "there is no such tool to choose"));
        } else {
            body.set("tool_choice", node);
        }
    }

    private static @Nullable JsonNode choice(ToolChoice choice) {
        if (choice instanceof ToolChoice.Auto) {
            return JsonTree.NODES.textNode("auto");
        }
        if (choice instanceof ToolChoice.None) {
            return JsonTree.NODES.textNode("none");
        }
        if (choice instanceof ToolChoice.Required) {
            return JsonTree.NODES.textNode("required");
        }
        if (choice instanceof ToolChoice.Allowed allowed) {
            return JsonTree.NODES.textNode(allowed.required() ? "required" : "auto");
        }
        if (choice instanceof ToolChoice.Named named) {
            ObjectNode node = JsonTree.NODES.objectNode();
            node.put("type", "function");
            node.putObject("function").put("name", named.name());
            return node;
        }
        ToolChoice.Opaque opaque = (ToolChoice.Opaque) choice;
        return opaque.dialect().equals(OpenAiChatCodec.DIALECT) ? JsonTree.leaf(opaque.json()) : null;
    }

    private void writeParallel(ObjectNode body) {
        if (request.parallelToolCalls() == null) {
            return;
        }
        if (written.isEmpty()) {
            dropped.add(Dropped.of(Feature.PARALLEL_TOOL_CALLS, "there are no tools"));
        } else {
            body.put("parallel_tool_calls", request.parallelToolCalls());
        }
    }
}
