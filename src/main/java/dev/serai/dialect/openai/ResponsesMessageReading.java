package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.Logprobs;
import dev.serai.dialect.JsonTree;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A {@code message} as it is read: each part is a block. */
final class ResponsesMessageReading extends ResponsesItemReading {
    private final ResponsesEmission emission;
    private final Map<Integer, Part> parts = new TreeMap<>();

    ResponsesMessageReading(ResponsesEmission emission) {
        this.emission = emission;
    }

    /** The part at this place, which opens if it is new. */
    Part text(int place) {
        return parts.computeIfAbsent(place, p -> new Part(true));
    }

    Part refusal(int place) {
        return parts.computeIfAbsent(place, p -> new Part(false));
    }

    void partAdded(int place, JsonNode part) {
        switch (part.path("type").asText()) {
            case "output_text", "text" -> text(place);
            case "refusal" -> refusal(place);
            default -> {} // told when it is whole
        }
    }

    void partDone(int place, JsonNode part) {
        String type = part.path("type").asText();
        switch (type) {
            case "output_text", "text" -> text(place).done(part);
            case "refusal" -> refusal(place).done(part);
            default -> {} // told with the item
        }
    }

    @Override
    void complete(JsonNode item) {
        JsonNode content = item.path("content");
        if (content.isTextual()) {
            text(0).whole(content.textValue());
        }
        for (int i = 0; i < content.size(); i++) {
            JsonNode part = content.path(i);
            String type = part.path("type").asText();
            if (type.equals("output_text") || type.equals("text") || type.equals("refusal")) {
                partDone(i, part);
            } else if (part.isObject()) {
                emission.whole(
                        new Content.Opaque(OpenAiResponsesCodec.ID, ResponsesParts.PART + type, JsonTree.raw(part)));
            }
        }
        close();
    }

    /** Log probabilities may come behind the words. */
    @Override
    void repeated(JsonNode item) {
        parts.forEach((place, part) ->
                part.allLogprobs(item.path("content").path(place).path("logprobs")));
    }

    @Override
    void close() {
        parts.values().forEach(Part::end);
    }

    /** A part, {@code output_text} or {@code refusal}. */
    final class Part {
        private final ResponsesGrowingBlock block;
        private int citations;
        private int tokens;

        private Part(boolean isText) {
            block = isText
                    ? new ResponsesGrowingBlock(emission, new Block.Text(), ChatEvent.TextDelta::new)
                    : new ResponsesGrowingBlock(emission, new Block.Refusal(), ChatEvent.RefusalDelta::new);
        }

        void add(String piece) {
            block.add(piece);
        }

        void whole(String text) {
            block.complete(text);
        }

        void cite(JsonNode annotation) {
            if (annotation.isObject()) {
                citations++;
                Citation citation = ResponsesCitations.read(annotation);
                block.tell(number -> new ChatEvent.CitationAdded(0, number, citation));
            }
        }

        /** Tokens of the next words. */
        void addLogprobs(JsonNode more) {
            logprobs(more, 0);
        }

        /** All tokens of the part: those that were left out are told. */
        void allLogprobs(JsonNode all) {
            logprobs(all, tokens);
        }

        private void logprobs(JsonNode list, int from) {
            List<Logprobs.Token> read = ResponsesLogprobs.read(list, from);
            if (!read.isEmpty()) {
                tokens += read.size();
                emission.tell(new ChatEvent.LogprobsAdded(0, new Logprobs(read, List.of())));
            }
        }

        private void done(JsonNode part) {
            whole(part.path("text").asText(part.path("refusal").asText()));
            JsonNode annotations = part.path("annotations");
            for (int i = citations; i < annotations.size(); i++) {
                cite(annotations.path(i));
            }
            allLogprobs(part.path("logprobs"));
            end();
        }

        private void end() {
            block.end();
        }
    }
}
