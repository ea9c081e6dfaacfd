package dev.serai.dialect.gemini;

import dev.serai.conversation.TokenSplit;
import dev.serai.conversation.Usage;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonDocument.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Google's usage, which every chunk of a stream states anew: of each count the latest statement holds. Input includes what was read
 * from the cache, but not what its own tools put into the prompt, which is counted beside it; output excludes thinking. Not
 * thread-safe.
 */
final class GeminiUsage {
    private final boolean inputIncludesCache;
    private final boolean outputIncludesReasoning;
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
        this(true, false);
    }

    /** As somebody else who speaks Google's dialect counts. */
    GeminiUsage(boolean inputIncludesCache, boolean outputIncludesReasoning) {
        this.inputIncludesCache = inputIncludesCache;
        this.outputIncludesReasoning = outputIncludesReasoning;
    }

    /** Takes what this piece states, and leaves the rest as it was. */
    void update(@Nullable JsonDocument usage) {
        if (usage == null) {
            return;
        }
        prompt = usage.integer("promptTokenCount", prompt);
        toolPrompt = usage.integer("toolUsePromptTokenCount", toolPrompt);
        cached = usage.integer("cachedContentTokenCount", cached);
        candidates = usage.integer("candidatesTokenCount", candidates);
        thoughts = usage.integer("thoughtsTokenCount", thoughts);
        promptAudio = audio(usage, "promptTokensDetails", promptAudio);
        toolPromptAudio = audio(usage, "toolUsePromptTokensDetails", toolPromptAudio);
        cachedAudio = audio(usage, "cacheTokensDetails", cachedAudio);
        candidatesAudio = audio(usage, "candidatesTokensDetails", candidatesAudio);
    }

    private static long audio(JsonDocument usage, String name, long before) {
        if (usage.kind(name) != Kind.ARRAY) {
            return before;
        }
        long tokens = 0;
        for (JsonDocument.Value detail : usage.elements(name)) {
            if (detail.kind() == Kind.OBJECT) {
                JsonDocument counted = usage.object(detail);
                tokens +=
                        "AUDIO".equals(counted.string("modality")) ? Math.max(0, counted.integer("tokenCount", 0)) : 0;
            }
        }
        return tokens;
    }

    Usage toUsage() {
        TokenSplit sent = TokenSplit.of(Math.max(0, prompt));
        long read = inputIncludesCache ? sent.take(cached) : Math.max(0, cached);
        long heard = sent.take(inputIncludesCache ? promptAudio - Math.min(cachedAudio, promptAudio) : promptAudio);
        TokenSplit found = TokenSplit.of(toolPrompt);
        long foundAudio = found.take(toolPromptAudio);
        TokenSplit produced = TokenSplit.of(candidates);
        long reasoning = outputIncludesReasoning ? produced.take(thoughts) : Math.max(0, thoughts);
        long spoken = produced.take(candidatesAudio);
        return new Usage(
                sent.rest() + found.rest(), read, 0, 0, heard + foundAudio, produced.rest(), reasoning, spoken);
    }
}
