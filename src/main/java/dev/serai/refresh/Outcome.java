package dev.serai.refresh;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a list for one provider.
 *
 * @param provider the provider's id
 * @param file     its overlay; null if there is no folder for it
 * @param changes  what is different from before, and what the list and the provider file disagree on
 * @param written  whether the overlay was written
 * @param failure  why the list was not used; empty if it was
 */
public record Outcome(String provider, @Nullable Path file, List<Change> changes, boolean written, String failure) {
    public Outcome {
        changes = List.copyOf(changes);
    }

    static Outcome failed(String provider, String why) {
        return new Outcome(provider, null, List.of(), false, why);
    }

    public boolean isFailed() {
        return !failure.isEmpty();
    }

    /** Whether the overlay would become, or has become, another one. */
    public boolean isChanged() {
        return changes.stream().anyMatch(change -> change.kind().isWritten());
    }

    /** How many changes there are of this kind. */
    public long count(Change.Kind kind) {
        return changes.stream().filter(change -> change.kind() == kind).count();
    }
}
