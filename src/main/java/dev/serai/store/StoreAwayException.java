package dev.serai.store;

import org.jspecify.annotations.Nullable;

/** The database is away, full or too busy, for now: the same may succeed later. */
public final class StoreAwayException extends StoreException {
    private static final long serialVersionUID = 1L;

    StoreAwayException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
