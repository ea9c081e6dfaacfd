package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Extra;
import dev.serai.conversation.ServiceTier;
import dev.serai.conversation.Usage;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.Feature;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.ReplyContext;
import java.util.ArrayList;
import java.util.List;

/** Writes a complete chat completion. */
final class ChatReplyEncoder {
    private final ReplyContext context;
    private final boolean inOldForm;
    private final List<Dropped> dropped = new ArrayList<>();

    private ChatReplyEncoder(ReplyContext context) {
        this.context = context;
        this.inOldForm = wantsOldForm(context);
    }

    static Encoded encode(ChatReply reply, ReplyContext context) {
        return new ChatReplyEncoder(context).write(reply);
    }

    /** Whether the client declared functions as in 2023, and so understands no {@code tool_calls}. */
    static boolean wantsOldForm(ReplyContext context) {
        return context.request().extras().stream()
                .anyMatch(extra -> extra.dialect().equals(OpenAiChatCodec.DIALECT)
                        && extra.name().equals(ChatToolsDecoder.FUNCTIONS));
    }

    /** What a reply is called that has no name. */
    static String id(String stated, ReplyContext context) {
        return stated.isEmpty() ? "chatcmpl-" + context.id() : stated;
    }

    private Encoded write(ChatReply reply) {
        ObjectNode body = JsonTree.NODES.objectNode();
        body.put("id", id(reply.id(), context));
        body.put("object", "chat.completion");
        Long created = reply.createdEpochSeconds();
        body.put("created", created == null ? context.epochSeconds() : created);
        body.put("model", reply.model().isEmpty() ? context.request().model() : reply.model());
        ArrayNode choices = body.putArray("choices");
        reply.choices().forEach(choice -> write(choice, choices.addObject()));
        if (!reply.usage().equals(Usage.NONE)) {
            body.set("usage", ChatUsage.write(reply.usage()));
        }
        writeTier(reply, body);
        List<Extra> extras =
                reply.extras().stream().map(ChatReplyEncoder::inMessage).toList();
        List<JsonNode> places = new ArrayList<>();
        choices.forEach(places::add);
        new ChatExtras(body).at("choices", places).write(extras, dropped);
        choices.forEach(choice -> complete(choice.path("message").path("audio")));
        return new Encoded(JsonTree.write(body), ChatRequestEncoder.once(dropped));
    }

    /** OpenAI's clients insist on an id and an end for sound, which only OpenAI keeps. */
    private void complete(JsonNode audio) {
        if (audio instanceof ObjectNode sound) {
            if (sound.path("id").asText("").isEmpty()) {
                sound.put("id", "audio_" + context.id());
            }
            if (!sound.has("expires_at")) {
                sound.put("expires_at", context.epochSeconds());
            }
        }
    }

    /** What came in the delta of a stream stands in the message of a complete reply. */
    private static Extra inMessage(Extra extra) {
        return new Extra(extra.dialect(), extra.name().replace("].delta.", "].message."), extra.value());
    }

    private void writeTier(ChatReply reply, ObjectNode body) {
        ServiceTier tier = reply.serviceTier();
        String word = tier == null ? null : ChatWords.of(tier);
        if (word != null) {
            body.put("service_tier", word);
        } else if (tier != null) {
            dropped.add(Dropped.of(Feature.SERVICE_TIER, "there is no such tier"));
        }
    }

    private void write(Choice choice, ObjectNode node) {
        ChatAnswerMessage message = new ChatAnswerMessage(context.request(), inOldForm, dropped);
        choice.contents().forEach(content -> content.accept(message));
        node.put("index", choice.index());
        node.set("message", message.write());
        if (choice.logprobs() == null) {
            node.putNull("logprobs");
        } else {
            node.set("logprobs", OpenAiLogprobs.write(choice.logprobs()));
        }
        String word = ChatFinishReasons.encode(choice.finishReason(), message.calls(), message.refuses());
        node.put("finish_reason", inOldForm && word.equals("tool_calls") ? "function_call" : word);
        if (choice.stopSequence() != null) {
            node.put("stop_reason", choice.stopSequence()); // as vLLM says which one it was
        }
    }
}
