package dev.serai.catalog;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Where a model stands between its release and its end.
 *
 * @param shutdown    the announced last day, in UTC; from then on it is {@link Stage#RETIRED}. Null if none is announced
 * @param replacement the id that the provider names as its successor; null if it names none
 */
public record Lifecycle(
        Stage stage, @Nullable LocalDate shutdown, @Nullable String replacement) {
    /** In use, and no end of it is announced. */
    public static final Lifecycle CURRENT = new Lifecycle(Stage.CURRENT, null, null);

    /** The stages, in their order. */
    public enum Stage {
        /** May change or vanish at short notice. */
        PREVIEW,
        CURRENT,
        /** Still answers, but its end is announced. */
        DEPRECATED,
        /** Answers no more. */
        RETIRED
    }

    /** The stage on this day. */
    public Stage on(LocalDate day) {
        return shutdown != null && !day.isBefore(shutdown) ? Stage.RETIRED : stage;
    }
}
