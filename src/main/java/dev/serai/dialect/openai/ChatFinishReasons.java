package dev.serai.dialect.openai;

import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.FinishReason;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words of Chat, and of its many speakers, for why an answer ended. Total in both directions. */
final class ChatFinishReasons {
    /** OpenAI's own five first; the others are the words of single providers or of the models behind them. */
    static final Map<String, FinishReason> WORDS = Map.ofEntries(
            Map.entry("stop", FinishReason.STOP),
            Map.entry("length", FinishReason.MAX_TOKENS),
            Map.entry("tool_calls", FinishReason.TOOL_CALLS),
            Map.entry("function_call", FinishReason.TOOL_CALLS),
            Map.entry("content_filter", FinishReason.CONTENT_FILTER),
            Map.entry("eos", FinishReason.STOP),
            Map.entry("eos_token", FinishReason.STOP),
            Map.entry("end_turn", FinishReason.STOP),
            Map.entry("complete", FinishReason.STOP),
            Map.entry("completed", FinishReason.STOP),
            Map.entry("stop_sequence", FinishReason.STOP_SEQUENCE),
            Map.entry("max_tokens", FinishReason.MAX_TOKENS),
            Map.entry("model_length", FinishReason.CONTEXT_FULL),
            Map.entry("model_context_window_exceeded", FinishReason.CONTEXT_FULL),
            Map.entry("tool_use", FinishReason.TOOL_CALLS),
            Map.entry("tool_call", FinishReason.TOOL_CALLS),
            Map.entry("refusal", FinishReason.REFUSAL),
            Map.entry("sensitive", FinishReason.CONTENT_FILTER),
            Map.entry("safety", FinishReason.CONTENT_FILTER),
            Map.entry("recitation", FinishReason.CONTENT_FILTER),
            Map.entry("pause_turn", FinishReason.PAUSED),
            Map.entry("malformed_function_call", FinishReason.MALFORMED_TOOL_CALL),
            Map.entry("function_call_filter", FinishReason.MALFORMED_TOOL_CALL));

    /** Words by which a provider says that it gave up: what came before is no whole answer. */
    static final Map<String, ChatFailure.Kind> FAILURES = Map.of(
            "error", ChatFailure.Kind.SERVER_ERROR,
            "network_error", ChatFailure.Kind.SERVER_ERROR,
            "abort", ChatFailure.Kind.SERVER_ERROR,
            "cancelled", ChatFailure.Kind.SERVER_ERROR,
            "insufficient_system_resource", ChatFailure.Kind.OVERLOADED);

    private ChatFinishReasons() {}

    /** What a word means; {@link FinishReason#OTHER} if nobody knows it. */
    static FinishReason decode(String word) {
        return WORDS.getOrDefault(plain(word), FinishReason.OTHER);
    }

    /** What went wrong, if the word says so; otherwise null. */
    static ChatFailure.@Nullable Kind failure(String word) {
        return FAILURES.get(plain(word));
    }

    /** Without regard to case, and without what Google's endpoint puts behind a colon: {@code content_filter: RECITATION}. */
    private static String plain(String word) {
        int colon = word.indexOf(':');
        return (colon < 0 ? word : word.substring(0, colon)).strip().toLowerCase(Locale.ROOT);
    }

    /** What a reason means together with what was said: a call is never a plain stop, and no call is never a call. */
    static FinishReason settle(FinishReason said, boolean calls, boolean refused) {
        return switch (said) {
            case STOP, STOP_SEQUENCE, PAUSED, OTHER, REFUSAL, TOOL_CALLS ->
                calls ? FinishReason.TOOL_CALLS : withoutCalls(said, refused);
            case MAX_TOKENS, CONTEXT_FULL, CONTENT_FILTER, MALFORMED_TOOL_CALL -> said;
        };
    }

    private static FinishReason withoutCalls(FinishReason said, boolean refused) {
        FinishReason reason = said == FinishReason.TOOL_CALLS ? FinishReason.STOP : said;
        return reason == FinishReason.STOP && refused ? FinishReason.REFUSAL : reason;
    }

    /**
     * OpenAI's word for a reason.
     *
     * @param calls   whether the answer calls a tool
     * @param refused whether a refusal stands beside it, which then says why
     */
    static String encode(FinishReason reason, boolean calls, boolean refused) {
        return switch (settle(reason, calls, refused)) {
            case STOP, STOP_SEQUENCE, PAUSED, OTHER -> "stop";
            case MALFORMED_TOOL_CALL -> calls ? "tool_calls" : "stop";
            case MAX_TOKENS, CONTEXT_FULL -> "length";
            case TOOL_CALLS -> "tool_calls";
            case REFUSAL -> refused ? "stop" : "content_filter";
            case CONTENT_FILTER -> "content_filter";
        };
    }
}
