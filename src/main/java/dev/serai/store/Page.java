package dev.serai.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, newest first.
 *
 * @param next where the next part begins; null if this was the last
 */
public record Page<T>(List<T> items, @Nullable Cursor next) {
    /** The longest page. */
    public static final int MAX_LIMIT = 100;

    public Page {
        items = List.copyOf(items);
    }
}
