package dev.serai.usage;

/** By what usage is summed. */
public enum Grouping {
    /** By access key. */
    KEY,
    PROVIDER,
    /** By provider and model, as in {@code openai:gpt-5.4}. */
    MODEL
}
