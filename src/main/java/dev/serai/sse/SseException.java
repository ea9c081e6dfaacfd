package dev.serai.sse;

/** An event stream that cannot be read on. The message says why. */
public final class SseException extends Exception {
    private static final long serialVersionUID = 1L;

    public SseException(String message) {
        super(message, null, false, false);
    }
}
