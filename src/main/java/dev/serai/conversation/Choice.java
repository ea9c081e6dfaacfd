package dev.serai.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer. Chat: one of {@code choices}. Gemini: one of {@code candidates}. Responses and Messages: the only one.
 *
 * @param index        from 0
 * @param contents     in order; empty if the model said nothing
 * @param stopSequence the one that ended it (Messages: {@code stop_sequence}); otherwise null
 * @param logprobs     null if not stated
 */
public record Choice(
        int index,
        List<Content> contents,
        FinishReason finishReason,
        @Nullable String stopSequence,
        @Nullable Logprobs logprobs) {
    public Choice {
        contents = List.copyOf(contents);
        if (index < 0) {
            throw new IllegalArgumentException("choices are counted from 0");
        }
    }

    public Choice(int index, List<Content> contents, FinishReason finishReason) {
        this(index, contents, finishReason, null, null);
    }
}
