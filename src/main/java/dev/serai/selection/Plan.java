package dev.serai.selection;

import java.util.List;

/** The candidates of a request in the order to try them; no candidate twice; empty only where nobody need answer. */
public record Plan(List<Candidate> candidates) {
    public Plan {
        candidates = List.copyOf(candidates);
    }
}
