package dev.serai.selection;

import java.util.List;

/** The candidates of a request in the order to try them; never empty, no candidate twice. */
public record Plan(List<Candidate> candidates) {
    public Plan {
        candidates = List.copyOf(candidates);
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("a plan has at least one candidate");
        }
    }
}
