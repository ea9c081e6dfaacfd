package dev.serai.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Every measurement, in the order of the rounds. */
final class Results {
    private final List<Measurement> measurements = new ArrayList<>();

    void add(Measurement measurement) {
        measurements.add(measurement);
    }

    List<Measurement> all() {
        return List.copyOf(measurements);
    }

    List<Measurement> of(Stage stage, String peer) {
        return measurements.stream()
                .filter(one -> one.stage().equals(stage) && one.peer().equals(peer))
                .toList();
    }

    double median(Stage stage, String peer, ToDoubleFunction<Measurement> value) {
        return median(of(stage, peer).stream().mapToDouble(value).toArray());
    }

    /** The ratio in each round: what disturbs one round disturbs both sides of its ratio. */
    double[] ratios(Stage stage, String peer, String yardstick, ToDoubleFunction<Measurement> value) {
        return compared(stage, peer, yardstick, value, (ours, theirs) -> ours / theirs);
    }

    /** What a peer takes more than another, in each round. */
    double[] differences(Stage stage, String peer, String other, ToDoubleFunction<Measurement> value) {
        return compared(stage, peer, other, value, (ours, theirs) -> ours - theirs);
    }

    private double[] compared(
            Stage stage, String peer, String other, ToDoubleFunction<Measurement> value, DoubleBinaryOperator compare) {
        List<Measurement> ours = of(stage, peer);
        List<Measurement> theirs = of(stage, other);
        return IntStream.range(0, Math.min(ours.size(), theirs.size()))
                .mapToDouble(round -> compare.applyAsDouble(
                        value.applyAsDouble(ours.get(round)), value.applyAsDouble(theirs.get(round))))
                .toArray();
    }

    /** @return not a number if there are no values */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
