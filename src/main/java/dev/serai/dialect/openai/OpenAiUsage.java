package dev.serai.dialect.openai;

import dev.serai.catalog.UsageTotals;
import dev.serai.conversation.TokenSplit;
import dev.serai.conversation.Usage;
import dev.serai.json.JsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's usage objects. What is missing, null or of another type counts as zero. OpenAI's totals contain the details; a provider
 * may count otherwise, and its {@link UsageTotals} says so.
 */
final class OpenAiUsage {
    private static final String[] CACHED_BESIDE = {
        "prompt_cache_hit_tokens", "cached_tokens", "num_cached_tokens", "cache_read_input_tokens"
    };

    private OpenAiUsage() {}

    /** Of chat completions and their many imitations; null gives {@link Usage#NONE}. */
    static Usage ofChat(@Nullable JsonDocument usage, UsageTotals totals) {
        if (usage == null) {
            return Usage.NONE;
        }
        JsonDocument prompt = usage.object("prompt_tokens_details");
        JsonDocument completion = usage.object("completion_tokens_details");
        long input = count(usage, "prompt_tokens");
        long output = count(usage, "completion_tokens");
        long reasoning = count(completion, "reasoning_tokens");
        long total = count(usage, "total_tokens");
        Usage split = split(
                new Stated(
                        input,
                        cached(usage, prompt),
                        count(prompt, "cache_write_tokens"),
                        count(prompt, "audio_tokens"),
                        output,
                        reasoning,
                        count(completion, "audio_tokens"),
                        count(prompt, "image_tokens"),
                        count(completion, "image_tokens")),
                totals,
                // A provider whose file does not know better may say so itself: its sum counts them once more.
                total == input + output + reasoning);
        return split.withWebSearches(searches(usage));
    }

    /** Perplexity and OpenRouter state them in the usage, the one in OpenAI's way and the other in Anthropic's. */
    private static long searches(JsonDocument usage) {
        return Math.max(
                count(usage, "num_search_queries"), count(usage.object("server_tool_use"), "web_search_requests"));
    }

    /** Of responses; null gives {@link Usage#NONE}. */
    static Usage ofResponse(@Nullable JsonDocument usage, UsageTotals totals) {
        if (usage == null) {
            return Usage.NONE;
        }
        JsonDocument input = usage.object("input_tokens_details");
        JsonDocument output = usage.object("output_tokens_details");
        return split(
                new Stated(
                        count(usage, "input_tokens"),
                        count(input, "cached_tokens"),
                        count(input, "cache_write_tokens"),
                        count(input, "audio_tokens"),
                        count(usage, "output_tokens"),
                        count(output, "reasoning_tokens"),
                        count(output, "audio_tokens"),
                        count(input, "image_tokens"),
                        count(output, "image_tokens")),
                totals,
                false);
    }

    /** Of embeddings, which have no output; some providers state nothing but the total. */
    static Usage ofEmbeddings(@Nullable JsonDocument usage) {
        if (usage == null) {
            return Usage.NONE;
        }
        long input = Usage.count(usage.integer("prompt_tokens", usage.integer("total_tokens", 0)));
        return new Usage(input, 0, 0, 0, 0, 0, 0, 0);
    }

    /** DeepSeek, Moonshot and Mistral state cached tokens beside the details that OpenAI put them into. */
    private static long cached(JsonDocument usage, @Nullable JsonDocument details) {
        long beside = 0;
        for (String name : CACHED_BESIDE) {
            beside = Math.max(beside, count(usage, name));
        }
        return Math.max(beside, count(details, "cached_tokens"));
    }

    private static long count(@Nullable JsonDocument details, String name) {
        return details == null ? 0 : Usage.count(details.integer(name, 0));
    }

    /** The counts as they stand in the object. */
    private record Stated(
            long input,
            long cached,
            long written,
            long heard,
            long output,
            long reasoning,
            long spoken,
            long seen,
            long drawn) {}

    /** @param sumSaysOtherwise whether the provider's own sum shows that the output does not contain the reasoning */
    private static Usage split(Stated stated, UsageTotals totals, boolean sumSaysOtherwise) {
        TokenSplit input = TokenSplit.of(stated.input);
        TokenSplit output = TokenSplit.of(stated.output);
        long cacheRead = input.take(stated.cached, totals.inputIncludesCacheReads());
        long cacheWrite = input.take(stated.written, totals.inputIncludesCacheWrites());
        long audioIn = input.take(stated.heard);
        long thought = output.take(stated.reasoning, totals.outputIncludesReasoning() && !sumSaysOtherwise);
        long audioOut = output.take(stated.spoken);
        long imageIn = input.take(stated.seen);
        long imageOut = output.take(stated.drawn);
        return new Usage(input.rest(), cacheRead, cacheWrite, 0, audioIn, output.rest(), thought, audioOut)
                .withImages(imageIn, imageOut);
    }
}
