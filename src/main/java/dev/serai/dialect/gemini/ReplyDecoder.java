package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.Extra;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.ServiceTier;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.ProviderMessage;
import dev.serai.dialect.ReplySource;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A provider's complete reply. One instance for each. */
final class ReplyDecoder {
    private final byte[] body;
    private final ReplySource source;
    private final List<Extra> extras = new ArrayList<>();

    ReplyDecoder(byte[] body, ReplySource source) {
        this.body = body;
        this.source = source;
    }

    ChatReply decode() throws CodecException {
        if (!(Json.parse(body, 0, body.length) instanceof ObjectNode object)) {
            throw new CodecException("the provider's reply is no JSON object", null);
        }
        if (object.hasNonNull("error")) {
            throw new CodecException(message(body), null);
        }
        Members reply = Members.ofReply(object, "");
        ReplyHead head = ReplyHead.decode(reply);
        GeminiUsage usage = new GeminiUsage(source.totals());
        usage.update(reply.any("usageMetadata"));
        @Nullable ServiceTier tier = ReplyHead.tier(reply);
        List<Choice> choices = choices(reply, head);
        reply.leftOver(extras);
        return new ChatReply(
                head.id(), head.model(), head.createdEpochSeconds(), choices, usage.toUsage(), tier, extras);
    }

    static String message(byte[] body) {
        try {
            return ProviderMessage.of(JsonDocument.parseLeniently(body));
        } catch (JsonException e) {
            return "the provider reported an error";
        }
    }

    private List<Choice> choices(Members reply, ReplyHead head) throws CodecException {
        TreeMap<Integer, Choice> choices = new TreeMap<>();
        CallIds ids = CallIds.ofReply(head.id());
        PartDecoder parts = new PartDecoder(Signing.ofModel(source.model()), ids, ToolNames::decode, extras);
        for (Members candidate : reply.objects("candidates")) {
            Choice choice = choice(candidate, parts, choices.size());
            choices.putIfAbsent(choice.index(), choice);
        }
        if (choices.isEmpty()) {
            if (!isBlocked(reply)) {
                throw new CodecException("the provider's reply has no candidates", null);
            }
            return List.of(new Choice(0, List.of(), FinishReason.CONTENT_FILTER));
        }
        return List.copyOf(choices.values());
    }

    /** Whether the prompt was refused; why stays an extra. */
    static boolean isBlocked(Members reply) {
        var feedback = reply.object().get("promptFeedback");
        return feedback != null && feedback.hasNonNull("blockReason");
    }

    private Choice choice(Members candidate, PartDecoder decoder, int position) throws CodecException {
        Integer stated = candidate.small("index");
        int index = stated == null || stated < 0 ? position : stated;
        List<Content> contents = new ArrayList<>();
        List<BlockText> texts = new ArrayList<>();
        Members content = candidate.object("content");
        for (Members said : content == null ? List.<Members>of() : content.objects("parts")) {
            Content decoded = decoder.decode(said);
            if (decoded instanceof Content.Text text) {
                texts.add(new BlockText(contents.size(), text.text()));
            }
            contents.add(decoded);
        }
        if (content != null) {
            content.any("role");
            content.leftOver(extras);
        }
        var logprobs = LogprobResults.decode(candidate.any("logprobsResult"));
        cite(
                contents,
                GroundingDecoder.decode(
                        candidate.object().get("groundingMetadata"),
                        candidate.object().get("citationMetadata"),
                        texts,
                        0));
        FinishReason reason = reason(candidate, contents);
        candidate.leftOver(extras);
        return new Choice(index, said(contents), reason, null, logprobs);
    }

    /** A word that would not come back as it was stays an extra too. */
    private static FinishReason reason(Members candidate, List<Content> contents) throws CodecException {
        String word = candidate.text("finishReason");
        FinishReason reason =
                FinishReasons.decode(word, contents.stream().anyMatch(Content.ToolCall.class::isInstance));
        if (word != null && !FinishReasons.encode(reason).equals(word)) {
            candidate.leave("finishReason");
        }
        return reason;
    }

    private static void cite(List<Content> contents, List<GroundingDecoder.Cited> cited) {
        for (GroundingDecoder.Cited one : cited) {
            if (contents.get(one.part()) instanceof Content.Text text) {
                List<Citation> citations = new ArrayList<>(text.citations());
                citations.add(one.citation());
                contents.set(one.part(), new Content.Text(text.text(), citations, null, text.signature()));
            }
        }
    }

    /** Empty texts, which stand beside signatures and calls, say nothing. */
    private static List<Content> said(List<Content> contents) {
        return contents.stream()
                .filter(content -> !(content instanceof Content.Text text
                        && text.text().isEmpty()
                        && text.signature() == null
                        && text.citations().isEmpty()))
                .toList();
    }
}
