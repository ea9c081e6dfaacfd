package dev.serai.selection;

import dev.serai.catalog.Model;
import dev.serai.catalog.Price;
import dev.serai.catalog.Rates;
import dev.serai.catalog.TokenKind;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cheapest first, by the catalog's prices for a request of this length and an answer of 500 tokens. What has no known price
 * comes last.
 */
record LowestCost(InstantSource clock) implements Strategy {
    /** Nobody knows before how long an answer will be; this is a few paragraphs. */
    static final long ASSUMED_OUTPUT_TOKENS = 500;

    private record Priced(Option option, long picos) {}

    @Override
    public List<Option> order(List<Option> options, RequestShape request) {
        long inputTokens = request.inputTokens().getAsLong();
        return options.stream()
                .map(option -> new Priced(option, picos(option.target().facts(), inputTokens)))
                .sorted(Comparator.comparingLong(Priced::picos))
                .map(Priced::option)
                .toList();
    }

    private long picos(@Nullable Model facts, long inputTokens) {
        Price price = facts == null ? null : facts.prices().at(clock.instant());
        if (price == null) {
            return Long.MAX_VALUE;
        }
        Rates rates = price.rates(inputTokens);
        return rates.states(TokenKind.INPUT) || rates.states(TokenKind.OUTPUT)
                ? inputTokens * rates.picosPerToken(TokenKind.INPUT)
                        + ASSUMED_OUTPUT_TOKENS * rates.picosPerToken(TokenKind.OUTPUT)
                : Long.MAX_VALUE;
    }
}
