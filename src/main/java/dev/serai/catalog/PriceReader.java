package dev.serai.catalog;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The {@code price} of a model: a word, an amount, or amounts in the order of their days. */
final class PriceReader {
    private static final int DECIMALS_OF_PICOS = 12;
    private static final int DECIMALS_OF_FACTOR = 6;

    private PriceReader() {}

    static Prices read(Section price, Kind kind) {
        if (!price.isPresent() || price.text().equals("unknown")) {
            return Prices.UNKNOWN;
        }
        if (price.text().equals("free")) {
            return Prices.FREE;
        }
        List<Price> periods = new ArrayList<>();
        for (Section item : price.items()) {
            Price period = period(item, kind);
            if (!periods.isEmpty()) {
                checkOrder(item, periods.get(periods.size() - 1), period);
            }
            periods.add(period);
        }
        return new Prices.Known(periods);
    }

    private static Price period(Section price, Kind kind) {
        Rates base = rates(price);
        if (!base.states(TokenKind.OUTPUT) && kind == Kind.CHAT) {
            price.problem("the price of a chat model says what output costs");
        }
        List<Price.Tier> tiers = new ArrayList<>();
        price.at("above").fields().forEach((limit, amounts) -> {
            long above = Long.parseLong(limit);
            if (!tiers.isEmpty() && above <= tiers.get(tiers.size() - 1).aboveInputTokens()) {
                amounts.problem("tiers stand in the order of their limits, and " + limit + " is not more than the one"
                        + " before");
            }
            tiers.add(new Price.Tier(above, rates(amounts).over(base)));
        });
        return new Price(price.at("from").dateOrNull(), base, tiers, special(price));
    }

    private static Price.Special special(Section price) {
        Map<String, Long> factors = new HashMap<>();
        price.at("serviceTiers")
                .fields()
                .forEach((word, factor) ->
                        factors.put(word, scaled(factor, DECIMALS_OF_FACTOR, "a factor has at most six decimals")));
        return new Price.Special(picosEach(price.at("perRequest")), picosEach(price.at("perSearch")), factors);
    }

    private static long picosEach(Section usd) {
        return usd.isPresent() ? scaled(usd, DECIMALS_OF_PICOS, "a fee has at most twelve decimals, in US dollars") : 0;
    }

    private static long scaled(Section number, int decimals, String otherwise) {
        try {
            return number.node().decimalValue().movePointRight(decimals).longValueExact();
        } catch (ArithmeticException e) {
            number.problem(otherwise);
            return 0;
        }
    }

    private static Rates rates(Section amounts) {
        Map<TokenKind, Long> picos = new EnumMap<>(TokenKind.class);
        amounts.fields().forEach((key, amount) -> {
            TokenKind kind = TokenKind.of(key);
            if (kind != null) {
                picos.put(kind, picos(amount));
            }
        });
        return new Rates(picos);
    }

    private static long picos(Section amount) {
        BigDecimal usd = amount.node().decimalValue();
        try {
            return Rates.picosPerToken(usd);
        } catch (ArithmeticException e) {
            amount.problem("a price has at most six decimals, in US dollars per million tokens");
            return 0;
        }
    }

    private static void checkOrder(Section item, Price before, Price period) {
        LocalDate from = period.from();
        if (from == null) {
            item.problem("every price but the first says from which day it holds");
        } else if (before.from() != null && !from.isAfter(before.from())) {
            item.at("from")
                    .problem("prices stand in the order of their days, and " + from + " is not after " + before.from());
        }
    }
}
