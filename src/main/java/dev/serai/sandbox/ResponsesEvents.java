package dev.serai.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.sandbox.Script.ToolCall;
import dev.serai.sandbox.Script.Words;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** The numbered events of a streamed response, whose output is one item: a message or the call of a function. */
final class ResponsesEvents implements EventWriter {
    private final Take take;
    private int next;

    ResponsesEvents(Take take) {
        this.take = take;
    }

    @Override
    public List<Buffer> opening() {
        Buffer created = response("response.created", ResponsesFormat.response(take, "in_progress"));
        Buffer inProgress = response("response.in_progress", ResponsesFormat.response(take, "in_progress"));
        return take.answer()
                .either(
                        words -> List.of(created, inProgress, messageAdded(), partAdded()),
                        call -> List.of(created, inProgress, callAdded(call)));
    }

    private Buffer messageAdded() {
        ObjectNode message = ResponsesFormat.message(take, "in_progress");
        message.putArray("content");
        return item("response.output_item.added", message);
    }

    private Buffer partAdded() {
        return Sse.named(ofPart("response.content_part.added").set("part", ResponsesFormat.part("")));
    }

    private Buffer callAdded(ToolCall call) {
        return item("response.output_item.added", ResponsesFormat.functionCall(take, call, "in_progress", ""));
    }

    @Override
    public Buffer piece(String piece) {
        return Sse.named(take.answer()
                .either(
                        words -> withoutLogprobs(
                                ofPart("response.output_text.delta").put("delta", piece)),
                        call -> ofItem("response.function_call_arguments.delta").put("delta", piece)));
    }

    @Override
    public List<Buffer> closing() {
        return take.answer()
                .either(
                        words -> List.of(textDone(words), partDone(words), itemDone(), completed()),
                        call -> List.of(argumentsDone(call), itemDone(), completed()));
    }

    private Buffer textDone(Words words) {
        return Sse.named(withoutLogprobs(ofPart("response.output_text.done").put("text", words.text())));
    }

    private Buffer partDone(Words words) {
        return Sse.named(ofPart("response.content_part.done").set("part", ResponsesFormat.part(words.text())));
    }

    private Buffer argumentsDone(ToolCall call) {
        return Sse.named(ofItem("response.function_call_arguments.done")
                .put("name", call.name())
                .put("arguments", call.arguments()));
    }

    private Buffer itemDone() {
        return item("response.output_item.done", ResponsesFormat.item(take));
    }

    private Buffer completed() {
        return response("response.completed", new ResponsesFormat().whole(take));
    }

    private Buffer response(String type, ObjectNode response) {
        return Sse.named(event(type).set("response", response));
    }

    private Buffer item(String type, ObjectNode item) {
        return Sse.named(event(type).put("output_index", 0).set("item", item));
    }

    private ObjectNode ofPart(String type) {
        return ofItem(type).put("content_index", 0);
    }

    private ObjectNode ofItem(String type) {
        return event(type).put("item_id", ResponsesFormat.itemId(take)).put("output_index", 0);
    }

    private ObjectNode event(String type) {
        return Json.object().put("type", type).put("sequence_number", next++);
    }

    private static ObjectNode withoutLogprobs(ObjectNode event) {
        event.putArray("logprobs");
        return event;
    }
}
