package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.catalog.UsageTotals;
import dev.serai.conversation.TokenSplit;
import dev.serai.conversation.Usage;
import dev.serai.json.JsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's usage, which a stream states in several pieces: of each count the latest statement holds. Input excludes
 * what was read from and written to the cache, and output includes thinking, unless the {@link UsageTotals} says otherwise. Not
 * thread-safe.
 */
final class AnthropicUsage {
    private final UsageTotals totals;
    private long input;
    private long cacheRead;
    private long cacheWrite;
    private long cacheWrite5m;
    private long cacheWrite1h;
    private long output;
    private long thinking;
    private long searches;

    AnthropicUsage(UsageTotals totals) {
        this.totals = totals;
    }

    /** Takes what this piece states, and leaves the rest as it was. */
    void update(@Nullable JsonDocument usage) {
        if (usage == null) {
            return;
        }
        input = count(usage, "input_tokens", input);
        cacheRead = count(usage, "cache_read_input_tokens", cacheRead);
        cacheWrite = count(usage, "cache_creation_input_tokens", cacheWrite);
        output = count(usage, "output_tokens", output);
        JsonDocument creation = usage.object("cache_creation");
        if (creation != null) {
            cacheWrite5m = count(creation, "ephemeral_5m_input_tokens", cacheWrite5m);
            cacheWrite1h = count(creation, "ephemeral_1h_input_tokens", cacheWrite1h);
        }
        JsonDocument details = usage.object("output_tokens_details");
        if (details != null) {
            thinking = count(details, "thinking_tokens", thinking);
        }
        JsonDocument tools = usage.object("server_tool_use");
        if (tools != null) {
            searches = count(tools, "web_search_requests", searches);
        }
    }

    /** What counts nothing leaves the count as it was. */
    private static long count(JsonDocument holder, String name, long otherwise) {
        long stated = holder.integer(name, -1);
        return stated < 0 || stated > Usage.MOST_TOKENS ? otherwise : stated;
    }

    /** As {@link #update(JsonDocument)}, from a tree. */
    void update(JsonNode usage) {
        input = count(usage, "input_tokens", input);
        cacheRead = count(usage, "cache_read_input_tokens", cacheRead);
        cacheWrite = count(usage, "cache_creation_input_tokens", cacheWrite);
        output = count(usage, "output_tokens", output);
        JsonNode creation = usage.path("cache_creation");
        cacheWrite5m = count(creation, "ephemeral_5m_input_tokens", cacheWrite5m);
        cacheWrite1h = count(creation, "ephemeral_1h_input_tokens", cacheWrite1h);
        thinking = count(usage.path("output_tokens_details"), "thinking_tokens", thinking);
        searches = count(usage.path("server_tool_use"), "web_search_requests", searches);
    }

    private static long count(JsonNode holder, String name, long otherwise) {
        JsonNode count = holder.path(name);
        boolean isCount = count.isNumber()
                && count.canConvertToLong()
                && count.longValue() >= 0
                && count.longValue() <= Usage.MOST_TOKENS;
        return isCount ? count.longValue() : otherwise;
    }

    /** Cache writes for which no duration is stated count as five minutes, Anthropic's default. */
    Usage toUsage() {
        TokenSplit sent = TokenSplit.of(input);
        TokenSplit produced = TokenSplit.of(output);
        long read = sent.take(cacheRead, totals.inputIncludesCacheReads());
        TokenSplit written = TokenSplit.of(
                sent.take(Math.max(cacheWrite, cacheWrite5m + cacheWrite1h), totals.inputIncludesCacheWrites()));
        long hour = written.take(cacheWrite1h);
        long reasoning = produced.take(thinking, totals.outputIncludesReasoning());
        return new Usage(sent.rest(), read, written.rest(), hour, 0, produced.rest(), reasoning, 0)
                .withWebSearches(searches);
    }
}
