package dev.serai.conversation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a complete reply as a stream, each content in one piece: for a client that wants a stream of a provider that has none, and the
 * inverse of {@link ReplyBuilder}. Marks for a cache, which replies do not carry, are lost.
 */
public final class ReplyEvents implements Content.Visitor<Block> {
    private final List<ChatEvent> events = new ArrayList<>();
    private int choice;
    private int block;

    private ReplyEvents() {}

    /**
     * The stream that says this reply.
     *
     * @throws IllegalArgumentException if the reply has no choice: that is no answer that could end
     */
    public static List<ChatEvent> of(ChatReply reply) {
        if (reply.choices().isEmpty()) {
            throw new IllegalArgumentException("a reply without a choice is no stream");
        }
        return List.copyOf(new ReplyEvents().tell(reply));
    }

    private List<ChatEvent> tell(ChatReply reply) {
        @Nullable Usage usage = reply.usage().equals(Usage.NONE) ? null : reply.usage();
        events.add(new ChatEvent.Started(reply.id(), reply.model(), reply.createdEpochSeconds(), usage));
        if (reply.serviceTier() != null) {
            events.add(new ChatEvent.ServiceTierReported(reply.serviceTier()));
        }
        reply.choices().forEach(this::tell);
        reply.extras().forEach(extra -> events.add(new ChatEvent.ExtraReported(extra)));
        if (usage != null) {
            events.add(new ChatEvent.UsageReported(usage));
        }
        events.add(new ChatEvent.Ended());
        return events;
    }

    private void tell(Choice told) {
        choice = told.index();
        block = 0;
        for (Content content : told.contents()) {
            int opening = events.size();
            Block kind = content.accept(this);
            events.add(opening, new ChatEvent.BlockStarted(choice, block, kind));
            events.add(new ChatEvent.BlockEnded(choice, block));
            block++;
        }
        if (told.logprobs() != null) {
            events.add(new ChatEvent.LogprobsAdded(choice, told.logprobs()));
        }
        events.add(new ChatEvent.Finished(choice, told.finishReason(), told.stopSequence()));
    }

    private void sign(@Nullable Signature signature) {
        if (signature != null) {
            events.add(new ChatEvent.SignatureAdded(choice, block, signature));
        }
    }

    @Override
    public Block text(Content.Text text) {
        if (!text.text().isEmpty()) {
            events.add(new ChatEvent.TextDelta(choice, block, text.text()));
        }
        text.citations().forEach(citation -> events.add(new ChatEvent.CitationAdded(choice, block, citation)));
        sign(text.signature());
        return new Block.Text();
    }

    @Override
    public Block thinking(Content.Thinking thinking) {
        if (!thinking.text().isEmpty()) {
            events.add(new ChatEvent.ThinkingDelta(choice, block, thinking.text()));
        }
        sign(thinking.signature());
        return new Block.Thinking(thinking.summary());
    }

    @Override
    public Block toolCall(Content.ToolCall call) {
        if (!call.arguments().isEmpty()) {
            events.add(new ChatEvent.ToolArgumentsDelta(choice, block, call.arguments()));
        }
        sign(call.signature());
        return new Block.ToolCall(call.id(), call.name(), call.kind());
    }

    @Override
    public Block refusal(Content.Refusal refusal) {
        if (!refusal.text().isEmpty()) {
            events.add(new ChatEvent.RefusalDelta(choice, block, refusal.text()));
        }
        return new Block.Refusal();
    }

    @Override
    public Block audio(Content.Audio audio) {
        if (!(audio.source() instanceof Source.Base64 sound)) {
            return new Block.Whole(audio);
        }
        String transcript = audio.transcript() == null ? "" : audio.transcript();
        if (!sound.data().isEmpty() || !transcript.isEmpty()) {
            events.add(new ChatEvent.AudioDelta(choice, block, sound.data(), transcript));
        }
        return new Block.Audio(audio.id(), sound.mediaType());
    }

    @Override
    public Block image(Content.Image image) {
        return new Block.Whole(image);
    }

    @Override
    public Block document(Content.Document document) {
        return new Block.Whole(document);
    }

    @Override
    public Block toolResult(Content.ToolResult result) {
        return new Block.Whole(result);
    }

    @Override
    public Block redactedThinking(Content.RedactedThinking thinking) {
        return new Block.Whole(thinking);
    }

    @Override
    public Block opaque(Content.Opaque opaque) {
        return new Block.Whole(opaque);
    }
}
