package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatFailure;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.StreamDecoder;
import dev.serai.sse.SseEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream. What the events say one by one counts; what only the last event says, or only an item's end, is told then. So a stream
 * may leave out any of its events but the last.
 */
final class ResponsesStreamDecoder implements StreamDecoder {
    private enum State {
        BEFORE,
        WITHIN,
        OVER
    }

    private final ReplySource source;
    private final ResponsesEmission emission = new ResponsesEmission();
    private final ResponsesItems items;
    private State state = State.BEFORE;

    /** A beginning without an id, until there is content. */
    private JsonNode begun = JsonTree.NODES.missingNode();

    ResponsesStreamDecoder(ReplySource source) {
        this.source = source;
        this.items = new ResponsesItems(emission, source.model());
    }

    @Override
    public void on(SseEvent event, Consumer<ChatEvent> out) {
        if (state == State.OVER || !event.hasData() || event.dataIs("[DONE]")) {
            return;
        }
        emission.to(out);
        try {
            on(JsonTree.readObject(event.data(), event.dataFrom(), event.dataTo()), event.type());
        } catch (CodecException e) {
            fail(new ChatFailure(ChatFailure.Kind.SERVER_ERROR, "the provider sent an event that is no JSON"));
        } finally {
            emission.to(null);
        }
    }

    private void on(ObjectNode event, String line) {
        String type = event.path("type").asText(line);
        switch (type) {
            case "response.created", "response.in_progress", "response.queued" -> begin(event.path("response"));
            case "response.completed",
                    "response.incomplete",
                    "response.failed",
                    "response.cancelled",
                    "response.done" -> end(event, event.path("response"), type.substring("response.".length()));
            case "error" -> fail(OpenAiFailures.inStream(event));
            default -> {
                if (type.startsWith("response.")) {
                    start(event.path("response"));
                    items.on(type, event);
                } else if (event.path("error").isObject()) {
                    fail(OpenAiFailures.inStream(event));
                }
            }
        }
    }

    /** Some providers begin without an id, and bring it with a later event. */
    private void begin(JsonNode response) {
        if (!response.path("id").asText().isEmpty()) {
            start(response);
        } else if (state == State.BEFORE) {
            begun = response;
        }
    }

    private void start(JsonNode response) {
        if (state == State.BEFORE) {
            state = State.WITHIN;
            JsonNode stated = response.path("model").isTextual() ? response : begun;
            emission.tell(new ChatEvent.Started(
                    response.path("id").asText(),
                    stated.path("model").asText(),
                    ResponsesReply.createdEpochSeconds(stated),
                    null));
            begun = JsonTree.NODES.missingNode();
        }
    }

    private void end(ObjectNode event, JsonNode response, String type) {
        start(response);
        ResponsesReply.usage(response, source.totals(), emission);
        String status = response.path("status").asText(type);
        if (response.path("error").isObject()) {
            fail(OpenAiFailures.inStream((ObjectNode) response));
        } else if (status.equals("failed") || event.path("error").isObject()) {
            fail(OpenAiFailures.inStream(event));
        } else if (status.equals("cancelled")) {
            fail(new ChatFailure(ChatFailure.Kind.SERVER_ERROR, "the provider cancelled the response"));
        } else {
            answer(response, status);
            state = State.OVER;
            emission.tell(new ChatEvent.Ended());
        }
    }

    /** Tells what is still to be told of an answer. */
    private void answer(JsonNode response, String status) {
        items.end(response.path("output"));
        ResponsesReply.rest(response, emission);
        String incomplete = response.path("incomplete_details").path("reason").textValue();
        emission.tell(new ChatEvent.Finished(0, emission.reason(status, incomplete)));
    }

    /** A reply that is not streamed is a stream that has but its last event. */
    void whole(ObjectNode response, Consumer<ChatEvent> out) {
        emission.to(out);
        end(response, response, "completed");
        emission.to(null);
    }

    private void fail(ChatFailure failure) {
        state = State.OVER;
        emission.tell(new ChatEvent.Failed(failure));
    }

    @Override
    public void end(@Nullable ChatFailure why, Consumer<ChatEvent> out) {
        if (state == State.OVER) {
            return;
        }
        emission.to(out);
        fail(
                why == null
                        ? new ChatFailure(
                                ChatFailure.Kind.SERVER_ERROR, "the provider's stream ended before the response did")
                        : why);
        emission.to(null);
    }
}
