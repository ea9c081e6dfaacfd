package dev.serai.dialect.anthropic;

import dev.serai.conversation.FinishReason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why an answer ended, in the words of Messages and in neutral ones: the only place where they meet. */
final class StopReasons {
    private static final Map<String, FinishReason> READ = Map.of(
            "end_turn", FinishReason.STOP,
            "stop_sequence", FinishReason.STOP_SEQUENCE,
            "max_tokens", FinishReason.MAX_TOKENS,
            "model_context_window_exceeded", FinishReason.CONTEXT_FULL,
            "tool_use", FinishReason.TOOL_CALLS,
            "pause_turn", FinishReason.PAUSED,
            "compaction", FinishReason.PAUSED,
            "refusal", FinishReason.REFUSAL);

    private StopReasons() {}

    /**
     * @param word  null if the provider gave none
     * @param calls whether the answer calls a tool
     */
    static FinishReason read(@Nullable String word, boolean calls) {
        FinishReason reason = word == null ? FinishReason.OTHER : READ.getOrDefault(word, FinishReason.OTHER);
        boolean plain = reason == FinishReason.STOP || reason == FinishReason.OTHER;
        return calls && plain ? FinishReason.TOOL_CALLS : reason;
    }

    /** @param calls whether the answer calls a tool */
    static String write(FinishReason reason, boolean calls) {
        return switch (reason) {
            case STOP, OTHER, MALFORMED_TOOL_CALL -> calls ? "tool_use" : "end_turn";
            case STOP_SEQUENCE -> "stop_sequence";
            case MAX_TOKENS -> "max_tokens";
            case CONTEXT_FULL -> "model_context_window_exceeded";
            case TOOL_CALLS -> "tool_use";
            case PAUSED -> "pause_turn";
            case REFUSAL, CONTENT_FILTER -> "refusal";
        };
    }
}
