package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.conversation.Content;
import dev.serai.dialect.JsonTree;

/** An item of a streamed answer as it is read. Not thread-safe. */
abstract sealed class ResponsesItemReading
        permits ResponsesMessageReading, ResponsesThinkingReading, ResponsesCallReading, ResponsesItemReading.Opaque {
    private boolean done;

    final boolean isDone() {
        return done;
    }

    /** The whole item: tells what has not been told of it. */
    final void done(JsonNode item) {
        if (done) {
            repeated(item);
        } else {
            done = true;
            complete(item);
        }
    }

    /** An item that is done is told once more, with the whole answer: that seldom says anything new. */
    void repeated(JsonNode item) {}

    /** Nothing more will come of it. */
    final void cutOff() {
        if (!done) {
            done = true;
            close();
        }
    }

    abstract void complete(JsonNode item);

    abstract void close();

    /** A new item; {@code type} decides what can come of it. */
    static ResponsesItemReading of(String type, JsonNode item, ResponsesEmission emission, String model, int position) {
        return switch (type) {
            case "message" -> new ResponsesMessageReading(emission);
            case "reasoning" -> new ResponsesThinkingReading(emission, model);
            case "function_call", "custom_tool_call" ->
                new ResponsesCallReading(emission, type.startsWith("custom"), item, position);
            default -> new Opaque(emission);
        };
    }

    /** An item that only this dialect knows: told when it is whole. */
    static final class Opaque extends ResponsesItemReading {
        private final ResponsesEmission emission;

        Opaque(ResponsesEmission emission) {
            this.emission = emission;
        }

        @Override
        void complete(JsonNode item) {
            emission.whole(new Content.Opaque(
                    OpenAiResponsesCodec.ID, item.path("type").asText("item"), JsonTree.raw(item)));
        }

        @Override
        void close() {
            // Half of it would be of use to nobody.
        }
    }
}
