package dev.serai.selection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** By lot, every order as likely as any other. */
record Shuffled(Supplier<? extends RandomGenerator> random) implements Strategy {
    @Override
    public List<Option> order(List<Option> options, RequestShape request) {
        List<Option> shuffled = new ArrayList<>(options);
        RandomGenerator lots = random.get();
        for (int left = shuffled.size(); left > 1; left--) {
            Collections.swap(shuffled, left - 1, lots.nextInt(left));
        }
        return shuffled;
    }
}
