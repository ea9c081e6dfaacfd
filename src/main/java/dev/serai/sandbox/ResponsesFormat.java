package dev.serai.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.serai.sandbox.Script.ToolCall;
import dev.serai.sandbox.Script.Words;
import java.util.ArrayList;
import java.util.List;

/** <a href="https://platform.openai.com/docs/api-reference/responses">OpenAI's responses</a>. */
final class ResponsesFormat implements Format {
    static final String DIALECT = "openai-responses";

    @Override
    public Ask read(ObjectNode request) {
        String model = Json.requiredText(request, "model");
        String userText = "";
        int words = Words.count(Json.text(request.path("instructions")));
        JsonNode last = Json.object();
        for (JsonNode item : items(request)) {
            last = item;
            String text = Json.text(item.path("content"));
            words += Words.count(text);
            userText = item.path("role").asText().equals("user") ? text : userText;
        }
        boolean result = last.path("type").asText().equals("function_call_output");
        return new Ask(
                model,
                request.path("stream").asBoolean(),
                userText,
                result ? Json.text(last.path("output")) : null,
                Tool.chosen(tools(request), request.path("tool_choice")),
                words,
                request);
    }

    /** The input's items; an input that is a text stands for one message of the user. */
    private static List<JsonNode> items(ObjectNode request) {
        return request.path("input") instanceof TextNode text
                ? List.of(Json.object().put("role", "user").set("content", text))
                : Json.requiredList(request, "input");
    }

    private static List<Tool> tools(JsonNode request) {
        List<Tool> tools = new ArrayList<>();
        request.path("tools").forEach(tool -> {
            if (tool.path("type").asText().equals("function")) {
                tools.add(new Tool(Json.requiredText(tool, "name"), tool.path("parameters")));
            }
        });
        return tools;
    }

    @Override
    public ObjectNode whole(Take take) {
        ObjectNode whole = response(take, "completed");
        whole.set("output", Json.array(item(take)));
        whole.set("usage", usage(take));
        return whole;
    }

    /** The one item of the output, complete. */
    static ObjectNode item(Take take) {
        return take.answer()
                .either(
                        words -> message(take, "completed").set("content", Json.array(part(words.text()))),
                        call -> functionCall(take, call, "completed", call.arguments()));
    }

    static ObjectNode message(Take take, String status) {
        return Json.object()
                .put("id", itemId(take))
                .put("type", "message")
                .put("status", status)
                .put("role", "assistant");
    }

    static ObjectNode part(String text) {
        ObjectNode part = Json.object().put("type", "output_text").put("text", text);
        part.putArray("annotations");
        part.putArray("logprobs");
        return part;
    }

    static ObjectNode functionCall(Take take, ToolCall call, String status, String arguments) {
        return Json.object()
                .put("id", itemId(take))
                .put("type", "function_call")
                .put("status", status)
                .put("call_id", "call_" + take.id())
                .put("name", call.name())
                .put("arguments", arguments);
    }

    static String itemId(Take take) {
        return take.answer().either(words -> "msg_", call -> "fc_") + take.id();
    }

    /** The response without output and usage, which come when it is complete. What was asked for is told back. */
    static ObjectNode response(Take take, String status) {
        JsonNode asked = take.ask().source();
        ObjectNode response = Json.object()
                .put("id", "resp_" + take.id())
                .put("object", "response")
                .put("created_at", take.createdSeconds())
                .put("status", status)
                .put("model", take.model())
                .putNull("error")
                .putNull("incomplete_details");
        response.putArray("output");
        response.putNull("usage");
        response.set("instructions", orElse(asked, "instructions", "null"));
        response.set("metadata", orElse(asked, "metadata", "{}"));
        response.set("parallel_tool_calls", orElse(asked, "parallel_tool_calls", "true"));
        response.set("temperature", orElse(asked, "temperature", "1.0"));
        response.set("tool_choice", orElse(asked, "tool_choice", "\"auto\""));
        response.set("tools", orElse(asked, "tools", "[]"));
        response.set("top_p", orElse(asked, "top_p", "1.0"));
        return response;
    }

    private static JsonNode orElse(JsonNode asked, String field, String otherwise) {
        return asked.hasNonNull(field) ? asked.get(field) : Json.tree(otherwise);
    }

    private static ObjectNode usage(Take take) {
        ObjectNode usage = Json.object().put("input_tokens", take.inputTokens());
        usage.putObject("input_tokens_details").put("cached_tokens", 0).put("cache_write_tokens", 0);
        usage.put("output_tokens", take.outputTokens());
        usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
        return usage.put("total_tokens", take.inputTokens() + take.outputTokens());
    }

    @Override
    public EventWriter events(Take take) {
        return new ResponsesEvents(take);
    }
}
