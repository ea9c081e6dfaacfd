package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Content;
import dev.serai.conversation.Extra;
import dev.serai.conversation.FinishReason;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.Feature;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.ReplyContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a complete reply. One instance per reply. */
final class ReplyEncoder {
    private static final Choice NOTHING = new Choice(0, List.of(), FinishReason.OTHER);

    private final Drops drops = new Drops();
    private final ObjectNode body = Json.object();
    private final Places places = new Places(body);

    private ReplyEncoder() {}

    static Encoded encode(ChatReply reply, ReplyContext context) {
        return new ReplyEncoder().write(reply, context);
    }

    /** The beginning of a message, without its content. */
    static ObjectNode head(String id, String model, ReplyContext context) {
        return Json.object()
                .put("id", id.isEmpty() ? "msg_" + context.id() : id)
                .put("type", "message")
                .put("role", "assistant")
                .put("model", model.isEmpty() ? context.request().model() : model);
    }

    private Encoded write(ChatReply reply, ReplyContext context) {
        body.setAll(head(reply.id(), reply.model(), context));
        Choice choice = reply.choices().isEmpty() ? NOTHING : reply.choices().get(0);
        drops.addIf(reply.choices().size() > 1, Feature.N, "Messages gives one answer");
        drops.addIf(choice.logprobs() != null, Feature.LOGPROBS, "Messages gives none");
        drops.addIf(
                reply.serviceTier() != null && MessageUsage.word(reply.serviceTier()) == null,
                Feature.SERVICE_TIER,
                "Messages knows no such tier");
        body.set("content", contents(choice, explanation(reply.extras())));
        boolean calls = choice.contents().stream().anyMatch(Content.ToolCall.class::isInstance);
        body.put("stop_reason", StopReasons.write(choice.finishReason(), calls));
        body.put("stop_sequence", choice.stopSequence());
        body.set("usage", MessageUsage.write(reply.usage(), reply.serviceTier()));
        places.restore(reply.extras(), drops);
        return new Encoded(JsonTree.write(body), drops.list());
    }

    private ArrayNode contents(Choice choice, @Nullable String explanation) {
        ReplyBlocks blocks = new ReplyBlocks(drops);
        ArrayNode written = Json.array();
        for (int i = 0; i < choice.contents().size(); i++) {
            Content content = choice.contents().get(i);
            if (content instanceof Content.Refusal refusal && refusal.text().equals(explanation)) {
                continue; // stands in stop_details
            }
            for (JsonNode block : content.accept(blocks)) {
                places.put("content[" + i + "]", block);
                written.add(block);
            }
        }
        return written;
    }

    /** The words for a refusal that come back in {@code stop_details}; null if they do not. */
    static @Nullable String explanation(List<Extra> extras) {
        for (Extra extra : extras) {
            boolean own = extra.dialect().equals(AnthropicMessagesCodec.DIALECT);
            if (own && extra.name().equals("stop_details")) {
                return ReplyDecoder.explanation(Json.parse(extra.value().text()));
            }
        }
        return null;
    }
}
