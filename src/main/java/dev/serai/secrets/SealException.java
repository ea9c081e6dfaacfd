package dev.serai.secrets;

/** A value cannot be opened: its master key is not here, or it is not what was sealed. Shows neither value nor key. */
public final class SealException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SealException(String message) {
        super(message);
    }
}
