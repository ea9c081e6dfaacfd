package dev.serai.dialect;

import org.jspecify.annotations.Nullable;

/**
 * A body that a codec cannot translate: what was sent is not of its dialect, or cannot be said in the target's. Whose fault that is
 * depends on who sent it: a request is the client's, a reply the provider's. An ordinary outcome, so it carries no stack trace.
 */
public final class CodecException extends Exception {
    private static final long serialVersionUID = 1L;

    private final @Nullable String path;

    /**
     * @param message what is wrong and what is right, in one line that the client may read; quotes nothing of the content
     * @param path    where, such as {@code messages[3].content[0].type}; null for the body as a whole
     */
    public CodecException(String message, @Nullable String path) {
        super(path == null ? message : path + ": " + message, null, false, false);
        this.path = path;
    }

    /** The place at fault: {@code param} in OpenAI's envelope; null for the body as a whole. */
    public @Nullable String path() {
        return path;
    }
}
