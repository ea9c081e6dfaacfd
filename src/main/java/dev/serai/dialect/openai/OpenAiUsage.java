package dev.serai.dialect.openai;

import dev.serai.conversation.TokenSplit;
import dev.serai.conversation.Usage;
import dev.serai.json.JsonDocument;
import org.jspecify.annotations.Nullable;

/** OpenAI's usage objects. What is missing, null or of another type counts as zero. */
final class OpenAiUsage {
    private OpenAiUsage() {}

    /** Of chat completions and their many imitations; null gives {@link Usage#NONE}. */
    static Usage ofChat(@Nullable JsonDocument usage) {
        if (usage == null) {
            return Usage.NONE;
        }
        JsonDocument prompt = usage.object("prompt_tokens_details");
        JsonDocument completion = usage.object("completion_tokens_details");
        long input = usage.integer("prompt_tokens", 0);
        long output = usage.integer("completion_tokens", 0);
        long reasoning = count(completion, "reasoning_tokens");
        if (usage.integer("total_tokens", 0) == input + output + reasoning) {
            // xAI counts reasoning beside the completion tokens, and its total says so.
            output += reasoning;
        }
        return split(
                TokenSplit.of(input),
                cached(usage, prompt),
                count(prompt, "cache_write_tokens"),
                count(prompt, "audio_tokens"),
                TokenSplit.of(output),
                reasoning,
                count(completion, "audio_tokens"));
    }

    /** Of responses; null gives {@link Usage#NONE}. */
    static Usage ofResponse(@Nullable JsonDocument usage) {
        if (usage == null) {
            return Usage.NONE;
        }
        JsonDocument input = usage.object("input_tokens_details");
        JsonDocument output = usage.object("output_tokens_details");
        return split(
                TokenSplit.of(usage.integer("input_tokens", 0)),
                count(input, "cached_tokens"),
                count(input, "cache_write_tokens"),
                count(input, "audio_tokens"),
                TokenSplit.of(usage.integer("output_tokens", 0)),
                count(output, "reasoning_tokens"),
                count(output, "audio_tokens"));
    }

    /** Of embeddings, which have no output; some providers state nothing but the total. */
    static Usage ofEmbeddings(@Nullable JsonDocument usage) {
        if (usage == null) {
            return Usage.NONE;
        }
        long input = usage.integer("prompt_tokens", usage.integer("total_tokens", 0));
        return new Usage(Math.max(0, input), 0, 0, 0, 0, 0, 0, 0);
    }

    /** DeepSeek and Moonshot state cached tokens beside the details that OpenAI put them into. */
    private static long cached(JsonDocument usage, @Nullable JsonDocument details) {
        long beside = usage.integer("prompt_cache_hit_tokens", usage.integer("cached_tokens", 0));
        return details == null ? beside : details.integer("cached_tokens", beside);
    }

    private static long count(@Nullable JsonDocument details, String name) {
        return details == null ? 0 : details.integer(name, 0);
    }

    private static Usage split(
            TokenSplit input,
            long cached,
            long written,
            long inputAudio,
            TokenSplit output,
            long reasoning,
            long outputAudio) {
        long cacheRead = input.take(cached);
        long cacheWrite = input.take(written);
        long audioIn = input.take(inputAudio);
        long thought = output.take(reasoning);
        long audioOut = output.take(outputAudio);
        return new Usage(input.rest(), cacheRead, cacheWrite, 0, audioIn, output.rest(), thought, audioOut);
    }
}
