package dev.serai.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.sandbox.Script.ToolCall;
import dev.serai.sandbox.Script.Words;
import java.util.ArrayList;
import java.util.List;

/** <a href="https://platform.openai.com/docs/api-reference/chat">OpenAI's chat completions</a>. */
final class ChatFormat implements Format {
    static final String DIALECT = "openai-chat";

    @Override
    public Ask read(ObjectNode request) {
        String model = Json.requiredText(request, "model");
        String userText = "";
        int words = 0;
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
                last.path("role").asText().equals("tool") ? Json.text(last.path("content")) : null,
                Tool.chosen(tools(request), request.path("tool_choice")),
                words,
                request);
    }

    private static List<Tool> tools(JsonNode request) {
        List<Tool> tools = new ArrayList<>();
        request.path("tools").forEach(tool -> {
            if (tool.path("type").asText().equals("function")) {
                JsonNode function = tool.path("function");
                tools.add(new Tool(Json.requiredText(function, "name"), function.path("parameters")));
            }
        });
        return tools;
    }

    @Override
    public ObjectNode whole(Take take) {
        ObjectNode choice = Json.object().put("index", 0);
        choice.set("message", take.answer().either(ChatFormat::message, call -> message(take, call)));
        choice.putNull("logprobs").put("finish_reason", finishReason(take));
        ObjectNode whole = head(take, "chat.completion");
        whole.set("choices", Json.array(choice));
        whole.set("usage", usage(take));
        return whole;
    }

    private static ObjectNode message(Words words) {
        ObjectNode message = Json.object().put("role", "assistant").put("content", words.text());
        message.putNull("refusal").putArray("annotations");
        return message;
    }

    private static ObjectNode message(Take take, ToolCall call) {
        ObjectNode message = Json.object().put("role", "assistant").putNull("content");
        message.putNull("refusal").putArray("annotations");
        message.set("tool_calls", Json.array(toolCall(take, call.name(), call.arguments())));
        return message;
    }

    static ObjectNode toolCall(Take take, String name, String arguments) {
        ObjectNode call = Json.object().put("id", "call_" + take.id()).put("type", "function");
        call.putObject("function").put("name", name).put("arguments", arguments);
        return call;
    }

    static ObjectNode head(Take take, String object) {
        return Json.object()
                .put("id", "chatcmpl-" + take.id())
                .put("object", object)
                .put("created", take.createdSeconds())
                .put("model", take.model());
    }

    static String finishReason(Take take) {
        return take.answer().either(words -> "stop", call -> "tool_calls");
    }

    static ObjectNode usage(Take take) {
        return Json.object()
                .put("prompt_tokens", take.inputTokens())
                .put("completion_tokens", take.outputTokens())
                .put("total_tokens", take.inputTokens() + take.outputTokens());
    }

    @Override
    public EventWriter events(Take take) {
        return new ChatEvents(take);
    }
}
