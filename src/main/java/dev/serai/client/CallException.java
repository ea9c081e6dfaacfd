package dev.serai.client;

/** A call of the management API that did not do what it should; the message says why, and what to do. It holds no secret. */
public final class CallException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    CallException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Of HTTP; zero if nothing answered. */
    public int status() {
        return status;
    }
}
