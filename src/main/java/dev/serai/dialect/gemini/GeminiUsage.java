package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.catalog.UsageTotals;
import dev.serai.conversation.TokenSplit;
import dev.serai.conversation.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Google's usage, which every chunk of a stream states anew: of each count the latest statement holds. Input includes what was read
 * from the cache, but not what its own tools put into the prompt, which is counted beside it; output excludes thinking. Not
 * thread-safe.
 */
final class GeminiUsage {
    private final UsageTotals totals;
    private long prompt;
    private long toolPrompt;
    private long cached;
    private long candidates;
    private long thoughts;
    private long promptAudio;
    private long toolPromptAudio;
    private long cachedAudio;
    private long candidatesAudio;

    /** As Google counts. */
    GeminiUsage() {
        this(UsageTotals.of(Gemini.ID));
    }

    /** As somebody else who speaks Google's dialect counts. */
    GeminiUsage(UsageTotals totals) {
        this.totals = totals;
    }

    /** Takes what this piece states, and leaves the rest as it was. */
    void update(@Nullable JsonNode usage) {
        if (usage == null || !usage.isObject()) {
            return;
        }
        prompt = count(usage, "promptTokenCount", prompt);
        toolPrompt = count(usage, "toolUsePromptTokenCount", toolPrompt);
        cached = count(usage, "cachedContentTokenCount", cached);
        candidates = count(usage, "candidatesTokenCount", candidates);
        thoughts = count(usage, "thoughtsTokenCount", thoughts);
        promptAudio = audio(usage, "promptTokensDetails", promptAudio);
        toolPromptAudio = audio(usage, "toolUsePromptTokensDetails", toolPromptAudio);
        cachedAudio = audio(usage, "cacheTokensDetails", cachedAudio);
        candidatesAudio = audio(usage, "candidatesTokensDetails", candidatesAudio);
    }

    private static long count(JsonNode usage, String name, long before) {
        JsonNode count = usage.get(name);
        return count != null && count.isIntegralNumber() && count.canConvertToLong()
                ? Math.max(0, count.longValue())
                : before;
    }

    private static long audio(JsonNode usage, String name, long before) {
        JsonNode details = usage.get(name);
        if (details == null || !details.isArray()) {
            return before;
        }
        long tokens = 0;
        for (JsonNode detail : details) {
            if ("AUDIO".equals(detail.path("modality").textValue())) {
                tokens = Math.max(tokens, tokens + count(detail, "tokenCount", 0));
            }
        }
        return tokens;
    }

    Usage toUsage() {
        TokenSplit sent = TokenSplit.of(prompt);
        boolean cacheInside = totals.inputIncludesCacheReads();
        long read = cacheInside ? sent.take(cached) : cached;
        long heard = sent.take(cacheInside ? Math.max(0, promptAudio - cachedAudio) : promptAudio);
        TokenSplit found = TokenSplit.of(toolPrompt);
        long foundAudio = found.take(toolPromptAudio);
        TokenSplit produced = TokenSplit.of(candidates);
        long reasoning = totals.outputIncludesReasoning() ? produced.take(thoughts) : thoughts;
        long spoken = produced.take(candidatesAudio);
        return new Usage(
                sent.rest() + found.rest(), read, 0, 0, heard + foundAudio, produced.rest(), reasoning, spoken);
    }
}
