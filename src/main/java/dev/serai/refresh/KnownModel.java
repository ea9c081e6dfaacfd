package dev.serai.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.serai.catalog.Capability;
import dev.serai.catalog.Kind;
import dev.serai.catalog.Lifecycle;
import dev.serai.catalog.Modality;
import dev.serai.catalog.Model;
import dev.serai.catalog.Price;
import dev.serai.catalog.Prices;
import dev.serai.catalog.TokenKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model of a provider file, held against what a list says of it. */
final class KnownModel {
    private final Model model;
    private final Instant now;

    KnownModel(Model model, Instant now) {
        this.model = model;
        this.now = now;
    }

    /** What of this the provider file leaves unknown. */
    Map<String, JsonNode> news(Map<String, JsonNode> facts) {
        Map<String, JsonNode> news = new LinkedHashMap<>();
        facts.forEach((key, value) -> {
            if (key.equals("capabilities") || key.equals("lacks")) {
                ArrayNode unknown = FactSheet.NODES.arrayNode();
                value.forEach(word -> {
                    Capability capability = Capability.valueOf(constant(word.asText()));
                    if (!model.can(capability) && !model.cannot(capability)) {
                        unknown.add(word);
                    }
                });
                if (!unknown.isEmpty()) {
                    news.put(key, unknown);
                }
            } else if (isUnknown(key) && fits(key, value)) {
                news.put(key, value);
            }
        });
        return news;
    }

    /** Whether the provider file can hold this together with what it says itself. */
    private boolean fits(String key, JsonNode value) {
        LocalDate shutdown = FactSheet.day(value.path("shutdown"));
        return switch (key) {
            case "price" -> model.kind() != Kind.CHAT || value.isTextual() || value.has("output");
            case "lifecycle" -> shutdown == null || model.released() == null || !shutdown.isBefore(model.released());
            default -> true;
        };
    }

    private boolean isUnknown(String key) {
        return switch (key) {
            case "name" -> model.name().equals(model.id());
            case "kind" -> model.kind() == Kind.UNKNOWN;
            case "context" -> model.contextTokens() == null;
            case "maxOutput" -> model.maxOutputTokens() == null;
            case "input" -> model.input().isEmpty();
            case "output" -> model.output().isEmpty();
            case "released" -> model.released() == null;
            case "lifecycle" -> model.lifecycle().equals(Lifecycle.CURRENT);
            case "price" -> model.prices() instanceof Prices.Unknown;
            default -> true;
        };
    }

    /** What of this the provider file says otherwise. That one of them has another name for people is no matter. */
    List<String> contradictions(Map<String, JsonNode> facts) {
        List<String> contradictions = new ArrayList<>();
        facts.forEach((key, value) -> own(key, value)
                .ifPresent(own -> contradictions.add(key + " " + OverlayText.flow(value) + ", and the file " + own)));
        return contradictions;
    }

    /** What the file says in contradiction to this; empty if it says the same, or nothing. */
    private Optional<String> own(String key, JsonNode value) {
        return switch (key) {
            case "kind" -> otherThan(value, model.kind() == Kind.UNKNOWN ? null : word(model.kind()));
            case "context" -> otherThan(value, model.contextTokens());
            case "maxOutput" -> otherThan(value, model.maxOutputTokens());
            case "input" -> otherThan(value, model.input());
            case "output" -> otherThan(value, model.output());
            case "capabilities" -> contained(value, model.lacks()).map(word -> "lacks " + word);
            case "lacks" -> contained(value, model.capabilities()).map(word -> "has " + word);
            case "price" -> otherPrice(value);
            default -> Optional.empty();
        };
    }

    private static Optional<String> otherThan(JsonNode value, @Nullable Object own) {
        return own == null || value.asText().equals(own.toString()) ? Optional.empty() : Optional.of(own.toString());
    }

    private static Optional<String> otherThan(JsonNode words, Collection<Modality> own) {
        List<String> known = own.stream().map(KnownModel::word).sorted().toList();
        List<String> said = new ArrayList<>();
        words.forEach(word -> said.add(word.asText()));
        return known.isEmpty() || known.equals(said.stream().sorted().toList())
                ? Optional.empty()
                : Optional.of(known.toString());
    }

    private static Optional<String> contained(JsonNode words, Collection<Capability> own) {
        List<String> both = own.stream()
                .map(KnownModel::word)
                .filter(word -> FactSheet.contains(words, word))
                .toList();
        return both.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", both));
    }

    /** Compared are the kinds of tokens that both have a price for. */
    private Optional<String> otherPrice(JsonNode price) {
        Price own = model.prices().at(now);
        if (own == null) {
            return Optional.empty();
        }
        List<String> others = new ArrayList<>();
        for (TokenKind kind : TokenKind.values()) {
            BigDecimal ours = own.base().usdPerMillion(kind);
            JsonNode said = price.isTextual() ? FactSheet.NODES.numberNode(BigDecimal.ZERO) : price.path(kind.key());
            if (ours != null && said.isNumber() && ours.compareTo(said.decimalValue()) != 0) {
                others.add(kind.key() + ": " + ours.toPlainString());
            }
        }
        return others.isEmpty() ? Optional.empty() : Optional.of("{" + String.join(", ", others) + "}");
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
