package dev.serai.catalog;

/** What a model is for. */
public enum Kind {
    /** Answers conversations; a reasoning model is one of these. */
    CHAT,
    /** Makes vectors. */
    EMBEDDING,
    /** Continues a text, as the legacy completions endpoints do. */
    COMPLETION,
    /** Makes or edits images. */
    IMAGE,
    /** Speaks a text, or writes down what is said; its modalities tell which. */
    AUDIO,
    /** Judges whether content is harmful. */
    MODERATION,
    /** Orders documents by how well they fit a query. */
    RERANK,
    /** Nobody said, as with a model that was discovered. No reason to refuse a request. */
    UNKNOWN;

    private static final String EMBEDDINGS = "-embeddings";

    /** Whether a model of this kind can be called in this dialect, where its file does not say in which. */
    boolean fits(String dialect) {
        return switch (this) {
            case CHAT -> !dialect.endsWith(EMBEDDINGS);
            case EMBEDDING -> dialect.endsWith(EMBEDDINGS);
            case UNKNOWN -> true;
            case COMPLETION, IMAGE, AUDIO, MODERATION, RERANK -> false;
        };
    }
}
