package dev.serai.dialect.gemini;

import dev.serai.dialect.ThinkingControl;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an encoder must know of a model and only its name tells.
 *
 * @param generation the first number of its name; 0 if the name says none, as that of a tuned model
 * @param leastBudget the smallest budget for thinking that it takes, besides 0
 * @param mostBudget  the largest
 * @param canRest     whether it takes a budget of 0
 */
record ModelFacts(int generation, long leastBudget, long mostBudget, boolean canRest) {
    private static final Pattern GENERATION = Pattern.compile("gemini-(\\d{1,3})(?!\\d)");

    /** Names that move on to the newest model. */
    private static final String LATEST = "-latest";

    private static final int NEWEST = 3;

    static ModelFacts of(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        Matcher matcher = GENERATION.matcher(name);
        int generation = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        if (generation == 0 && name.contains("gemini") && name.endsWith(LATEST)) {
            generation = NEWEST;
        }
        if (generation != 2) {
            return new ModelFacts(generation, 0, Integer.MAX_VALUE, true);
        }
        if (name.contains("flash-lite")) {
            return new ModelFacts(generation, 512, 24_576, true);
        }
        return name.contains("pro")
                ? new ModelFacts(generation, 128, 32_768, false)
                : new ModelFacts(generation, 0, 24_576, true);
    }

    /** Newer models are told in a word how hard to think, older ones in tokens, which the newer still take. */
    ThinkingControl thinking() {
        return isNew() ? ThinkingControl.EFFORT : ThinkingControl.BUDGET;
    }

    /** Whether it refuses calls without a signature. */
    boolean wantsSignedCalls() {
        return isNew();
    }

    /** Whether results of functions may hold images and documents. */
    boolean takesMediaInResults() {
        return isNew();
    }

    /** Whether each image may say how closely to look. */
    boolean takesDetail() {
        return isNew();
    }

    /** Whether functions and an answer in JSON may be asked for together. */
    boolean takesJsonBesideTools() {
        return generation == 0 || isNew();
    }

    private boolean isNew() {
        return generation >= NEWEST;
    }
}
