package dev.serai.selection;

import java.util.Comparator;
import java.util.List;

/** The fewest attempts in flight first; equally busy ones as they are listed. */
record LeastBusy(InFlight inFlight) implements Strategy {
    /** Counts move while one sorts, so each is taken once. */
    private record Counted(Option option, int count) {}

    @Override
    public List<Option> order(List<Option> options, RequestShape request) {
        return options.stream()
                .map(option ->
                        new Counted(option, inFlight.count(option.target().key())))
                .sorted(Comparator.comparingInt(Counted::count))
                .map(Counted::option)
                .toList();
    }
}
