package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.serai.conversation.ChatRequestBuilder;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Tool;
import dev.serai.conversation.ToolChoice;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonMembers;
import dev.serai.dialect.JsonTree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the tools of a request, and the choice among them. */
final class ToolDecoder {
    private static final String CHOICE = "tool_choice";

    private final List<Extra> extras;

    ToolDecoder(List<Extra> extras) {
        this.extras = extras;
    }

    List<Tool> tools(JsonMembers body) throws CodecException {
        ArrayNode values = body.list("tools");
        List<Tool> tools = new ArrayList<>();
        for (int i = 0; values != null && i < values.size(); i++) {
            tools.add(tool(Json.members(values.get(i), "tools[" + i + "]")));
        }
        return tools;
    }

    private Tool tool(JsonMembers tool) throws CodecException {
        String type = tool.text("type");
        if (type != null && !type.equals("custom")) {
            return new Tool.BuiltIn(AnthropicMessagesCodec.DIALECT, type, JsonTree.raw(tool.node()));
        }
        JsonNode schema = tool.any("input_schema");
        if (schema != null && !schema.isObject()) {
            throw Json.wrong(tool, "input_schema", "must be an object");
        }
        Tool.Function function = new Tool.Function(
                tool.requiredText("name"),
                tool.text("description"),
                schema == null ? null : JsonTree.raw(schema),
                tool.flag("strict"),
                null,
                CacheMarks.read(tool, extras));
        tool.leftOver(AnthropicMessagesCodec.DIALECT, extras);
        return function;
    }

    void choice(JsonMembers body, ChatRequestBuilder request) throws CodecException {
        JsonMembers choice = body.object(CHOICE);
        if (choice == null) {
            return;
        }
        ToolChoice read = choice(choice);
        if (read == null) {
            request.toolChoice(new ToolChoice.Opaque(AnthropicMessagesCodec.DIALECT, JsonTree.raw(choice.node())));
            return;
        }
        Boolean disabled = choice.flag("disable_parallel_tool_use");
        request.toolChoice(read).parallelToolCalls(disabled == null ? null : Boolean.valueOf(!disabled));
        choice.leftOver(AnthropicMessagesCodec.DIALECT, extras);
    }

    private static @Nullable ToolChoice choice(JsonMembers choice) throws CodecException {
        return switch (choice.requiredText("type")) {
            case "auto" -> new ToolChoice.Auto();
            case "any" -> new ToolChoice.Required();
            case "none" -> new ToolChoice.None();
            case "tool" -> new ToolChoice.Named(choice.requiredText("name"));
            default -> null;
        };
    }
}
