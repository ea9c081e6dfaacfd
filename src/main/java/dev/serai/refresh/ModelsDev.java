package dev.serai.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A document of the form of models.dev's {@code api.json}: {@code {provider: {"models": {id: {…}}}}}, prices in US dollars per
 * million tokens.
 */
final class ModelsDev {
    private static final Map<String, String> PRICES = Map.of(
            "input", "input",
            "output", "output",
            "cache_read", "cacheRead",
            "cache_write", "cacheWrite5m",
            "reasoning", "reasoning",
            "input_audio", "inputAudio",
            "output_audio", "outputAudio");

    private static final Set<String> BESIDE_RATES = Set.of("tiers", "tier", "context_over_200k");
    private static final Map<String, String> STAGES =
            Map.of("alpha", "preview", "beta", "preview", "deprecated", "deprecated");

    private ModelsDev() {}

    static boolean isOne(JsonNode document) {
        if (!document.isObject() || document.isEmpty()) {
            return false;
        }
        for (JsonNode provider : document) {
            if (!provider.path("models").isObject()) {
                return false;
            }
        }
        return true;
    }

    static ModelList read(JsonNode provider, String by) throws ListException {
        Listing listing = new Listing(by);
        for (Map.Entry<String, JsonNode> model : provider.path("models").properties()) {
            listing.add(FactSheet.NODES.textNode(model.getKey()), facts(model.getKey(), model.getValue(), listing));
        }
        return listing.finish(true);
    }

    private static Map<String, JsonNode> facts(String id, JsonNode model, Listing listing) {
        FactSheet facts = new FactSheet();
        // For these, text as output and a longest output mean something else: there is no word for vectors there.
        boolean embeds = id.toLowerCase(Locale.ROOT).contains("embed");
        JsonNode modalities = model.path("modalities");
        boolean isChat = !embeds && FactSheet.contains(modalities.path("output"), "text");
        facts.name(model.path("name"), id);
        if (isChat) {
            facts.word("kind", "chat");
        }
        facts.tokens("context", model.path("limit").path("context"));
        if (!embeds) {
            facts.tokens("maxOutput", model.path("limit").path("output"));
        }
        facts.modalities("input", modalities.path("input"));
        if (!embeds) {
            facts.modalities("output", modalities.path("output"));
            facts.capability("tools", model.path("tool_call"));
            facts.capability("reasoning", model.path("reasoning"));
            facts.capability("structured-output", model.path("structured_output"));
        }
        facts.day("released", model.path("release_date"));
        String stage = STAGES.get(model.path("status").asText());
        if (stage != null) {
            facts.word("lifecycle", stage);
        }
        price(facts, id, model.path("cost"), isChat, listing);
        return facts.facts();
    }

    private static void price(FactSheet facts, String id, JsonNode cost, boolean isChat, Listing listing) {
        try {
            JsonNode price = new PriceSheet(PRICES, 0, isChat).price(cost, tiers(cost), BESIDE_RATES);
            if (price != null) {
                facts.set("price", price);
            }
        } catch (PriceSheet.Unspeakable e) {
            listing.remark(id, "price left out: " + e.getMessage());
        }
    }

    private static Map<Long, JsonNode> tiers(JsonNode cost) throws PriceSheet.Unspeakable {
        Map<Long, JsonNode> tiers = new HashMap<>();
        for (JsonNode tier : cost.path("tiers")) {
            JsonNode limit = tier.path("tier").path("size");
            if (!tier.path("tier").path("type").asText().equals("context") || !limit.canConvertToLong()) {
                throw new PriceSheet.Unspeakable("it has prices for other conditions than the length of the input");
            }
            tiers.put(limit.longValue(), tier);
        }
        if (tiers.isEmpty() && cost.path("context_over_200k").isObject()) {
            // What documents said before there were tiers.
            tiers.put(200_000L, cost.path("context_over_200k"));
        }
        return tiers;
    }
}
