package dev.serai.dialect.gemini;

import dev.serai.conversation.FinishReason;
import org.jspecify.annotations.Nullable;

/** The total table of finish reasons, both ways. */
final class FinishReasons {
    private FinishReasons() {}

    /**
     * @param reason     as Google says it; null if it says none
     * @param callsTools whether a function is called: Google says {@code STOP} then too
     */
    static FinishReason decode(@Nullable String reason, boolean callsTools) {
        FinishReason known = reason == null ? FinishReason.OTHER : known(reason);
        boolean plain = known == FinishReason.STOP || reason == null;
        return callsTools && plain ? FinishReason.TOOL_CALLS : known;
    }

    private static FinishReason known(String reason) {
        return switch (reason) {
            case "STOP" -> FinishReason.STOP;
            case "MAX_TOKENS" -> FinishReason.MAX_TOKENS;
            case "SAFETY",
                    "RECITATION",
                    "BLOCKLIST",
                    "PROHIBITED_CONTENT",
                    "SPII",
                    "MODEL_ARMOR",
                    "IMAGE_SAFETY",
                    "IMAGE_PROHIBITED_CONTENT",
                    "IMAGE_RECITATION" -> FinishReason.CONTENT_FILTER;
            case "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL" -> FinishReason.MALFORMED_TOOL_CALL;
            default -> FinishReason.OTHER;
        };
    }

    static String encode(FinishReason reason) {
        return switch (reason) {
            case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSED -> "STOP";
            case MAX_TOKENS, CONTEXT_FULL -> "MAX_TOKENS";
            case REFUSAL, CONTENT_FILTER -> "SAFETY";
            case MALFORMED_TOOL_CALL -> "MALFORMED_FUNCTION_CALL";
            case OTHER -> "OTHER";
        };
    }
}
