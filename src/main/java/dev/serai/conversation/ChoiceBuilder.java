package dev.serai.conversation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects one choice of a stream. */
final class ChoiceBuilder {
    private final List<BlockBuilder> blocks = new ArrayList<>();
    private final List<Logprobs.Token> content = new ArrayList<>();
    private final List<Logprobs.Token> refusal = new ArrayList<>();
    private boolean hasLogprobs;
    private FinishReason reason = FinishReason.OTHER;
    private @Nullable String stopSequence;

    void open(Block kind) {
        blocks.add(new BlockBuilder(kind));
    }

    BlockBuilder block(int number) {
        return blocks.get(number);
    }

    void add(Logprobs logprobs) {
        hasLogprobs = true;
        content.addAll(logprobs.content());
        refusal.addAll(logprobs.refusal());
    }

    void finish(ChatEvent.Finished event) {
        reason = event.reason();
        stopSequence = event.stopSequence();
    }

    Choice build(int index) {
        return new Choice(
                index,
                blocks.stream().map(BlockBuilder::build).toList(),
                reason,
                stopSequence,
                hasLogprobs ? new Logprobs(content, refusal) : null);
    }
}
