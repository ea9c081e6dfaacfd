package dev.serai.conversation;

import org.jspecify.annotations.Nullable;

/**
 * How the model shall think, and what of it the client wants to see. Null means that it did not say. A client states an effort or a
 * budget, seldom both: {@link #effortOrEquivalent} and {@link #budgetOrEquivalent} give the one that a target wants.
 *
 * @param mode         whether to think at all. Messages: {@code thinking.type}. Gemini: a {@code thinkingBudget} of 0 or -1
 * @param effort       Chat: {@code reasoning_effort}. Responses: {@code reasoning.effort}. Messages: {@code output_config.effort}.
 *     Gemini: {@code thinkingLevel}
 * @param budgetTokens Messages: {@code thinking.budget_tokens}. Gemini: {@code thinkingBudget} over 0; never negative
 * @param summary      Responses: {@code reasoning.summary}. Messages: {@code thinking.display}. Gemini: {@code includeThoughts}
 * @param signatures   whether the client wants the opaque state back. Responses: {@code include} has {@code
 *     reasoning.encrypted_content}; Messages and Gemini always send it
 */
public record Reasoning(
        @Nullable Mode mode,
        @Nullable Effort effort,
        @Nullable Long budgetTokens,
        @Nullable Summary summary,
        @Nullable Boolean signatures) {

    /** Nothing was said. */
    public static final Reasoning UNSAID = new Reasoning(null, null, null, null, null);

    /** Whether to think. */
    public enum Mode {
        /** Not at all. Messages: {@code disabled}. Gemini: a budget of 0. */
        OFF,
        /** Yes. Messages: {@code enabled}. */
        ON,
        /** As the model likes. Messages: {@code adaptive}. Gemini: a budget of -1. */
        ADAPTIVE
    }

    /** How much of the thinking is shown. */
    public enum Summary {
        /** Nothing. Messages: {@code omitted}. Gemini: {@code includeThoughts: false}. */
        HIDDEN,
        /** Messages: {@code summarized}. Gemini: {@code includeThoughts: true}. */
        AUTO,
        CONCISE,
        DETAILED
    }

    public Reasoning {
        if (budgetTokens != null && budgetTokens < 0) {
            throw new IllegalArgumentException("a budget is never negative");
        }
    }

    public static Reasoning of(Effort effort) {
        return new Reasoning(null, effort, null, null, null);
    }

    /** Whether the client asked for no thinking, in whatever words. */
    public boolean isOff() {
        return mode == Mode.OFF
                || effort == Effort.NONE
                || (mode == null && effort == null && budgetTokens != null && budgetTokens == 0);
    }

    /** The effort, or what the budget or the lack of any thinking amounts to; null if none of them was stated. */
    public @Nullable Effort effortOrEquivalent() {
        if (isOff()) {
            return Effort.NONE;
        }
        return effort != null || budgetTokens == null ? effort : Effort.ofBudget(budgetTokens);
    }

    /** The budget, or what the effort or the lack of any thinking amounts to; null if none of them was stated. */
    public @Nullable Long budgetOrEquivalent() {
        if (isOff()) {
            return 0L;
        }
        if (budgetTokens != null) {
            return budgetTokens;
        }
        return effort == null ? null : Long.valueOf(effort.budgetTokens());
    }
}
