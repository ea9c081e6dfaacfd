package dev.serai.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A provider's own list of models, in the form of OpenAI ({@code {"data": [{"id": …}]}}), with what Anthropic, OpenRouter and others
 * say beyond it.
 */
final class OwnList {
    private static final Map<String, String> PRICES = Map.of(
            "prompt", "input",
            "completion", "output",
            "input_cache_read", "cacheRead",
            "input_cache_write", "cacheWrite5m",
            "internal_reasoning", "reasoning",
            "audio", "inputAudio",
            "audio_output", "outputAudio",
            "image_token", "inputImage",
            "image_output", "outputImage");

    /** Per request, picture or search, which Serai does not bill, and what is not an amount. A price per request is refused. */
    private static final Set<String> NOT_TOKENS =
            Set.of("request", "image", "web_search", "input_audio_cache", "discount", "overrides", "min_prompt_tokens");

    private static final int PER_TOKEN = 6;

    private OwnList() {}

    static boolean isOne(JsonNode document) {
        return document.isArray() || document.path("data").isArray();
    }

    static ModelList read(JsonNode document, String by) throws ListException {
        Listing listing = new Listing(by);
        for (JsonNode model : document.isArray() ? document : document.path("data")) {
            JsonNode id = model.path("id");
            // Google writes the name of a resource.
            String bare = id.asText().replaceFirst("^models/", "");
            listing.add(id.isTextual() ? FactSheet.NODES.textNode(bare) : id, facts(model, bare, listing));
        }
        boolean more = document.path("has_more").asBoolean()
                || document.path("links").path("next").isTextual();
        return listing.finish(!more);
    }

    private static Map<String, JsonNode> facts(JsonNode model, String id, Listing listing) {
        FactSheet facts = new FactSheet();
        JsonNode output = model.path("architecture").path("output_modalities");
        facts.name(model.has("display_name") ? model.path("display_name") : model.path("name"), id);
        kind(facts, output);
        facts.tokens(
                "context",
                model.path("context_length"),
                model.path("context_window"),
                model.path("max_model_len"),
                model.path("max_context_length"),
                model.path("max_input_tokens"));
        facts.tokens(
                "maxOutput",
                model.path("top_provider").path("max_completion_tokens"),
                model.path("max_completion_tokens"),
                model.path("max_output_tokens"),
                // Anthropic's; alone, the word has other meanings elsewhere.
                model.path(model.has("max_input_tokens") ? "max_tokens" : ""));
        facts.modalities("input", input(model));
        facts.modalities("output", output);
        capabilities(facts, model.path("supported_parameters"));
        facts.capability("tools", model.path("capabilities").path("function_calling"));
        facts.capability("reasoning", model.path("capabilities").path("thinking"));
        facts.capability("structured-output", model.path("capabilities").path("structured_outputs"));
        facts.day("released", model.path("created_at"));
        LocalDate shutdown = FactSheet.day(model.path("expiration_date"));
        LocalDate released = FactSheet.day(model.path("created_at"));
        if (shutdown != null && (released == null || !shutdown.isBefore(released))) {
            FactSheet end = new FactSheet();
            end.day("shutdown", model.path("expiration_date"));
            facts.set("lifecycle", FactSheet.NODES.objectNode().setAll(end.facts()));
        }
        price(facts, model.path("pricing"), id, listing);
        return facts.facts();
    }

    /** What it takes: a list of words, or in Anthropic's list a statement for each but text. */
    private static JsonNode input(JsonNode model) {
        JsonNode capabilities = model.path("capabilities");
        if (!capabilities.has("image_input")) {
            return model.path("architecture").path("input_modalities");
        }
        ArrayNode input = FactSheet.NODES.arrayNode().add("text");
        for (String modality : List.of("image", "pdf")) {
            if (capabilities.path(modality + "_input").path("supported").asBoolean()) {
                input.add(modality);
            }
        }
        return input;
    }

    private static void kind(FactSheet facts, JsonNode output) {
        if (FactSheet.contains(output, "text")) {
            facts.word("kind", "chat");
        } else if (FactSheet.contains(output, "embeddings")) {
            facts.word("kind", "embedding");
        } else if (FactSheet.contains(output, "image")) {
            facts.word("kind", "image");
        }
    }

    /** That a parameter is not in the list does not say that it is refused. */
    private static void capabilities(FactSheet facts, JsonNode parameters) {
        Map<String, String> capabilities = new LinkedHashMap<>();
        capabilities.put("tools", "tools");
        capabilities.put("reasoning", "reasoning");
        capabilities.put("structured_outputs", "structured-output");
        capabilities.forEach((parameter, capability) -> {
            if (FactSheet.contains(parameters, parameter)) {
                facts.capability(capability, FactSheet.NODES.booleanNode(true));
            }
        });
    }

    private static void price(FactSheet facts, JsonNode pricing, String id, Listing listing) {
        BigDecimal prompt = FactSheet.number(pricing.path("prompt"));
        if (prompt == null || prompt.signum() < 0) {
            // A router of models has -1: the price is that of whoever answers.
            return;
        }
        try {
            BigDecimal request = FactSheet.number(pricing.path("request"));
            if (request != null && request.signum() > 0) {
                throw new PriceSheet.Unspeakable("it has a price per request");
            }
            boolean isChat =
                    !facts.has("kind") || FactSheet.contains(facts.facts().get("output"), "text");
            JsonNode price = new PriceSheet(PRICES, PER_TOKEN, isChat).price(pricing, tiers(pricing), NOT_TOKENS);
            if (price != null) {
                facts.set("price", price);
            }
        } catch (PriceSheet.Unspeakable e) {
            listing.remark(id, "price left out: " + e.getMessage());
        }
    }

    private static Map<Long, JsonNode> tiers(JsonNode pricing) throws PriceSheet.Unspeakable {
        Map<Long, JsonNode> tiers = new LinkedHashMap<>();
        for (JsonNode tier : pricing.path("overrides")) {
            JsonNode limit = tier.path("min_prompt_tokens");
            if (!limit.canConvertToLong() || tiers.put(limit.longValue(), tier) != null) {
                throw new PriceSheet.Unspeakable("it has prices for other conditions than the length of the input");
            }
        }
        return tiers;
    }
}
