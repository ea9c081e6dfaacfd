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
    private long promptImage;
    private long cachedImage;
    private long candidatesImage;
    private @Nullable String tier;

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
        promptAudio = modality(usage, "promptTokensDetails", "AUDIO");
        toolPromptAudio = modality(usage, "toolUsePromptTokensDetails", "AUDIO");
        cachedAudio = modality(usage, "cacheTokensDetails", "AUDIO");
        candidatesAudio = modality(usage, "candidatesTokensDetails", "AUDIO");
        promptImage = modality(usage, "promptTokensDetails", "IMAGE");
        cachedImage = modality(usage, "cacheTokensDetails", "IMAGE");
        candidatesImage = modality(usage, "candidatesTokensDetails", "IMAGE");
        tier = usage.path("serviceTier").textValue();
    }

    private static long count(JsonNode usage, String name) {
        JsonNode count = usage.get(name);
        return count != null && count.isIntegralNumber() && count.canConvertToLong()
                ? Usage.count(count.longValue())
                : 0;
    }

    private static long modality(JsonNode usage, String name, String modality) {
        long tokens = 0;
        for (JsonNode detail : usage.path(name)) {
            if (modality.equals(detail.path("modality").textValue())) {
                tokens = Math.min(Usage.MOST_TOKENS, tokens + count(detail, "tokenCount"));
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
        long seen = sent.take(cacheInside ? Math.max(0, promptImage - cachedImage) : promptImage);
        long drawn = produced.take(candidatesImage);
        return new Usage(sent.rest() + found.rest(), read, 0, 0, heard + foundAudio, produced.rest(), reasoning, spoken)
                .withImages(seen, drawn);
    }

    /** The service tier that was stated last, in Google's words; null if none was. */
    @Nullable
    String tier() {
        return tier;
    }
}
