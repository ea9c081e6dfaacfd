package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.serai.conversation.ChatRequestBuilder;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Tool;
import dev.serai.conversation.ToolChoice;
import dev.serai.dialect.CodecException;
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

    List<Tool> tools(Fields body) throws CodecException {
        ArrayNode values = body.array("tools");
        List<Tool> tools = new ArrayList<>();
        for (int i = 0; values != null && i < values.size(); i++) {
            tools.add(tool(Fields.of(values.get(i), "tools[" + i + "]")));
        }
        return tools;
    }

    private Tool tool(Fields tool) throws CodecException {
        String type = tool.text("type");
        if (type != null && !type.equals("custom")) {
            return new Tool.BuiltIn(AnthropicMessagesCodec.DIALECT, type, Json.toRaw(tool.object()));
        }
        JsonNode schema = tool.any("input_schema");
        if (schema != null && !schema.isObject()) {
            throw tool.wrong("input_schema", "must be an object");
        }
        Tool.Function function = new Tool.Function(
                tool.requiredText("name"),
                tool.text("description"),
                schema == null ? null : Json.toRaw(schema),
                tool.flag("strict"),
                null,
                CacheMarks.read(tool, extras));
        tool.unread(extras);
        return function;
    }

    void choice(Fields body, ChatRequestBuilder request) throws CodecException {
        Fields choice = body.object(CHOICE);
        if (choice == null) {
            return;
        }
        ToolChoice read = choice(choice);
        if (read == null) {
            request.toolChoice(new ToolChoice.Opaque(AnthropicMessagesCodec.DIALECT, Json.toRaw(choice.object())));
            return;
        }
        Boolean disabled = choice.flag("disable_parallel_tool_use");
        request.toolChoice(read).parallelToolCalls(disabled == null ? null : Boolean.valueOf(!disabled));
        choice.unread(extras);
    }

    private static @Nullable ToolChoice choice(Fields choice) throws CodecException {
        return switch (choice.requiredText("type")) {
            case "auto" -> new ToolChoice.Auto();
            case "any" -> new ToolChoice.Required();
            case "none" -> new ToolChoice.None();
            case "tool" -> new ToolChoice.Named(choice.requiredText("name"));
            default -> null;
        };
    }
}
