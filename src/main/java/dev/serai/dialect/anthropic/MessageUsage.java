package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.catalog.UsageTotals;
import dev.serai.conversation.Extra;
import dev.serai.conversation.ServiceTier;
import dev.serai.conversation.TokenSplit;
import dev.serai.conversation.Usage;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The {@code usage} of a message, read and written. A stream states it in several pieces: of each count the latest statement holds.
 * Anthropic's input excludes what was read from and written to the cache, and its output includes thinking; others behind its dialect
 * may count otherwise. Not thread-safe.
 */
final class MessageUsage {
    private static final Set<String> COUNTS = Set.of(
            "input_tokens",
            "cache_read_input_tokens",
            "cache_creation_input_tokens",
            "cache_creation",
            "output_tokens",
            "output_tokens_details");
    private static final Map<String, ServiceTier> TIERS =
            Map.of("standard", ServiceTier.STANDARD, "priority", ServiceTier.PRIORITY, "batch", ServiceTier.BATCH);

    /** More is nonsense, and sums must not overflow. */
    private static final long MOST = 1L << 50;

    private final UsageTotals totals;
    private long input;
    private long cacheRead;
    private long cacheWrite;
    private long cacheWrite5m;
    private long cacheWrite1h;
    private long output;
    private long thinking;
    private @Nullable ServiceTier tier;

    MessageUsage(UsageTotals totals) {
        this.totals = totals;
    }

    /**
     * Takes what this piece states, and leaves the rest as it was.
     *
     * @param extras gets what is no count
     */
    void update(JsonNode usage, Consumer<Extra> extras) {
        input = count(usage, "input_tokens", input);
        cacheRead = count(usage, "cache_read_input_tokens", cacheRead);
        cacheWrite = count(usage, "cache_creation_input_tokens", cacheWrite);
        output = count(usage, "output_tokens", output);
        JsonNode creation = usage.path("cache_creation");
        cacheWrite5m = count(creation, "ephemeral_5m_input_tokens", cacheWrite5m);
        cacheWrite1h = count(creation, "ephemeral_1h_input_tokens", cacheWrite1h);
        thinking = count(usage.path("output_tokens_details"), "thinking_tokens", thinking);
        for (Map.Entry<String, JsonNode> member : usage.properties()) {
            other(member.getKey(), member.getValue(), extras);
        }
    }

    private void other(String name, JsonNode value, Consumer<Extra> extras) {
        if (name.equals("service_tier") && TIERS.containsKey(value.asText())) {
            tier = TIERS.get(value.asText());
        } else if (!COUNTS.contains(name) && !value.isNull()) {
            extras.accept(new Extra(AnthropicMessagesCodec.DIALECT, "usage." + name, Json.toRaw(value)));
        }
    }

    private static long count(JsonNode holder, String name, long otherwise) {
        JsonNode count = holder.path(name);
        return count.isNumber() && count.canConvertToLong()
                ? Math.max(0, Math.min(count.longValue(), MOST))
                : otherwise;
    }

    /** Cache writes for which no duration is stated count as five minutes, Anthropic's default. */
    Usage toUsage() {
        long written = Math.max(cacheWrite, cacheWrite5m + cacheWrite1h);
        TokenSplit sent = TokenSplit.of(input);
        long read = totals.inputIncludesCacheReads() ? sent.take(cacheRead) : cacheRead;
        TokenSplit writes = TokenSplit.of(totals.inputIncludesCacheWrites() ? sent.take(written) : written);
        TokenSplit produced = TokenSplit.of(output);
        long reasoned = totals.outputIncludesReasoning() ? produced.take(thinking) : thinking;
        long hour = writes.take(cacheWrite1h);
        return new Usage(sent.rest(), read, writes.rest(), hour, 0, produced.rest(), reasoned, 0);
    }

    /** Null if none was stated, or one that only Anthropic knows. */
    @Nullable
    ServiceTier tier() {
        return tier;
    }

    /** As Anthropic states it; sound counts as what it was with. */
    static ObjectNode write(Usage usage, @Nullable ServiceTier tier) {
        ObjectNode json = Json.object()
                .put("input_tokens", usage.input() + usage.inputAudio())
                .put("cache_creation_input_tokens", usage.cacheWrite5m() + usage.cacheWrite1h())
                .put("cache_read_input_tokens", usage.cacheRead());
        json.putObject("cache_creation")
                .put("ephemeral_5m_input_tokens", usage.cacheWrite5m())
                .put("ephemeral_1h_input_tokens", usage.cacheWrite1h());
        json.put("output_tokens", usage.totalOutput());
        if (usage.reasoning() > 0) {
            json.putObject("output_tokens_details").put("thinking_tokens", usage.reasoning());
        }
        String word = word(tier);
        return word == null ? json : json.put("service_tier", word);
    }

    /** Null for a tier that Messages does not know. */
    static @Nullable String word(@Nullable ServiceTier tier) {
        return TIERS.entrySet().stream()
                .filter(entry -> entry.getValue() == tier)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }
}
