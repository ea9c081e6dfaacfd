package dev.serai.catalog;

/**
 * What a provider's token totals contain. Whoever bills needs disjoint kinds, and subtracts what is contained.
 *
 * @param inputIncludesCacheReads   whether the input total counts tokens read from the cache
 * @param inputIncludesCacheWrites  whether it counts tokens written to the cache
 * @param outputIncludesReasoning   whether the output total counts tokens spent on reasoning
 */
public record UsageTotals(
        boolean inputIncludesCacheReads, boolean inputIncludesCacheWrites, boolean outputIncludesReasoning) {
    /** OpenAI's way, in all of its dialects: the details are parts of the totals. */
    public static final UsageTotals INCLUSIVE = new UsageTotals(true, true, true);

    /** What the document of this dialect says, where a provider's file says nothing else. */
    public static UsageTotals of(String dialect) {
        return switch (dialect) {
            case "anthropic-messages" -> new UsageTotals(false, false, true);
            case "gemini" -> new UsageTotals(true, true, false);
            default -> INCLUSIVE;
        };
    }
}
