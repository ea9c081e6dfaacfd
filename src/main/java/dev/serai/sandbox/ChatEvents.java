package dev.serai.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The chunks of a streamed chat completion: role, content, finish; then usage, for those who ask for it. */
final class ChatEvents implements EventWriter {
    private final Take take;
    private final boolean usageWanted;

    ChatEvents(Take take) {
        this.take = take;
        this.usageWanted =
                take.ask().source().path("stream_options").path("include_usage").asBoolean();
    }

    @Override
    public List<Buffer> opening() {
        ObjectNode delta = Json.object().put("role", "assistant");
        take.answer().either(words -> delta.put("content", "").putNull("refusal"), call -> delta.putNull("content")
                .set(
                        "tool_calls",
                        Json.array(ChatFormat.toolCall(take, call.name(), "").put("index", 0))));
        return List.of(chunk(delta, null));
    }

    @Override
    public Buffer piece(String piece) {
        return chunk(
                take.answer().either(words -> Json.object().put("content", piece), call -> arguments(piece)), null);
    }

    private static ObjectNode arguments(String piece) {
        ObjectNode call = Json.object().put("index", 0);
        call.putObject("function").put("arguments", piece);
        return Json.object().set("tool_calls", Json.array(call));
    }

    @Override
    public List<Buffer> closing() {
        Buffer finish = chunk(Json.object(), ChatFormat.finishReason(take));
        Buffer done = Sse.data("[DONE]");
        return usageWanted ? List.of(finish, usage(), done) : List.of(finish, done);
    }

    private Buffer chunk(JsonNode delta, @Nullable String finishReason) {
        ObjectNode choice = Json.object().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs").put("finish_reason", finishReason);
        ObjectNode chunk = ChatFormat.head(take, "chat.completion.chunk");
        chunk.set("choices", Json.array(choice));
        return Sse.data(usageWanted ? chunk.putNull("usage") : chunk);
    }

    private Buffer usage() {
        ObjectNode chunk = ChatFormat.head(take, "chat.completion.chunk");
        chunk.set("choices", Json.array());
        chunk.set("usage", ChatFormat.usage(take));
        return Sse.data(chunk);
    }
}
