package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Effort;
import dev.serai.conversation.Reasoning;
import dev.serai.dialect.Feature;
import dev.serai.dialect.ThinkingControl;
import org.jspecify.annotations.Nullable;

/**
 * {@code thinkingConfig} (https://ai.google.dev/gemini-api/docs/thinking): a level for newer models, a budget for older ones and for
 * those whose name does not tell.
 */
final class ThinkingEncoder {
    private ThinkingEncoder() {}

    /** @param control how the model is told to think; null if only its name tells */
    static void write(
            Reasoning reasoning, @Nullable ThinkingControl control, ModelFacts facts, ObjectNode config, Drops drops) {
        ObjectNode thinking = Json.object();
        boolean byLevel =
                switch (control == null ? facts.thinking() : control) {
                    case EFFORT -> true;
                    case BUDGET -> false;
                    case BOTH -> reasoning.budgetTokens() == null;
                };
        if (byLevel) {
            level(reasoning, thinking, drops);
        } else {
            budget(reasoning, facts, thinking, drops);
        }
        Boolean shown = shown(reasoning);
        if (shown != null) {
            thinking.put("includeThoughts", shown);
        }
        if (!thinking.isEmpty()) {
            config.set("thinkingConfig", thinking);
        }
    }

    private static void level(Reasoning reasoning, ObjectNode thinking, Drops drops) {
        Effort effort = reasoning.effortOrEquivalent();
        if (effort == null) {
            return;
        }
        Effort taken = effort.within(Effort.MINIMAL, Effort.HIGH);
        drops.addIf(taken != effort, Feature.EFFORT, "this model thinks at least minimally and at most highly");
        thinking.put("thinkingLevel", taken.name());
    }

    private static void budget(Reasoning reasoning, ModelFacts facts, ObjectNode thinking, Drops drops) {
        Long budget = reasoning.budgetOrEquivalent();
        boolean free = reasoning.mode() != null && reasoning.mode() != Reasoning.Mode.OFF;
        if (budget == null) {
            if (free) {
                thinking.put("thinkingBudget", -1);
            }
            return;
        }
        boolean rests = budget == 0 && facts.canRest();
        long taken = rests ? 0 : Math.max(facts.leastBudget(), Math.min(facts.mostBudget(), budget));
        drops.addIf(
                taken != budget,
                budget == 0 ? Feature.THINKING : Feature.THINKING_BUDGET,
                "this model thinks with " + facts.leastBudget() + " to " + facts.mostBudget() + " tokens");
        thinking.put("thinkingBudget", taken);
    }

    /** Who tells a model of another dialect in so many words to think sees its thinking, unless it says otherwise. */
    private static @Nullable Boolean shown(Reasoning reasoning) {
        if (reasoning.summary() != null) {
            return reasoning.summary() != Reasoning.Summary.HIDDEN;
        }
        boolean told = reasoning.mode() == Reasoning.Mode.ON || reasoning.mode() == Reasoning.Mode.ADAPTIVE;
        if (told && !reasoning.isOff()) {
            return true;
        }
        return null;
    }
}
