package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Content;
import dev.serai.conversation.Extra;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.Usage;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonMembers;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.ReplySource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a complete reply. One instance per reply. */
final class ReplyDecoder {
    private final List<Extra> extras = new ArrayList<>();
    private final ReplySource source;

    private ReplyDecoder(ReplySource source) {
        this.source = source;
    }

    static ChatReply decode(byte[] bytes, ReplySource source) throws CodecException {
        ObjectNode body = JsonTree.readObject(bytes);
        if (body.hasNonNull("error")) {
            throw new CodecException(FailureDecoder.message(body), null);
        }
        return new ReplyDecoder(source).decode(JsonMembers.ofReply(body, ""));
    }

    private ChatReply decode(JsonMembers body) throws CodecException {
        JsonNode type = body.any("type");
        if (type != null && !type.asText().equals("message")) {
            throw Json.wrong(body, "type", "the provider's reply is no message");
        }
        body.any("role");
        String id = orEmpty(body.text("id"));
        List<Content> contents = contents(body, id);
        String reason = body.text("stop_reason");
        String explanation = explanation(body.any("stop_details"));
        body.leave("stop_details");
        if (explanation != null) {
            contents.add(new Content.Refusal(explanation));
        }
        boolean calls = contents.stream().anyMatch(Content.ToolCall.class::isInstance);
        FinishReason finish = StopReasons.read(reason, calls);
        Choice choice = new Choice(0, contents, finish, body.text("stop_sequence"), null);
        MessageUsage usage = new MessageUsage(source.totals());
        JsonNode stated = body.any("usage");
        List<Extra> ofUsage = new ArrayList<>();
        if (stated != null) {
            usage.update(stated, ofUsage::add);
        }
        String model = orEmpty(body.text("model"));
        body.leftOver(AnthropicMessagesCodec.DIALECT, extras);
        extras.addAll(ofUsage);
        Usage used = stated == null ? Usage.NONE : usage.toUsage();
        return new ChatReply(id, model, null, List.of(choice), used, usage.tier(), extras);
    }

    private List<Content> contents(JsonMembers body, String id) throws CodecException {
        ArrayNode blocks = body.list("content");
        if (blocks == null) {
            throw Json.wrong(body, "content", "the provider's reply has no list of content");
        }
        BlockDecoder decoder = new BlockDecoder(extras, source.model());
        List<Content> contents = new ArrayList<>(blocks.size() + 1);
        for (int i = 0; i < blocks.size(); i++) {
            JsonNode block = blocks.get(i);
            if (block instanceof ObjectNode call
                    && Json.text(call, "type").equals("tool_use")
                    && Json.text(call, "id").isEmpty()) {
                call.put("id", callId(id, i));
            }
            contents.add(decoder.block(block, "content[" + i + "]"));
        }
        return contents;
    }

    /** For a call to which the provider gave no id. */
    static String callId(String messageId, int block) {
        return "toolu_" + messageId.replaceAll("[^a-zA-Z0-9_-]", "_") + "_" + block;
    }

    /** Anthropic's words for a refusal, which the model itself did not say; null if there are none. */
    static @Nullable String explanation(@Nullable JsonNode stopDetails) {
        String text =
                stopDetails == null ? null : stopDetails.path("explanation").textValue();
        return text == null || text.isEmpty() ? null : text;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
