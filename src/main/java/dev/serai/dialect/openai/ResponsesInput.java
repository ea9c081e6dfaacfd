package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.conversation.Content;
import dev.serai.conversation.Message;
import dev.serai.conversation.Role;
import dev.serai.conversation.Tool;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonTree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code instructions} and {@code input} into messages. One instance per request. */
final class ResponsesInput {
    /** Members that say nothing to a model. */
    private static final Set<String> BOOKKEEPING = Set.of("type", "id", "status");

    private final ResponsesExtras extras;
    private final ResponsesToolNames names;
    private final ResponsesParts parts;
    private final ResponsesTurns turns = new ResponsesTurns();

    ResponsesInput(ResponsesExtras extras, ResponsesToolNames names) {
        this.extras = extras;
        this.names = names;
        this.parts = new ResponsesParts(extras);
    }

    List<Message> read(@Nullable ResponsesValue instructions, @Nullable ResponsesValue input) throws CodecException {
        if (instructions != null) {
            readAs(Role.SYSTEM, instructions);
        }
        if (input != null) {
            readAs(Role.USER, input);
        }
        return turns.messages();
    }

    private void readAs(Role role, ResponsesValue value) throws CodecException {
        if (value.isText()) {
            turns.message(role, List.of(new Content.Text(value.asText())));
            return;
        }
        if (!value.isArray()) {
            throw value.wrong("must be a string or a list of items");
        }
        for (ResponsesValue item : value.elements()) {
            item(item.asObject());
        }
    }

    private void item(ResponsesValue item) throws CodecException {
        String type = type(item);
        switch (type) {
            case "message" -> message(item);
            case "function_call" -> call(item, Tool.Kind.FUNCTION, "arguments");
            case "custom_tool_call" -> call(item, Tool.Kind.CUSTOM, "input");
            case "function_call_output", "custom_tool_call_output" -> result(item);
            case "reasoning" -> new ResponsesReasoningItem(item).read(turns);
            case "additional_tools" -> {} // declared with the others
            default ->
                turns.opaque(sayer(type), new Content.Opaque(OpenAiResponsesCodec.ID, type, JsonTree.raw(item.node())));
        }
    }

    /** The type may be left out of messages and of references. */
    private static String type(ResponsesValue item) throws CodecException {
        String type = item.text("type");
        if (type != null) {
            return type;
        }
        if (item.has("role")) {
            return "message";
        }
        if (item.has("id") && item.node().size() <= 2) {
            return "item_reference";
        }
        return item.require("type").asText();
    }

    /** Results and consents come from the client, calls and what the provider did from the model. */
    private static Role sayer(String type) {
        boolean ofClient =
                type.endsWith("_output") || type.equals("mcp_approval_response") || type.equals("compaction_trigger");
        return ofClient ? Role.USER : Role.ASSISTANT;
    }

    private void message(ResponsesValue item) throws CodecException {
        Role role = role(item.require("role"));
        // What becomes the instructions is no item any more.
        int number = role == Role.SYSTEM && turns.isEmpty() ? -1 : turns.nextItem();
        List<Content> contents = parts.read(item.require("content"), number, "content");
        if (!contents.isEmpty()) {
            turns.message(role, contents);
            unknown(item, number, Set.of("role", "content"));
        }
    }

    private static Role role(ResponsesValue role) throws CodecException {
        return switch (role.asText()) {
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "system" -> Role.SYSTEM;
            case "developer" -> Role.DEVELOPER;
            default -> throw role.wrong("must be user, assistant, system or developer");
        };
    }

    private void call(ResponsesValue item, Tool.Kind kind, String arguments) throws CodecException {
        String called = item.require("name").asText();
        String namespace = item.text("namespace");
        String name = names.ofConversation(called, namespace);
        ResponsesToolNames.Name back = names.ofClient(name);
        boolean namespaceIsKept = back.name().equals(called) && Objects.equals(back.namespace(), namespace);
        unknown(
                item,
                turns.nextItem(),
                namespaceIsKept
                        ? Set.of("call_id", "name", arguments, "namespace")
                        : Set.of("call_id", "name", arguments));
        turns.said(new Content.ToolCall(callId(item), name, kind, argument(item, arguments), null, null));
    }

    /** Some clients send the object itself, though it must be a string. */
    private static String argument(ResponsesValue item, String name) throws CodecException {
        ResponsesValue arguments = item.get(name);
        if (arguments == null) {
            return "";
        }
        return arguments.isObject() ? JsonTree.text(arguments.node()) : arguments.asText();
    }

    private static String callId(ResponsesValue item) throws CodecException {
        String callId = item.text("call_id");
        if (callId != null && !callId.isEmpty()) {
            return callId;
        }
        String id = item.text("id");
        if (id == null || id.isEmpty()) {
            throw item.wrong("a call and its result are told by call_id, which is missing");
        }
        return id;
    }

    private void result(ResponsesValue item) throws CodecException {
        int number = turns.nextItem();
        ResponsesValue output = item.require("output");
        List<Content> contents = output.isText() || output.isArray()
                ? parts.read(output, number, "output")
                : List.of(new Content.Text(JsonTree.text(output.node())));
        unknown(item, number, Set.of("call_id", "output"));
        turns.result(new Content.ToolResult(callId(item), null, contents, false, null));
    }

    private void unknown(ResponsesValue item, int number, Set<String> known) {
        for (Map.Entry<String, JsonNode> member : item.members()) {
            if (!BOOKKEEPING.contains(member.getKey()) && !known.contains(member.getKey())) {
                extras.ofItem(number, member.getKey(), member.getValue());
            }
        }
    }
}
