package dev.serai.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * By lot, each option as often first as its weight says; the next is drawn from the others likewise. Those without a weight come
 * last, as they are listed.
 */
record Weighted(Supplier<? extends RandomGenerator> random) implements Strategy {
    @Override
    public List<Option> order(List<Option> options, RequestShape request) {
        List<Option> left = new ArrayList<>(options);
        List<Option> ordered = new ArrayList<>(options.size());
        for (int total = total(left); total > 0; total = total(left)) {
            ordered.add(left.remove(draw(left, random.get().nextInt(total))));
        }
        ordered.addAll(left);
        return ordered;
    }

    private static int total(List<Option> options) {
        return options.stream().mapToInt(Option::weight).sum();
    }

    /** The index of the option into whose share the lot falls. */
    private static int draw(List<Option> options, int lot) {
        int index = 0;
        for (int rest = lot - options.get(0).weight();
                rest >= 0;
                rest -= options.get(index).weight()) {
            index++;
        }
        return index;
    }
}
