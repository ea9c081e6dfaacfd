package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.catalog.UsageTotals;
import dev.serai.conversation.TokenSplit;
import dev.serai.conversation.Usage;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonMembers;
import dev.serai.dialect.JsonTree;
import org.jspecify.annotations.Nullable;

/** The usage of Chat and of its many speakers, to and from disjoint kinds. */
final class ChatUsage {
    private static final String PROMPT_DETAILS = "prompt_tokens_details";
    private static final String COMPLETION_DETAILS = "completion_tokens_details";

    private final JsonMembers usage;
    private final @Nullable JsonMembers prompt;
    private final @Nullable JsonMembers completion;

    private ChatUsage(JsonMembers usage) throws CodecException {
        this.usage = usage;
        this.prompt = usage.object(PROMPT_DETAILS);
        this.completion = usage.object(COMPLETION_DETAILS);
    }

    /** What the members of a {@code usage} say. */
    record Reading(
            Usage usage,
            @Nullable JsonMembers prompt,
            @Nullable JsonMembers completion) {}

    /** Reads usage; what no kind holds stays unread in the members. */
    static Reading read(JsonMembers usage, UsageTotals totals) throws CodecException {
        ChatUsage reading = new ChatUsage(usage);
        return new Reading(reading.read(totals), reading.prompt, reading.completion);
    }

    private Usage read(UsageTotals totals) throws CodecException {
        long promptTokens = count(usage, "prompt_tokens", "input_tokens");
        long completionTokens = count(usage, "completion_tokens", "output_tokens");
        long cached = Math.max(
                count(prompt, "cached_tokens"),
                count(
                        usage,
                        "prompt_cache_hit_tokens",
                        "cached_tokens",
                        "num_cached_tokens",
                        "cache_read_input_tokens"));
        usage.ignore("prompt_cache_miss_tokens");
        Written written = written();
        long reasoning = Math.max(count(completion, "reasoning_tokens"), count(usage, "reasoning_tokens"));
        long audioIn = count(prompt, "audio_tokens");
        long audioOut = count(completion, "audio_tokens");
        boolean beside = isBeside(promptTokens, completionTokens, reasoning, totals);
        ignoreUnusedPredictions();

        TokenSplit input = TokenSplit.of(promptTokens
                + (totals.inputIncludesCacheReads() ? 0 : cached)
                + (totals.inputIncludesCacheWrites() ? 0 : written.total()));
        TokenSplit output = TokenSplit.of(completionTokens + (beside ? reasoning : 0));
        long read = input.take(cached);
        long write1h = input.take(written.oneHour());
        long write5m = input.take(written.fiveMinutes());
        long heard = input.take(audioIn);
        long thought = output.take(reasoning);
        long spoken = output.take(audioOut);
        long seen = input.take(images(prompt));
        long drawn = output.take(images(completion));
        long searches = searches();
        return new Usage(input.rest(), read, write5m, write1h, heard, output.rest(), thought, spoken)
                .withImages(seen, drawn)
                .withWebSearches(searches);
    }

    /** Whether reasoning is counted beside the completion. The total knows better than a provider's file: xAI's says so. */
    private boolean isBeside(long input, long output, long reasoning, UsageTotals totals) throws CodecException {
        long total = count(usage, "total_tokens");
        if (reasoning > 0 && total == input + output + reasoning) {
            return true;
        }
        return !totals.outputIncludesReasoning() && !(reasoning > 0 && total == input + output);
    }

    /** OpenAI has no such detail in Chat, so where there are none it stays as it is. */
    private static long images(@Nullable JsonMembers details) throws CodecException {
        long tokens = count(details, "image_tokens");
        if (details != null && tokens == 0) {
            details.leave("image_tokens");
        }
        return tokens;
    }

    /** As {@link OpenAiUsage} reads them; Chat has no word for them, so they are left over, too. */
    private long searches() throws CodecException {
        JsonMembers tools = usage.object("server_tool_use");
        long searches = Math.max(count(usage, "num_search_queries"), count(tools, "web_search_requests"));
        usage.leave("server_tool_use");
        usage.leave("num_search_queries");
        return searches;
    }

    private record Written(long fiveMinutes, long oneHour) {
        long total() {
            return fiveMinutes + oneHour;
        }
    }

    private Written written() throws CodecException {
        long all = Math.max(
                count(prompt, "cache_write_tokens", "cache_creation_input_tokens", "cache_creation_tokens"),
                count(usage, "cache_creation_input_tokens", "cache_write_tokens"));
        JsonMembers split = usage.object("cache_creation");
        long oneHour = count(split, "ephemeral_1h_input_tokens");
        long fiveMinutes = Math.max(count(split, "ephemeral_5m_input_tokens"), all - oneHour);
        return new Written(fiveMinutes, oneHour);
    }

    /** OpenAI always states them, and Serai writes them as 0; what was used is left over. */
    private void ignoreUnusedPredictions() throws CodecException {
        if (completion == null) {
            return;
        }
        for (String name : new String[] {"accepted_prediction_tokens", "rejected_prediction_tokens"}) {
            if (count(completion, name) != 0) {
                completion.leave(name);
            }
        }
    }

    /** The first of the names that holds a count over 0. */
    private static long count(@Nullable JsonMembers members, String... names) throws CodecException {
        long found = 0;
        if (members != null) {
            for (String name : names) {
                Long value = members.integer(name);
                if (value != null && found == 0) {
                    found = Usage.count(value);
                }
            }
        }
        return found;
    }

    /** OpenAI's {@code usage}, in which the details are parts of the totals. */
    static ObjectNode write(Usage usage) {
        ObjectNode node = JsonTree.NODES.objectNode();
        node.put("prompt_tokens", usage.totalInput());
        node.put("completion_tokens", usage.totalOutput());
        node.put("total_tokens", usage.totalInput() + usage.totalOutput());
        ObjectNode prompt = node.putObject(PROMPT_DETAILS);
        prompt.put("cached_tokens", usage.cacheRead());
        prompt.put("audio_tokens", usage.inputAudio());
        prompt.put("cache_write_tokens", usage.cacheWrite5m() + usage.cacheWrite1h());
        if (usage.inputImage() > 0) {
            prompt.put("image_tokens", usage.inputImage());
        }
        ObjectNode completion = node.putObject(COMPLETION_DETAILS);
        completion.put("reasoning_tokens", usage.reasoning());
        completion.put("audio_tokens", usage.outputAudio());
        completion.put("accepted_prediction_tokens", 0);
        completion.put("rejected_prediction_tokens", 0);
        if (usage.outputImage() > 0) {
            completion.put("image_tokens", usage.outputImage());
        }
        return node;
    }
}
