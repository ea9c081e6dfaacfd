package dev.serai.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.sandbox.Script.ToolCall;
import dev.serai.sandbox.Script.Words;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** <a href="https://docs.anthropic.com/en/api/messages">Anthropic's messages</a>. */
final class MessagesFormat implements Format {
    static final String DIALECT = "anthropic-messages";

    @Override
    public Ask read(ObjectNode request) {
        String model = Json.requiredText(request, "model");
        if (request.path("max_tokens").asInt() < 1) {
            throw Json.wrong("'max_tokens' must be a whole number of at least 1.", "max_tokens");
        }
        String userText = "";
        int words = Words.count(Json.text(request.path("system")));
        JsonNode last = Json.object();
        for (JsonNode message : Json.requiredList(request, "messages")) {
            last = message;
            String text = Json.text(message.path("content"));
            words += Words.count(text);
            userText = message.path("role").asText().equals("user") ? text : userText;
        }
        return new Ask(
                model,
                request.path("stream").asBoolean(),
                userText,
                toolResult(last),
                Tool.chosen(tools(request), request.path("tool_choice")),
                words,
                request);
    }

    private static @Nullable String toolResult(JsonNode message) {
        String result = null;
        for (JsonNode block : message.path("content")) {
            if (block.path("type").asText().equals("tool_result")) {
                result = Json.text(block.path("content"));
            }
        }
        return result;
    }

    /** Tools that Anthropic itself would run have no schema; they are not for the sandbox to call. */
    private static List<Tool> tools(JsonNode request) {
        List<Tool> tools = new ArrayList<>();
        request.path("tools").forEach(tool -> {
            if (tool.has("input_schema")) {
                tools.add(new Tool(Json.requiredText(tool, "name"), tool.path("input_schema")));
            }
        });
        return tools;
    }

    @Override
    public ObjectNode whole(Take take) {
        JsonNode block =
                take.answer().either(words -> text(words.text()), call -> toolUse(take, call, call.arguments()));
        ObjectNode whole = head(take);
        whole.set("content", Json.array(block));
        whole.put("stop_reason", stopReason(take)).putNull("stop_sequence");
        whole.set("usage", usage(take, take.outputTokens()));
        return whole;
    }

    static ObjectNode text(String text) {
        return Json.object().put("type", "text").put("text", text);
    }

    /** @param input the arguments, an object as JSON text */
    static ObjectNode toolUse(Take take, ToolCall call, String input) {
        ObjectNode block = Json.object().put("type", "tool_use").put("id", "toolu_" + take.id());
        block.put("name", call.name()).set("input", Json.tree(input));
        return block;
    }

    static ObjectNode head(Take take) {
        return Json.object()
                .put("id", "msg_" + take.id())
                .put("type", "message")
                .put("role", "assistant")
                .put("model", take.model());
    }

    static String stopReason(Take take) {
        return take.answer().either(words -> "end_turn", call -> "tool_use");
    }

    static ObjectNode usage(Take take, int outputTokens) {
        return Json.object()
                .put("input_tokens", take.inputTokens())
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", 0)
                .put("output_tokens", outputTokens);
    }

    @Override
    public EventWriter events(Take take) {
        return new MessagesEvents(take);
    }
}
