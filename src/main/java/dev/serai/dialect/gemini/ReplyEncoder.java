package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Content;
import dev.serai.conversation.Extra;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.Feature;
import dev.serai.dialect.ReplyContext;
import java.time.Instant;

/** A complete reply for a client. One instance for each. */
final class ReplyEncoder {
    private final ChatReply reply;
    private final ReplyContext context;
    private final Drops drops = new Drops();
    private final ReplyParts parts = new ReplyParts(drops);

    ReplyEncoder(ChatReply reply, ReplyContext context) {
        this.reply = reply;
        this.context = context;
    }

    Encoded encode() {
        ObjectNode body = Json.object();
        if (!isBlocked()) {
            ArrayNode candidates = body.putArray("candidates");
            reply.choices().forEach(choice -> candidates.add(candidate(choice)));
        }
        ObjectNode usage = UsageEncoder.encode(reply.usage(), reply.serviceTier());
        if (usage != null) {
            body.set("usageMetadata", usage);
        }
        head(body, reply.id(), reply.model(), context);
        if (reply.createdEpochSeconds() != null) {
            putTime(body, reply.createdEpochSeconds());
        }
        Extras.write(reply.extras(), body, null, drops);
        return new Encoded(Json.bytes(body), drops.list());
    }

    static void head(ObjectNode body, String id, String model, ReplyContext context) {
        body.put("modelVersion", model.isEmpty() ? context.request().model() : model);
        body.put("responseId", id.isEmpty() ? context.id() : id);
    }

    static void putTime(ObjectNode body, long epochSeconds) {
        long within = Math.max(Instant.MIN.getEpochSecond(), Math.min(Instant.MAX.getEpochSecond(), epochSeconds));
        body.put("createTime", Instant.ofEpochSecond(within).toString());
    }

    /** An answer that is nothing but the reason why there is none has no candidate. */
    private boolean isBlocked() {
        return reply.extras().stream().anyMatch(ReplyEncoder::isFeedback)
                && reply.choices().stream().allMatch(choice -> choice.contents().isEmpty());
    }

    static boolean isFeedback(Extra extra) {
        return extra.dialect().equals(Gemini.ID) && extra.name().equals("promptFeedback");
    }

    private ObjectNode candidate(Choice choice) {
        ObjectNode candidate = Json.object();
        ObjectNode content = candidate.putObject("content");
        ArrayNode said = content.putArray("parts");
        content.put("role", "model");
        GroundingEncoder grounding = new GroundingEncoder(drops);
        for (Content one : choice.contents()) {
            if (one instanceof Content.Text text && !text.citations().isEmpty()) {
                BlockText cited = new BlockText(said.size(), text.text());
                text.citations().forEach(citation -> grounding.add(citation, cited));
            }
            parts.encode(one, said);
        }
        candidate.put("finishReason", FinishReasons.encode(choice.finishReason()));
        drops.addIf(choice.stopSequence() != null, Feature.STOP, "Gemini does not say which stop sequence it was");
        candidate.put("index", choice.index());
        ObjectNode metadata = grounding.metadata();
        if (metadata != null) {
            candidate.set("groundingMetadata", metadata);
        }
        if (choice.logprobs() != null) {
            boolean refused = !choice.logprobs().refusal().isEmpty();
            drops.addIf(refused, Feature.LOGPROBS, "Gemini has none for the words of a refusal");
            candidate.set("logprobsResult", LogprobResults.encode(choice.logprobs()));
        }
        return candidate;
    }
}
