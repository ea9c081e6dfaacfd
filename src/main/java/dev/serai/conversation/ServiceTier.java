package dev.serai.conversation;

/** With what priority, and at what price, a provider works. Of a reply: what it really did. */
public enum ServiceTier {
    /** Chat, Responses and Messages: {@code auto}. */
    AUTO,
    /** Chat and Responses: {@code default}. Messages: {@code standard_only} in requests, {@code standard} in replies. */
    STANDARD,
    /** Chat and Responses: {@code flex}. */
    FLEX,
    /** Chat, Responses and Messages: {@code priority}. */
    PRIORITY,
    /** Chat and Responses: {@code scale}. */
    SCALE,
    /** Messages, in replies: {@code batch}. */
    BATCH
}
