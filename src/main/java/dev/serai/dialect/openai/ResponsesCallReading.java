package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.Tool;
import dev.serai.dialect.JsonTree;
import org.jspecify.annotations.Nullable;

/** A call as it is read. Its block opens when its id and its name are known; until then its arguments are kept. */
final class ResponsesCallReading extends ResponsesItemReading {
    private final ResponsesEmission emission;
    private final boolean custom;
    private final int position;
    private final StringBuilder early = new StringBuilder();
    private String callId = "";
    private String itemId = "";
    private String name = "";
    private @Nullable ResponsesGrowingBlock block;

    /** @param position of the item in the answer, for a call that nobody gives an id */
    ResponsesCallReading(ResponsesEmission emission, boolean custom, JsonNode item, int position) {
        this.emission = emission;
        this.custom = custom;
        this.position = position;
        identify(item);
    }

    private void identify(JsonNode item) {
        callId = callId.isEmpty() ? item.path("call_id").asText() : callId;
        itemId = itemId.isEmpty() ? item.path("id").asText() : itemId;
        name(item.path("name").asText(), item.path("namespace").asText());
        if (!callId.isEmpty() && !name.isEmpty()) {
            open();
        }
    }

    /** A tool that was searched for and stands in no namespace is said to be in one of its own name. */
    private void name(String called, String namespace) {
        if (name.isEmpty() && !called.isEmpty()) {
            name = namespace.isEmpty() || namespace.equals(called)
                    ? called
                    : ResponsesToolNames.qualified(namespace, called);
        }
    }

    private ResponsesGrowingBlock open() {
        if (block == null) {
            Tool.Kind kind = custom ? Tool.Kind.CUSTOM : Tool.Kind.FUNCTION;
            block = new ResponsesGrowingBlock(
                    emission, new Block.ToolCall(callId, name, kind), ChatEvent.ToolArgumentsDelta::new);
            block.add(early.toString());
        }
        return block;
    }

    void add(String piece) {
        if (block == null) {
            early.append(piece);
        } else {
            block.add(piece);
        }
    }

    /** All arguments. */
    void whole(String arguments) {
        if (block != null) {
            block.complete(arguments);
        } else if (arguments.length() > early.length()) {
            early.append(arguments, early.length(), arguments.length());
        }
    }

    @Override
    void complete(JsonNode item) {
        identify(item);
        JsonNode arguments = item.path(custom ? "input" : "arguments");
        whole(arguments.isContainerNode() ? JsonTree.text(arguments) : arguments.asText());
        close();
    }

    @Override
    void close() {
        if (callId.isEmpty()) {
            callId = itemId.isEmpty() ? "call_" + position : itemId;
        }
        open().end();
    }
}
