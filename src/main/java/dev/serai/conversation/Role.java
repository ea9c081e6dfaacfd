package dev.serai.conversation;

/** Who speaks in a message. Results of tools are content of {@link #USER} messages: no role of their own. */
public enum Role {
    /**
     * Instructions. Chat: {@code system}. Responses: {@code instructions}, or a message of role {@code system}. Messages: the
     * top-level {@code system}, and what some clients send as a message of that role. Gemini: {@code systemInstruction}.
     */
    SYSTEM,
    /** Instructions, as OpenAI's newer models call them. Chat and Responses: {@code developer}. Elsewhere: as {@link #SYSTEM}. */
    DEVELOPER,
    /** The user, and the results of tools. Chat: {@code user} and {@code tool}. Gemini: {@code user} and {@code function}. */
    USER,
    /** The model. Gemini: {@code model}. */
    ASSISTANT
}
