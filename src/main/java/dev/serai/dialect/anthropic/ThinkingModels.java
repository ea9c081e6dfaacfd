package dev.serai.dialect.anthropic;

import dev.serai.dialect.ThinkingControl;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How a model is told to think, by its name, for targets that do not say. Claude takes a budget up to 4.5, a word from 4.7 and 5 on, and
 * either in between; other models behind this dialect take a budget.
 */
final class ThinkingModels {
    private static final Pattern BUDGET = Pattern.compile(
            "claude-(instant|[123]([-.]|$)|4-)|(opus|sonnet|haiku)-4($|:|[-.](0|1|5)(\\D|$)|[-@]20\\d\\d)");
    private static final Pattern BOTH = Pattern.compile("(opus|sonnet)-4[-.]6");

    private ThinkingModels() {}

    static ThinkingControl of(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        if (!name.contains("claude") || BUDGET.matcher(name).find()) {
            return ThinkingControl.BUDGET;
        }
        return BOTH.matcher(name).find() ? ThinkingControl.BOTH : ThinkingControl.EFFORT;
    }
}
