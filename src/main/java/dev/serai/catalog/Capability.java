package dev.serai.catalog;

/** Something that some chat models can do and others cannot, beside the {@linkplain Modality modalities}. */
public enum Capability {
    /** Calls the tools it is offered. */
    TOOLS,
    /** Thinks before it answers, and can be told how hard. */
    REASONING,
    /** Answers in JSON that fits a given schema. */
    STRUCTURED_OUTPUT,
    /** Answers piece by piece; nearly all do. */
    STREAMING
}
