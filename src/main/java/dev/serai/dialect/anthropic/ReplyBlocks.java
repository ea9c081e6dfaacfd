package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.dialect.Feature;
import dev.serai.dialect.ForeignSignature;
import dev.serai.dialect.JsonTree;
import java.util.List;

/** Writes the contents of an answer as blocks for a client. What Messages has no block for is named. */
final class ReplyBlocks implements Content.Visitor<List<JsonNode>> {
    private final Drops drops;

    ReplyBlocks(Drops drops) {
        this.drops = drops;
    }

    @Override
    public List<JsonNode> text(Content.Text text) {
        drops.addIf(text.signature() != null, Feature.THINKING_SIGNATURE, "Messages signs thinking only");
        if (text.text().isEmpty()) {
            drops.addIf(!text.citations().isEmpty(), Feature.CITATIONS, "citations of no text");
            return List.of();
        }
        ObjectNode block = Json.ofType("text").put("text", text.text());
        ArrayNode citations = Json.array();
        text.citations().forEach(citation -> citation(citation, citations));
        if (!citations.isEmpty()) {
            block.set("citations", citations);
        }
        return List.of(block);
    }

    private void citation(Citation citation, ArrayNode into) {
        JsonNode written = Citations.writeForClient(citation);
        drops.addIf(written == null, Feature.CITATIONS, "a citation that Messages cannot say");
        if (written != null) {
            into.add(written);
        }
    }

    @Override
    public List<JsonNode> image(Content.Image image) {
        drops.add(Feature.IMAGE, "Messages answers in text");
        return List.of();
    }

    @Override
    public List<JsonNode> document(Content.Document document) {
        drops.add(Feature.DOCUMENT, "Messages answers in text");
        return List.of();
    }

    @Override
    public List<JsonNode> audio(Content.Audio audio) {
        drops.add(Feature.AUDIO_OUTPUT, "Messages answers in text");
        return audio.transcript() == null ? List.of() : text(new Content.Text(audio.transcript()));
    }

    @Override
    public List<JsonNode> toolCall(Content.ToolCall call) {
        ObjectNode block = Json.ofType("tool_use").put("id", call.id()).put("name", call.name());
        block.set("input", BlockEncoder.input(call));
        return call.signature() == null
                ? List.of(block)
                : List.of(block, CallSignatures.write(call.id(), call.signature()));
    }

    @Override
    public List<JsonNode> toolResult(Content.ToolResult result) {
        drops.add("tool_result", "in Messages only the user answers calls of tools");
        return List.of();
    }

    @Override
    public List<JsonNode> thinking(Content.Thinking thinking) {
        String signature = thinking.signature() == null
                ? ""
                : ForeignSignature.write(thinking.signature(), AnthropicMessagesCodec.DIALECT);
        if (thinking.text().isEmpty() && signature.isEmpty()) {
            return List.of();
        }
        return List.of(Json.ofType("thinking").put("thinking", thinking.text()).put("signature", signature));
    }

    @Override
    public List<JsonNode> redactedThinking(Content.RedactedThinking thinking) {
        return List.of(Json.ofType("redacted_thinking")
                .put("data", ForeignSignature.write(thinking.signature(), AnthropicMessagesCodec.DIALECT)));
    }

    @Override
    public List<JsonNode> refusal(Content.Refusal refusal) {
        return text(new Content.Text(refusal.text()));
    }

    @Override
    public List<JsonNode> opaque(Content.Opaque opaque) {
        if (!opaque.dialect().equals(AnthropicMessagesCodec.DIALECT)) {
            drops.add(opaque);
            return List.of();
        }
        return List.of(JsonTree.leaf(opaque.json()));
    }
}
