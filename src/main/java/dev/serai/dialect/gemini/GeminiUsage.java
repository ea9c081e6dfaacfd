package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.catalog.UsageTotals;
import dev.serai.conversation.TokenSplit;
import dev.serai.conversation.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Google's usage. Every piece of a stream states it anew and as a whole: the last statement with any count in it holds. Input includes
 * what was read from the cache, but not what its own tools put into the prompt, which is counted beside it; output excludes thinking.
 * Not thread-safe.
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

    /** Takes what this piece states; one that counts nothing leaves everything as it was. */
    void update(@Nullable JsonNode usage) {
        if (usage == null || !(usage.has("promptTokenCount") || usage.has("candidatesTokenCount"))) {
            return;
        }
        prompt = count(usage, "promptTokenCount");
        toolPrompt = count(usage, "toolUsePromptTokenCount");
        cached = count(usage, "cachedContentTokenCount");
        candidates = count(usage, "candidatesTokenCount");
        thoughts = count(usage, "thoughtsTokenCount");
        promptAudio = audio(usage, "promptTokensDetails");
        toolPromptAudio = audio(usage, "toolUsePromptTokensDetails");
        cachedAudio = audio(usage, "cacheTokensDetails");
        candidatesAudio = audio(usage, "candidatesTokensDetails");
    }

    private static long count(JsonNode usage, String name) {
        JsonNode count = usage.get(name);
        return count != null && count.isIntegralNumber() && count.canConvertToLong()
                ? Math.max(0, count.longValue())
                : 0;
    }

    private static long audio(JsonNode usage, String name) {
        long tokens = 0;
        for (JsonNode detail : usage.path(name)) {
            if ("AUDIO".equals(detail.path("modality").textValue())) {
                tokens = Math.max(tokens, tokens + count(detail, "tokenCount"));
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
