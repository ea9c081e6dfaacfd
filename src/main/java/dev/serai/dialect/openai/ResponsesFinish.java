package dev.serai.dialect.openai;

import dev.serai.conversation.FinishReason;
import org.jspecify.annotations.Nullable;

/**
 * How a response ended, and why: {@code status} and {@code incomplete_details.reason}.
 *
 * @param status {@code completed} or {@code incomplete}
 * @param reason null if it is complete
 */
record ResponsesFinish(String status, @Nullable String reason) {
    private static final ResponsesFinish COMPLETED = new ResponsesFinish("completed", null);
    private static final ResponsesFinish OUT_OF_TOKENS = new ResponsesFinish("incomplete", "max_output_tokens");
    private static final ResponsesFinish FILTERED = new ResponsesFinish("incomplete", "content_filter");

    /** @param refuses whether a refusal stands in the output, which then says why; without its words it is a filter's */
    static ResponsesFinish of(FinishReason reason, boolean refuses) {
        return switch (reason) {
            case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSED, MALFORMED_TOOL_CALL, OTHER -> COMPLETED;
            case REFUSAL -> refuses ? COMPLETED : FILTERED;
            case MAX_TOKENS, CONTEXT_FULL -> OUT_OF_TOKENS;
            case CONTENT_FILTER -> FILTERED;
        };
    }

    boolean isComplete() {
        return reason == null;
    }

    /**
     * The reason that a response states. What it is beyond complete is told by its output.
     *
     * @param status of an answer: {@code incomplete}, or any other, which is taken for complete
     */
    static FinishReason read(String status, @Nullable String reason, boolean calls, boolean refuses) {
        if (status.equals("incomplete")) {
            return incomplete(reason == null ? "" : reason);
        }
        if (calls) {
            return FinishReason.TOOL_CALLS;
        }
        return refuses ? FinishReason.REFUSAL : FinishReason.STOP;
    }

    private static FinishReason incomplete(String reason) {
        return switch (reason) {
            case "max_output_tokens", "max_tokens", "length", "" -> FinishReason.MAX_TOKENS;
            case "content_filter" -> FinishReason.CONTENT_FILTER;
            default -> FinishReason.OTHER;
        };
    }
}
