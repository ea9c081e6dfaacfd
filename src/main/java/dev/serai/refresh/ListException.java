package dev.serai.refresh;

/** A list of models that is not used. The message says why, to a person. */
public final class ListException extends Exception {
    private static final long serialVersionUID = 1L;

    public ListException(String reason) {
        super(reason);
    }

    public ListException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
