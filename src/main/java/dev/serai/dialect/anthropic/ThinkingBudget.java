package dev.serai.dialect.anthropic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.serai.dialect.OutputLimit;
import dev.serai.json.JsonDocument.Kind;
import dev.serai.json.JsonEdit;
import java.util.List;

/** The budget that a client sets for thinking, where its answer must be shorter than it says: Anthropic refuses one that does not fit in. */
final class ThinkingBudget {
    private static final String THINKING = "thinking";
    private static final String BUDGET = "budget_tokens";
    private static final byte[] DISABLED = "{\"type\":\"disabled\"}".getBytes(US_ASCII);

    private ThinkingBudget() {}

    /** @return what does not cross as the client said it */
    static List<String> keepBelow(JsonEdit body, long maxTokens) {
        JsonEdit thinking = body.object(THINKING);
        if (thinking == null
                || thinking.kind(BUDGET) != Kind.NUMBER
                || OutputLimit.isWithin(thinking, BUDGET, maxTokens - 1)) {
            return List.of();
        }
        if (maxTokens <= ThinkingEncoder.LEAST_BUDGET) {
            body.set(THINKING, DISABLED);
            return List.of(THINKING);
        }
        thinking.set(BUDGET, OutputLimit.json(Math.max(ThinkingEncoder.LEAST_BUDGET, maxTokens / 2)));
        return List.of(THINKING + "." + BUDGET);
    }
}
