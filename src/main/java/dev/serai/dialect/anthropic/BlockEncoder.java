package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Tool;
import dev.serai.dialect.CustomToolInput;
import dev.serai.dialect.Feature;
import dev.serai.dialect.JsonTree;
import java.util.List;

/**
 * Writes the contents of a request as blocks: one, or none if Anthropic takes no such thing there, which is named. Blank texts, which
 * Anthropic refuses, say nothing and are left out. One instance per request.
 */
final class BlockEncoder implements Content.Visitor<List<JsonNode>> {
    /** Where a block stands; not every kind may stand everywhere. */
    enum Place {
        SYSTEM,
        USER,
        ASSISTANT,
        /** Within a result of a tool. */
        RESULT,
        /** Within a document. */
        DOCUMENT
    }

    private final String model;
    private final ToolIds ids;
    private final Places places;
    private final Drops drops;
    private final SourceEncoder sources;

    private Place place = Place.USER;
    private String path = "";

    BlockEncoder(String model, ToolIds ids, Places places, Drops drops) {
        this.model = model;
        this.ids = ids;
        this.places = places;
        this.drops = drops;
        this.sources = new SourceEncoder(drops);
    }

    /** @param from where the contents stood when they were decoded */
    ArrayNode write(List<Content> contents, Place where, String from) {
        Place outerPlace = place;
        String outerPath = path;
        ArrayNode blocks = Json.array();
        place = where;
        for (int i = 0; i < contents.size(); i++) {
            path = from + "[" + i + "]";
            for (JsonNode block : contents.get(i).accept(this)) {
                places.put(from + "[" + i + "]", block);
                blocks.add(block);
            }
        }
        place = outerPlace;
        path = outerPath;
        return blocks;
    }

    private boolean isAnswered() {
        return place == Place.USER || place == Place.RESULT;
    }

    @Override
    public List<JsonNode> text(Content.Text text) {
        drops.addIf(text.signature() != null, Feature.THINKING_SIGNATURE, "Messages signs thinking only");
        if (text.text().isBlank()) {
            drops.addIf(text.cache() != null, Feature.CACHE_CONTROL, "a mark on a blank text");
            return List.of();
        }
        ObjectNode block = Json.ofType("text").put("text", text.text());
        citations(text.citations(), block);
        CacheMarks.write(text.cache(), block);
        return List.of(block);
    }

    private void citations(List<Citation> citations, ObjectNode block) {
        ArrayNode written = Json.array();
        for (Citation citation : citations) {
            JsonNode json = Citations.writeForProvider(citation);
            drops.addIf(json == null, Feature.CITATIONS, "a citation that Anthropic did not make");
            if (json != null) {
                written.add(json);
            }
        }
        if (!written.isEmpty()) {
            block.set("citations", written);
        }
    }

    @Override
    public List<JsonNode> image(Content.Image image) {
        drops.addIf(image.signature() != null, Feature.THINKING_SIGNATURE, "Messages signs thinking only");
        drops.addIf(
                image.detail() != null && image.detail() != Content.Detail.AUTO,
                Feature.IMAGE_DETAIL,
                "Messages knows no detail");
        if (!isAnswered() && place != Place.DOCUMENT) {
            drops.add(Feature.IMAGE, "Messages takes images of the user only");
            return List.of();
        }
        ObjectNode source = sources.image(image.source());
        if (source == null) {
            return List.of();
        }
        ObjectNode block = Json.ofType("image").set("source", source);
        CacheMarks.write(image.cache(), block);
        return List.of(block);
    }

    @Override
    public List<JsonNode> document(Content.Document document) {
        if (!isAnswered()) {
            drops.add(Feature.DOCUMENT, "Messages takes documents of the user only");
            return List.of();
        }
        String parts = path + ".source.content";
        ObjectNode source = sources.document(document.source(), contents -> write(contents, Place.DOCUMENT, parts));
        if (source == null) {
            return List.of();
        }
        ObjectNode block = Json.ofType("document").set("source", source);
        if (document.title() != null) {
            block.put("title", document.title());
        }
        if (document.context() != null) {
            block.put("context", document.context());
        }
        if (document.citations() != null) {
            block.putObject("citations").put("enabled", document.citations());
        }
        CacheMarks.write(document.cache(), block);
        return List.of(block);
    }

    @Override
    public List<JsonNode> audio(Content.Audio audio) {
        drops.add(Feature.AUDIO_INPUT, "Messages takes no sound");
        return audio.transcript() == null ? List.of() : text(new Content.Text(audio.transcript()));
    }

    @Override
    public List<JsonNode> toolCall(Content.ToolCall call) {
        drops.addIf(call.signature() != null, Feature.THINKING_SIGNATURE, "Messages signs thinking only");
        if (place != Place.ASSISTANT) {
            drops.add("tool_use", "only the assistant calls tools");
            return List.of();
        }
        ObjectNode block =
                Json.ofType("tool_use").put("id", ids.write(call.id())).put("name", call.name());
        block.set("input", input(call));
        CacheMarks.write(call.cache(), block);
        return List.of(block);
    }

    /** An object in any case: a text in {@code input}, where the tool takes one; in {@code arguments}, if it is no object. */
    static JsonNode input(Content.ToolCall call) {
        if (call.kind() == Tool.Kind.CUSTOM) {
            return Json.raw(CustomToolInput.pack(call.arguments()));
        }
        String arguments = call.argumentsOrEmpty();
        return Json.isObject(arguments) ? Json.raw(arguments) : Json.object().put("arguments", arguments);
    }

    @Override
    public List<JsonNode> toolResult(Content.ToolResult result) {
        if (place != Place.USER) {
            drops.add("tool_result", "only the user answers calls of tools");
            return List.of();
        }
        ObjectNode block = Json.ofType("tool_result").put("tool_use_id", ids.write(result.callId()));
        ArrayNode contents = write(result.contents(), Place.RESULT, path + ".content");
        if (!contents.isEmpty()) {
            block.set("content", contents);
        }
        if (result.isError()) {
            block.put("is_error", true);
        }
        CacheMarks.write(result.cache(), block);
        return List.of(block);
    }

    @Override
    public List<JsonNode> thinking(Content.Thinking thinking) {
        Signature signature = thinking.signature();
        if (place == Place.ASSISTANT && signature != null && isOwn(signature)) {
            return List.of(
                    Json.ofType("thinking").put("thinking", thinking.text()).put("signature", signature.text()));
        }
        drops.addIf(signature != null, Feature.THINKING_SIGNATURE, "the signature of another model");
        drops.addIf(!thinking.text().isEmpty(), Feature.THINKING, "thinking that this model has not signed");
        return List.of();
    }

    @Override
    public List<JsonNode> redactedThinking(Content.RedactedThinking thinking) {
        if (place == Place.ASSISTANT && isOwn(thinking.signature())) {
            return List.of(Json.ofType("redacted_thinking")
                    .put("data", thinking.signature().text()));
        }
        drops.add(Feature.THINKING_SIGNATURE, "the thinking of another model");
        return List.of();
    }

    private boolean isOwn(Signature signature) {
        return signature.isFor(AnthropicMessagesCodec.DIALECT, model);
    }

    @Override
    public List<JsonNode> refusal(Content.Refusal refusal) {
        return text(new Content.Text(refusal.text()));
    }

    @Override
    public List<JsonNode> opaque(Content.Opaque opaque) {
        if (place == Place.SYSTEM || !opaque.dialect().equals(AnthropicMessagesCodec.DIALECT)) {
            drops.add(opaque);
            return List.of();
        }
        return List.of(JsonTree.leaf(opaque.json()));
    }
}
