package dev.serai.conversation;

/**
 * How hard a model thinks, in words; and the same as a budget of tokens, for dialects that count. The table is Serai's own choice,
 * total and monotone in both directions, and {@code ofBudget(e.budgetTokens()) == e} for every effort. What a single model takes is
 * narrower: an encoder cuts to it ({@link #within}).
 *
 * <table>
 * <caption>Efforts and budgets</caption>
 * <tr><th>effort</th><th>becomes the budget</th><th>stands for budgets from</th></tr>
 * <tr><td>none</td><td>0</td><td>0</td></tr>
 * <tr><td>minimal</td><td>512</td><td>1</td></tr>
 * <tr><td>low</td><td>1,024</td><td>768</td></tr>
 * <tr><td>medium</td><td>8,192</td><td>3,072</td></tr>
 * <tr><td>high</td><td>24,576</td><td>14,336</td></tr>
 * <tr><td>xhigh</td><td>32,768</td><td>28,672</td></tr>
 * <tr><td>max</td><td>65,536</td><td>49,152</td></tr>
 * </table>
 *
 * <p>1,024, 8,192 and 24,576 are what Google's own OpenAI-compatible endpoint takes low, medium and high for. The lower bounds lie
 * between two budgets, nearer to the middle of their ratio than of their difference.
 */
public enum Effort {
    /** No thinking. */
    NONE(0, 0),
    MINIMAL(512, 1),
    LOW(1_024, 768),
    MEDIUM(8_192, 3_072),
    HIGH(24_576, 14_336),
    XHIGH(32_768, 28_672),
    MAX(65_536, 49_152);

    private final long budgetTokens;
    private final long fromTokens;

    Effort(long budgetTokens, long fromTokens) {
        this.budgetTokens = budgetTokens;
        this.fromTokens = fromTokens;
    }

    /** The budget that this effort becomes. */
    public long budgetTokens() {
        return budgetTokens;
    }

    /** The effort that a budget stands for; {@link #NONE} for 0 and less. */
    public static Effort ofBudget(long budgetTokens) {
        Effort found = NONE;
        for (Effort effort : values()) {
            if (effort.fromTokens <= budgetTokens) {
                found = effort;
            }
        }
        return found;
    }

    /** This effort, or the nearest between the two. */
    public Effort within(Effort least, Effort most) {
        if (compareTo(least) < 0) {
            return least;
        }
        return compareTo(most) > 0 ? most : this;
    }
}
