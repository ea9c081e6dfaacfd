package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.ToolChoice;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Feature;
import dev.serai.dialect.JsonTree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code tool_choice}: a word or an object. */
final class ResponsesToolChoice {
    private ResponsesToolChoice() {}

    static ToolChoice read(ResponsesValue choice, ResponsesToolNames names) throws CodecException {
        if (choice.isText()) {
            return switch (choice.asText()) {
                case "auto" -> new ToolChoice.Auto();
                case "none" -> new ToolChoice.None();
                case "required" -> new ToolChoice.Required();
                default -> throw choice.wrong("must be auto, none, required, or an object");
            };
        }
        String type = choice.asObject().require("type").asText();
        if (type.equals("function") || type.equals("custom")) {
            return new ToolChoice.Named(named(choice, names));
        }
        return type.equals("allowed_tools") ? allowed(choice, names) : opaque(choice);
    }

    private static ToolChoice allowed(ResponsesValue choice, ResponsesToolNames names) throws CodecException {
        List<String> allowed = new ArrayList<>();
        for (ResponsesValue tool : choice.require("tools").elements()) {
            String type = tool.asObject().require("type").asText();
            if (!type.equals("function") && !type.equals("custom")) {
                return opaque(choice);
            }
            allowed.add(named(tool, names));
        }
        return new ToolChoice.Allowed(allowed, "required".equals(choice.text("mode")));
    }

    /** Some clients write {@code {"type":"function","function":{"name":…}}}, as chat completions do. */
    private static String named(ResponsesValue tool, ResponsesToolNames names) throws CodecException {
        ResponsesValue nested = tool.object("function");
        String name = (nested == null ? tool : nested).require("name").asText();
        return names.ofConversation(name, tool.text("namespace"));
    }

    private static ToolChoice opaque(ResponsesValue choice) {
        return new ToolChoice.Opaque(OpenAiResponsesCodec.ID, JsonTree.raw(choice.node()));
    }

    /** Null if the choice cannot be said; that is named. */
    static @Nullable JsonNode write(ToolChoice choice, ChatRequest request, Collection<Dropped> dropped) {
        ResponsesToolNames names = new ResponsesToolNames(request.tools());
        if (choice instanceof ToolChoice.Named named) {
            return tool(named.name(), request, names);
        }
        if (choice instanceof ToolChoice.Allowed allowed) {
            ObjectNode written = JsonTree.NODES
                    .objectNode()
                    .put("type", "allowed_tools")
                    .put("mode", allowed.required() ? "required" : "auto");
            ArrayNode tools = written.putArray("tools");
            allowed.names().forEach(name -> tools.add(tool(name, request, names)));
            return written;
        }
        if (choice instanceof ToolChoice.Opaque opaque) {
            return opaque(opaque, dropped);
        }
        return TextNode.valueOf(word(choice));
    }

    private static String word(ToolChoice choice) {
        if (choice instanceof ToolChoice.Required) {
            return "required";
        }
        return choice instanceof ToolChoice.None ? "none" : "auto";
    }

    private static ObjectNode tool(String name, ChatRequest request, ResponsesToolNames names) {
        return JsonTree.NODES
                .objectNode()
                .put("type", request.hasCustomTool(name) ? "custom" : "function")
                .put("name", names.ofClient(name).name());
    }

    private static @Nullable JsonNode opaque(ToolChoice.Opaque opaque, Collection<Dropped> dropped) {
        if (opaque.dialect().equals(OpenAiResponsesCodec.ID)) {
            return JsonTree.leaf(opaque.json());
        }
        dropped.add(Dropped.of(Feature.TOOL_CHOICE, "a choice that only " + opaque.dialect() + " knows"));
        return null;
    }
}
