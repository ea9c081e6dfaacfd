package dev.serai.dialect;

/** A reply with a success status that holds no answer. The message says what it holds, in one line. */
public final class UnusableReplyException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnusableReplyException(String message) {
        super(message, null, false, false);
    }
}
