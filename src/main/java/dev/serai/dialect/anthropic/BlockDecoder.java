package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.CacheMark;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Tool;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.ForeignSignature;
import dev.serai.dialect.JsonMembers;
import dev.serai.dialect.JsonTree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads content blocks, of requests and of replies. A type that it does not know, or that only Anthropic has, is {@link
 * Content.Opaque}; a field that it does not know is an extra.
 */
final class BlockDecoder {
    private final List<Extra> extras;
    private final SourceDecoder sources;
    private final @Nullable String signer;

    /**
     * @param extras where to put what has no place in a block
     * @param signer the model that signed what it thought; null if nobody remembers
     */
    BlockDecoder(List<Extra> extras, @Nullable String signer) {
        this.extras = extras;
        this.signer = signer;
        this.sources = new SourceDecoder(this, extras);
    }

    /** What stands in {@code content}: a text or a list of blocks. */
    List<Content> contents(JsonNode value, String path) throws CodecException {
        if (value.isTextual()) {
            return List.of(new Content.Text(value.textValue()));
        }
        List<Content> contents = new ArrayList<>(value.size());
        for (int i = 0; i < list(value, path).size(); i++) {
            contents.add(block(value.get(i), path + "[" + i + "]"));
        }
        return contents;
    }

    /** What stands within a result of a tool or a document: no calls, no thinking. */
    List<Content> parts(@Nullable JsonNode value, String path) throws CodecException {
        if (value == null) {
            return List.of();
        }
        if (value.isTextual()) {
            return List.of(new Content.Text(value.textValue()));
        }
        List<Content> parts = new ArrayList<>(value.size());
        for (int i = 0; i < list(value, path).size(); i++) {
            JsonMembers block = Json.members(value.get(i), path + "[" + i + "]");
            String type = block.requiredText("type");
            parts.add(kept(part(type, block), type, block));
        }
        return parts;
    }

    Content block(JsonNode value, String path) throws CodecException {
        JsonMembers block = Json.members(value, path);
        String type = block.requiredText("type");
        Content content =
                switch (type) {
                    case "tool_use" -> toolCall(block);
                    case "tool_result" -> toolResult(block);
                    case "thinking" -> thinking(block);
                    case "redacted_thinking" -> redacted(block);
                    default -> part(type, block);
                };
        return kept(content, type, block);
    }

    /** A part of a result or of a document; null for any other type. */
    private @Nullable Content part(String type, JsonMembers block) throws CodecException {
        return switch (type) {
            case "text" -> text(block);
            case "image" -> sources.image(block);
            case "document" -> sources.document(block);
            case "search_result" -> sources.searchResult(block);
            default -> null;
        };
    }

    private Content kept(@Nullable Content content, String type, JsonMembers block) {
        if (content == null) {
            return new Content.Opaque(AnthropicMessagesCodec.DIALECT, type, JsonTree.raw(block.node()));
        }
        block.leftOver(AnthropicMessagesCodec.DIALECT, extras);
        return content;
    }

    private static JsonNode list(JsonNode value, String path) throws CodecException {
        if (!value.isArray()) {
            throw new CodecException("must be a string or a list of blocks", path);
        }
        return value;
    }

    private Content text(JsonMembers block) throws CodecException {
        String text = signer == null || block.has("text") ? block.requiredText("text") : "";
        return new Content.Text(text, citations(block), CacheMarks.read(block, extras), null);
    }

    private static List<Citation> citations(JsonMembers block) throws CodecException {
        ArrayNode values = block.list("citations");
        List<Citation> citations = new ArrayList<>();
        for (int i = 0; values != null && i < values.size(); i++) {
            if (!(values.get(i) instanceof ObjectNode citation)) {
                throw Json.wrong(block, "citations[" + i + "]", "must be an object");
            }
            citations.add(Citations.read(citation));
        }
        return citations;
    }

    private Content toolCall(JsonMembers block) throws CodecException {
        String id = block.requiredText("id");
        if (id.isEmpty()) {
            throw Json.wrong(block, "id", "must not be empty");
        }
        JsonNode input = block.any("input");
        JsonNode caller = block.any("caller");
        if (caller != null && !isDirect(caller)) {
            block.leave("caller");
        }
        return new Content.ToolCall(
                id,
                block.requiredText("name"),
                Tool.Kind.FUNCTION,
                input == null ? "" : JsonTree.text(input),
                CacheMarks.read(block, extras),
                null);
    }

    /** The model itself: that is so wherever no caller is stated. */
    static boolean isDirect(JsonNode caller) {
        return caller.size() == 1 && caller.path("type").asText().equals("direct");
    }

    private Content toolResult(JsonMembers block) throws CodecException {
        String callId = block.requiredText("tool_use_id");
        List<Content> parts = parts(block.any("content"), block.at("content"));
        CacheMark mark = CacheMarks.read(block, extras);
        return new Content.ToolResult(callId, null, parts, Boolean.TRUE.equals(block.flag("is_error")), mark);
    }

    private Content thinking(JsonMembers block) throws CodecException {
        String text = block.text("thinking");
        String signature = block.text("signature");
        return new Content.Thinking(
                text == null ? "" : text,
                signature == null || signature.isEmpty() ? null : signature(signature, signer));
    }

    /** A signature of Anthropic's belongs to the model that was asked; one that was made elsewhere says so itself. */
    static Signature signature(String text, @Nullable String signer) {
        Signature read = ForeignSignature.read(text, AnthropicMessagesCodec.DIALECT);
        boolean own = read.dialect().equals(AnthropicMessagesCodec.DIALECT) && read.model() == null;
        return own ? new Signature(read.text(), read.dialect(), signer, read.itemId()) : read;
    }

    private @Nullable Content redacted(JsonMembers block) throws CodecException {
        String data = block.requiredText("data");
        return data.isEmpty() ? null : new Content.RedactedThinking(signature(data, signer));
    }
}
