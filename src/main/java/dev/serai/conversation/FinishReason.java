package dev.serai.conversation;

/**
 * Why an answer ended. Each codec has a total table from its dialect's words to these and back: a word that it does not know is
 * {@link #OTHER}, and every constant here has a word there. An answer that calls a tool is never reported as a plain stop: a decoder
 * gives {@link #TOOL_CALLS} when the provider says {@link #STOP} and a tool was called.
 */
public enum FinishReason {
    /** The model was done. Chat: {@code stop}. Responses: status {@code completed}. Messages: {@code end_turn}. Gemini: {@code STOP}. */
    STOP,
    /** A stop sequence of the request. Messages: {@code stop_sequence}. Elsewhere: as {@link #STOP}. */
    STOP_SEQUENCE,
    /**
     * The limit of the request. Chat: {@code length}. Responses: {@code incomplete}, {@code max_output_tokens}. Messages: {@code
     * max_tokens}. Gemini: {@code MAX_TOKENS}.
     */
    MAX_TOKENS,
    /** The model's context. Messages: {@code model_context_window_exceeded}. Elsewhere: as {@link #MAX_TOKENS}. */
    CONTEXT_FULL,
    /**
     * The model waits for its tools. Chat: {@code tool_calls}, {@code function_call}. Responses: {@code completed} with a call among
     * the items. Messages: {@code tool_use}. Gemini: {@code STOP} with a {@code functionCall} among the parts.
     */
    TOOL_CALLS,
    /** The model refused. Messages: {@code refusal}. Chat: {@code stop} beside a {@code refusal}. Gemini: {@code SAFETY}. */
    REFUSAL,
    /**
     * A filter behind the model. Chat: {@code content_filter}. Responses: {@code incomplete}, {@code content_filter}. Messages: {@code
     * refusal}. Gemini: {@code SAFETY}, {@code RECITATION}, {@code BLOCKLIST}, {@code PROHIBITED_CONTENT}, {@code SPII} and their like,
     * also for a prompt that was blocked.
     */
    CONTENT_FILTER,
    /** The model goes on when it is asked again. Messages: {@code pause_turn}. Elsewhere: as {@link #STOP}. */
    PAUSED,
    /** A call of a tool that cannot be read. Gemini: {@code MALFORMED_FUNCTION_CALL}, {@code UNEXPECTED_TOOL_CALL}. */
    MALFORMED_TOOL_CALL,
    /** A reason that the codec does not know. Gemini: {@code OTHER}. Elsewhere: as {@link #STOP}. */
    OTHER
}
