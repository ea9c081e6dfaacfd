package dev.serai.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** The events of a streamed message, which has one content block: a text or the call of a tool. */
final class MessagesEvents implements EventWriter {
    private final Take take;

    MessagesEvents(Take take) {
        this.take = take;
    }

    @Override
    public List<Buffer> opening() {
        ObjectNode message = MessagesFormat.head(take);
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        message.set("usage", MessagesFormat.usage(take, 1));
        ObjectNode start = event("message_start");
        start.set("message", message);

        ObjectNode block = ofBlock("content_block_start");
        JsonNode empty = take.answer()
                .either(words -> MessagesFormat.text(""), call -> MessagesFormat.toolUse(take, call, "{}"));
        block.set("content_block", empty);
        return List.of(Sse.named(start), Sse.named(block), Sse.named(event("ping")));
    }

    @Override
    public Buffer piece(String piece) {
        ObjectNode delta = take.answer()
                .either(words -> event("text_delta").put("text", piece), call -> event("input_json_delta")
                        .put("partial_json", piece));
        ObjectNode event = ofBlock("content_block_delta");
        event.set("delta", delta);
        return Sse.named(event);
    }

    @Override
    public List<Buffer> closing() {
        ObjectNode end = event("message_delta");
        end.putObject("delta")
                .put("stop_reason", MessagesFormat.stopReason(take))
                .putNull("stop_sequence");
        end.set("usage", MessagesFormat.usage(take, take.outputTokens()));
        return List.of(Sse.named(ofBlock("content_block_stop")), Sse.named(end), Sse.named(event("message_stop")));
    }

    private static ObjectNode ofBlock(String type) {
        return event(type).put("index", 0);
    }

    private static ObjectNode event(String type) {
        return Json.object().put("type", type);
    }
}
