package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Logprobs;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.JsonTree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@code message} of the model as it is written: its parts open, grow and end one after the other. Not thread-safe. */
final class ResponsesMessageItem {
    private final ResponsesOutput output;
    private final Collection<Dropped> dropped;
    private final String id;
    private final int index;
    private final ArrayNode content = JsonTree.NODES.arrayNode();

    ResponsesMessageItem(ResponsesOutput output, Collection<Dropped> dropped) {
        this.output = output;
        this.dropped = dropped;
        this.id = output.id("msg");
        this.index = output.nextIndex();
        output.open(json("in_progress"));
    }

    int index() {
        return index;
    }

    void close(String status) {
        output.close(index, json(status));
    }

    private ObjectNode json(String status) {
        ObjectNode item = JsonTree.NODES
                .objectNode()
                .put("id", id)
                .put("type", "message")
                .put("status", status)
                .put("role", "assistant");
        item.set("content", content);
        return item;
    }

    Part openText() {
        return new Part(true);
    }

    Part openRefusal() {
        return new Part(false);
    }

    /** A part: {@code output_text} or {@code refusal}. */
    final class Part {
        private final boolean isText;
        private final int number = content.size();
        private final StringBuilder text = new StringBuilder();
        private final List<Citation> citations = new ArrayList<>();
        private final List<Logprobs.Token> tokens = new ArrayList<>();
        private final List<Logprobs.Token> unsent = new ArrayList<>();
        private @Nullable ObjectNode done;

        private Part(boolean isText) {
            this.isText = isText;
            content.addNull();
            if (output.frames().isWanted()) {
                about("response.content_part.added").raw("part", JsonTree.text(json()));
            }
            output.frames().end("response.content_part.added");
        }

        private ObjectNode json() {
            if (!isText) {
                return JsonTree.NODES.objectNode().put("type", "refusal").put("refusal", text.toString());
            }
            ObjectNode part =
                    JsonTree.NODES.objectNode().put("type", "output_text").put("text", text.toString());
            ArrayNode annotations = part.putArray("annotations");
            for (Citation citation : citations) {
                JsonNode annotation = annotation(citation);
                if (annotation != null) {
                    annotations.add(annotation);
                }
            }
            part.set("logprobs", ResponsesLogprobs.write(tokens));
            return part;
        }

        private @Nullable JsonNode annotation(Citation citation) {
            return ResponsesCitations.write(citation, text.codePoints().count(), dropped);
        }

        private ResponsesFrames about(String type) {
            return output.about(type, id, index).number("content_index", number);
        }

        void add(String more) {
            text.append(more);
            String type = isText ? "response.output_text.delta" : "response.refusal.delta";
            ResponsesFrames frames = about(type).text("delta", more);
            if (isText) {
                logprobs(frames, unsent);
                unsent.clear();
            }
            frames.end(type);
        }

        private void logprobs(ResponsesFrames frames, List<Logprobs.Token> some) {
            frames.raw("logprobs", some.isEmpty() ? "[]" : JsonTree.text(ResponsesLogprobs.write(some)));
        }

        /** Goes with the next words, and if there are none with the end; behind the end, with the whole answer. */
        void add(List<Logprobs.Token> more) {
            tokens.addAll(more);
            unsent.addAll(more);
            if (done != null) {
                done.set("logprobs", ResponsesLogprobs.write(tokens));
            }
        }

        void cite(Citation citation) {
            JsonNode annotation = annotation(citation);
            if (annotation == null) {
                return;
            }
            String type = "response.output_text.annotation.added";
            about(type)
                    .number("annotation_index", citations.size())
                    .raw("annotation", JsonTree.text(annotation))
                    .end(type);
            citations.add(citation);
        }

        void close() {
            done = json();
            content.set(number, done);
            String type = isText ? "response.output_text.done" : "response.refusal.done";
            ResponsesFrames frames = about(type).text(isText ? "text" : "refusal", text);
            if (isText) {
                logprobs(frames, tokens);
            }
            frames.end(type);
            if (output.frames().isWanted()) {
                about("response.content_part.done").raw("part", JsonTree.text(done));
            }
            output.frames().end("response.content_part.done");
        }
    }
}
