package dev.serai.selection;

import java.util.Comparator;
import java.util.List;

/** The quickest of late first. What nobody has measured lately comes before all, so that it is measured. */
record LowestLatency(Latencies latencies) implements Strategy {
    /** Averages move while one sorts, so each is taken once. */
    private record Measured(Option option, double nanos) {}

    @Override
    public List<Option> order(List<Option> options, RequestShape request) {
        return options.stream()
                .map(option -> new Measured(
                        option, latencies.expectedNanos(option.target().key(), request.stream())))
                .sorted(Comparator.comparingDouble(Measured::nanos))
                .map(Measured::option)
                .toList();
    }
}
