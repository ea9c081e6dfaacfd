package dev.serai.control;

import org.jspecify.annotations.Nullable;

/** An object that is kept under an id, changed by version, and belongs to an account. */
public interface Stored {
    /** What it is kept under; safe to log. */
    String id();

    /** Whose it is; null for what belongs to the operator. */
    @Nullable
    String accountId();

    Stamp stamp();
}
