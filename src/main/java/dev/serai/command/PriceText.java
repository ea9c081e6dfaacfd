package dev.serai.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.catalog.Price;
import dev.serai.catalog.Prices;
import dev.serai.catalog.Rates;
import dev.serai.catalog.TokenKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What a model costs at one moment and after it, in US dollars per million tokens. */
final class PriceText {
    private final Prices prices;
    private final Instant now;

    PriceText(Prices prices, Instant now) {
        this.prices = prices;
        this.now = now;
    }

    /** The amount for this kind of token, for a table. */
    String amount(TokenKind kind) {
        if (prices instanceof Prices.Free) {
            return "free";
        }
        Price price = prices.at(now);
        return price == null ? "?" : shown(price.base().usdPerMillion(kind));
    }

    private static String shown(@Nullable BigDecimal usd) {
        return usd == null ? "-" : usd.toPlainString();
    }

    /** Lines: the price in force, its tiers, and what comes next. */
    List<String> lines() {
        if (prices instanceof Prices.Free) {
            return List.of("free");
        }
        List<String> lines = new ArrayList<>();
        Price price = prices.at(now);
        if (price == null) {
            lines.add("unknown");
        } else {
            lines.add(text(price.base()) + (price.from() == null ? "" : ", since " + price.from()));
            lines.addAll(tiers(price));
        }
        for (Price next : coming()) {
            lines.add("from " + next.from() + ": " + text(next.base()));
            lines.addAll(tiers(next));
        }
        return lines;
    }

    private static List<String> tiers(Price price) {
        List<String> lines = new ArrayList<>();
        price.tiers()
                .forEach(
                        tier -> lines.add("above " + tier.aboveInputTokens() + " input tokens: " + text(tier.rates())));
        Price.Special special = price.special();
        if (special.picosPerRequest() > 0) {
            lines.add("each request: " + special.usdPerRequest().toPlainString());
        }
        if (special.picosPerSearch() > 0) {
            lines.add("each search of the web: " + special.usdPerSearch().toPlainString());
        }
        special.factors()
                .forEach((tier, factor) -> lines.add("service tier " + tier + ": times " + factor.toPlainString()));
        return lines;
    }

    private static String text(Rates rates) {
        StringJoiner text = new StringJoiner(", ");
        rates.picosPerToken().keySet().forEach(kind -> text.add(kind.key() + " " + shown(rates.usdPerMillion(kind))));
        return text.toString();
    }

    private List<Price> coming() {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return prices instanceof Prices.Known known
                ? known.periods().stream()
                        .filter(price -> price.from() != null && price.from().isAfter(today))
                        .toList()
                : List.of();
    }

    /** For programs: {@code state}, and where it is known {@code inForce} and {@code coming}. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(
                "state", prices instanceof Prices.Free ? "free" : prices instanceof Prices.Known ? "known" : "unknown");
        Price price = prices instanceof Prices.Known ? prices.at(now) : null;
        if (price != null) {
            json.set("inForce", json(price));
        }
        if (!coming().isEmpty()) {
            coming().forEach(next -> json.withArray("coming").add(json(next)));
        }
        return json;
    }

    private static ObjectNode json(Price price) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (price.from() != null) {
            json.put("from", price.from().toString());
        }
        json.set("usdPerMillion", json(price.base()));
        price.tiers().forEach(tier -> {
            ObjectNode above = json.withArray("tiers").addObject().put("aboveInputTokens", tier.aboveInputTokens());
            above.set("usdPerMillion", json(tier.rates()));
        });
        Price.Special special = price.special();
        if (special.picosPerRequest() > 0) {
            json.put("usdPerRequest", special.usdPerRequest());
        }
        if (special.picosPerSearch() > 0) {
            json.put("usdPerSearch", special.usdPerSearch());
        }
        if (!special.serviceTiers().isEmpty()) {
            ObjectNode tiers = json.putObject("serviceTiers");
            special.factors().forEach(tiers::put);
        }
        return json;
    }

    private static ObjectNode json(Rates rates) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        rates.picosPerToken().keySet().forEach(kind -> json.put(kind.key(), rates.usdPerMillion(kind)));
        return json;
    }
}
