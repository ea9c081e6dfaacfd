package dev.serai.store;

import org.jspecify.annotations.Nullable;

/** The store cannot do what it was asked for. The message is for an operator, and shows no secret. */
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
