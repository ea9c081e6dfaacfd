package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Signature;
import dev.serai.dialect.CustomToolInput;
import dev.serai.dialect.JsonTree;
import org.jspecify.annotations.Nullable;

/** A {@code function_call} or {@code custom_tool_call} as it is written. Not thread-safe. */
final class ResponsesCallItem {
    private final ResponsesOutput output;
    private final String callId;
    private final ResponsesToolNames.Name name;
    private final boolean custom;
    private final @Nullable CustomToolInput packed;
    private final String id;
    private final int index;
    private final StringBuilder arguments = new StringBuilder();
    private @Nullable Signature signature;

    /**
     * @param custom whether the client's tool takes plain text
     * @param packed whether the model wrote that text as the argument of a function
     */
    ResponsesCallItem(
            ResponsesOutput output, String callId, ResponsesToolNames.Name name, boolean custom, boolean packed) {
        this.output = output;
        this.callId = callId;
        this.name = name;
        this.custom = custom;
        this.packed = packed ? new CustomToolInput() : null;
        this.id = output.id(custom ? "ctc" : "fc");
        this.index = output.nextIndex();
        output.open(json("in_progress"));
    }

    int index() {
        return index;
    }

    private ObjectNode json(String status) {
        ObjectNode item = JsonTree.NODES
                .objectNode()
                .put("id", id)
                .put("type", custom ? "custom_tool_call" : "function_call")
                .put("status", status)
                .put(custom ? "input" : "arguments", arguments.toString())
                .put("call_id", callId)
                .put("name", name.name());
        if (name.namespace() != null) {
            item.put("namespace", name.namespace());
        }
        return item;
    }

    void add(String piece) {
        say(packed == null ? piece : packed.add(piece));
    }

    private void say(String more) {
        if (!more.isEmpty()) {
            arguments.append(more);
            String type = custom ? "response.custom_tool_call_input.delta" : "response.function_call_arguments.delta";
            output.about(type, id, index).text("delta", more).end(type);
        }
    }

    void sign(Signature by) {
        signature = by;
    }

    /** The arguments are whole, or cut off. Clients parse those of a function: none are an empty object. */
    void end() {
        if (packed != null) {
            say(packed.end());
        }
        if (!custom && arguments.toString().isBlank()) {
            arguments.setLength(0);
            say("{}");
        }
        if (custom) {
            String type = "response.custom_tool_call_input.done";
            output.about(type, id, index).text("input", arguments).end(type);
        } else {
            String type = "response.function_call_arguments.done";
            output.about(type, id, index)
                    .text("name", name.name())
                    .text("arguments", arguments)
                    .end(type);
        }
    }

    void close(String status) {
        output.close(index, json(status));
        if (signature != null) {
            ResponsesThinkingItem carrier = new ResponsesThinkingItem(output, true);
            carrier.close(ResponsesReasoningItem.marked(signature, ResponsesReasoningItem.OF_CALL + callId));
        }
    }
}
