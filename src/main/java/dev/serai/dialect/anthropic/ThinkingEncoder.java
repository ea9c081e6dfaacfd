package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Effort;
import dev.serai.conversation.Reasoning;
import dev.serai.dialect.Feature;
import dev.serai.dialect.ThinkingControl;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code thinking}, {@code output_config.effort} and {@code max_tokens}, which depend on each other: a budget is at least 1,024
 * and less than {@code max_tokens}, and with a budget no model thinks that must use a tool. One instance per request.
 */
final class ThinkingEncoder {
    /** Where neither the client nor the catalog says how much may be written: what every model of the dialect can. */
    static final long DEFAULT_MAX_TOKENS = 8_192;

    static final long LEAST_BUDGET = 1_024;
    private static final String EFFORT = "effort";

    private final Reasoning reasoning;
    private final ThinkingControl control;
    private final Drops drops;
    private final @Nullable Long wanted;
    private final @Nullable Long possible;

    /**
     * @param wanted   the client's {@code max_tokens}; null if it did not say
     * @param possible the model's; null if unknown
     */
    ThinkingEncoder(
            Reasoning reasoning, ThinkingControl control, @Nullable Long wanted, @Nullable Long possible, Drops drops) {
        this.reasoning = reasoning;
        this.control = control;
        this.wanted = wanted;
        this.possible = possible;
        this.drops = drops;
    }

    /**
     * @param toolForced           whether the model must use a tool
     * @param callsWithoutThinking see {@link MessagesEncoder#callsWithoutThinking}
     * @return whether the model thinks
     */
    boolean write(ObjectNode body, boolean toolForced, boolean callsWithoutThinking) {
        long maxTokens = wanted != null ? wanted : possible != null ? possible : DEFAULT_MAX_TOKENS;
        body.put("max_tokens", maxTokens);
        if (reasoning.isOff()) {
            writeEffort(body);
            body.set("thinking", Json.ofType("disabled"));
            return false;
        }
        if (reasoning.mode() == null && reasoning.effort() == null && reasoning.budgetTokens() == null) {
            drops.addIf(isShown(), Feature.THINKING_SUMMARY, "nothing says that the model shall think");
            return false;
        }
        boolean budgeted = isBudgeted();
        if (!budgeted || reasoning.mode() == Reasoning.Mode.ON) {
            writeEffort(body);
        }
        if (budgeted && (toolForced || callsWithoutThinking)) {
            drops.add(
                    Feature.THINKING,
                    toolForced
                            ? "a model with a budget does not think when it must use a tool"
                            : "the calls that are answered were made without thinking that this model has signed");
            return false;
        }
        return budgeted ? writeBudget(body, maxTokens) : writeAdaptive(body);
    }

    private boolean isBudgeted() {
        return switch (control) {
            case BUDGET -> true;
            case EFFORT -> false;
            case BOTH ->
                reasoning.mode() == Reasoning.Mode.ON || (reasoning.mode() == null && reasoning.budgetTokens() != null);
        };
    }

    private void writeEffort(ObjectNode body) {
        Effort effort = reasoning.effort();
        if (effort == null && reasoning.budgetTokens() != null && !isBudgeted() && !reasoning.isOff()) {
            effort = Effort.ofBudget(reasoning.budgetTokens());
            drops.add(Feature.THINKING_BUDGET, "the model takes an effort instead");
        }
        if (effort != null && effort != Effort.NONE) {
            String word = effort.within(Effort.LOW, Effort.MAX).name().toLowerCase(Locale.ROOT);
            body.putObject("output_config").put(EFFORT, word);
        }
    }

    private boolean writeAdaptive(ObjectNode body) {
        ObjectNode thinking = Json.ofType("adaptive");
        writeDisplay(thinking);
        body.set("thinking", thinking);
        return true;
    }

    private boolean writeBudget(ObjectNode body, long maxTokens) {
        Long asked = reasoning.budgetOrEquivalent();
        long budget = Math.max(asked == null ? Effort.MEDIUM.budgetTokens() : asked, LEAST_BUDGET);
        long room = maxTokens;
        if (budget >= room && wanted == null) {
            room = possible == null ? budget + DEFAULT_MAX_TOKENS : possible;
            body.put("max_tokens", room);
        }
        if (room <= LEAST_BUDGET) {
            drops.add(Feature.THINKING, "max_tokens leaves no room for the least budget, " + LEAST_BUDGET);
            return false;
        }
        if (budget >= room) {
            budget = Math.max(LEAST_BUDGET, room / 2);
        }
        drops.addIf(
                reasoning.budgetTokens() != null && reasoning.budgetTokens() != budget,
                Feature.THINKING_BUDGET,
                "a budget is at least " + LEAST_BUDGET + " and less than max_tokens");
        ObjectNode thinking = Json.ofType("enabled").put("budget_tokens", budget);
        writeDisplay(thinking);
        body.set("thinking", thinking);
        return true;
    }

    private void writeDisplay(ObjectNode thinking) {
        Reasoning.Summary summary = reasoning.summary();
        if (summary != null) {
            thinking.put("display", summary == Reasoning.Summary.HIDDEN ? "omitted" : "summarized");
            drops.addIf(
                    summary == Reasoning.Summary.CONCISE || summary == Reasoning.Summary.DETAILED,
                    Feature.THINKING_SUMMARY,
                    "Messages knows one kind of summary");
        }
    }

    private boolean isShown() {
        return reasoning.summary() != null && reasoning.summary() != Reasoning.Summary.HIDDEN;
    }
}
