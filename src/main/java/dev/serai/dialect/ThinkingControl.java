package dev.serai.dialect;

/** By what a model is told how hard to think; a model refuses the words that it does not know. */
public enum ThinkingControl {
    /** A number of tokens. Messages: {@code thinking.budget_tokens}. Gemini 2.5: {@code thinkingBudget}. */
    BUDGET,
    /** A word. Messages: {@code thinking} of type {@code adaptive} and {@code output_config.effort}. Gemini 3: {@code thinkingLevel}. */
    EFFORT,
    /** Either. */
    BOTH
}
