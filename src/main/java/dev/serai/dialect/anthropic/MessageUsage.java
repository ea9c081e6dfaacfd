package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.catalog.UsageTotals;
import dev.serai.conversation.Extra;
import dev.serai.conversation.ServiceTier;
import dev.serai.conversation.Usage;
import dev.serai.dialect.JsonTree;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The {@code usage} of a message, read and written, with the service tier that stands in it. Not thread-safe. */
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

    private final AnthropicUsage counts;
    private @Nullable ServiceTier tier;

    MessageUsage(UsageTotals totals) {
        this.counts = new AnthropicUsage(totals);
    }

    /**
     * Takes what this piece states, and leaves the rest as it was.
     *
     * @param extras gets what is no count
     */
    void update(JsonNode usage, Consumer<Extra> extras) {
        counts.update(usage);
        for (Map.Entry<String, JsonNode> member : usage.properties()) {
            other(member.getKey(), member.getValue(), extras);
        }
    }

    private void other(String name, JsonNode value, Consumer<Extra> extras) {
        if (name.equals("service_tier") && TIERS.containsKey(value.asText())) {
            tier = TIERS.get(value.asText());
        } else if (!COUNTS.contains(name) && !value.isNull()) {
            extras.accept(new Extra(AnthropicMessagesCodec.DIALECT, "usage." + name, JsonTree.raw(value)));
        }
    }

    Usage toUsage() {
        return counts.toUsage();
    }

    /** Null if none was stated, or one that only Anthropic knows. */
    @Nullable
    ServiceTier tier() {
        return tier;
    }

    /** As Anthropic states it; sound and pictures count as what they were with. */
    static ObjectNode write(Usage usage, @Nullable ServiceTier tier) {
        ObjectNode json = Json.object()
                .put("input_tokens", usage.input() + usage.inputAudio() + usage.inputImage())
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
