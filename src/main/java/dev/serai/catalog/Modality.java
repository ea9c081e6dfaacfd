package dev.serai.catalog;

/** A form of content that a model takes or gives. */
public enum Modality {
    TEXT,
    IMAGE,
    AUDIO,
    VIDEO,
    /** A document handed over as a file. */
    PDF,
    /** A list of numbers: what an embedding model gives. */
    VECTOR
}
