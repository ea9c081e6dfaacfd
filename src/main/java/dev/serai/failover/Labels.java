package dev.serai.failover;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds a constant by what it is called in files and headers. */
final class Labels {
    private Labels() {}

    /** @throws IllegalArgumentException if none has this label */
    static <E extends Enum<E>> E require(E[] all, Function<E, String> labelOf, String label) {
        E found = find(all, labelOf, label);
        if (found == null) {
            throw new IllegalArgumentException("nothing is called '" + label + "'");
        }
        return found;
    }

    /** Null if none has this label. */
    static <E extends Enum<E>> @Nullable E find(E[] all, Function<E, String> labelOf, String label) {
        for (E one : all) {
            if (labelOf.apply(one).equals(label)) {
                return one;
            }
        }
        return null;
    }
}
