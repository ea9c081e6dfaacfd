package dev.serai.catalog;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A price list for one model, from one day until the next list.
 *
 * @param from  the first day it holds, from midnight UTC; null: always did
 * @param base  the rates of an ordinary request
 * @param tiers higher rates for longer requests, the lowest limit first
 */
public record Price(@Nullable LocalDate from, Rates base, List<Tier> tiers) {
    /** Everything at no cost. */
    public static final Price FREE = new Price(null, new Rates(Map.of(TokenKind.INPUT, 0L, TokenKind.OUTPUT, 0L)));

    /**
     * Other rates for a request with more input than this. The whole request is billed at them, not only what is above.
     *
     * @param aboveInputTokens the most input, all kinds together, that is still billed at the rates below
     * @param rates            complete: what the file does not state for the tier is taken from the base rates
     */
    public record Tier(long aboveInputTokens, Rates rates) {}

    public Price {
        tiers = tiers.stream()
                .sorted(Comparator.comparingLong(Tier::aboveInputTokens))
                .toList();
    }

    /** A price without tiers. */
    public Price(@Nullable LocalDate from, Rates base) {
        this(from, base, List.of());
    }

    /**
     * The rates of one request.
     *
     * @param inputTokens its whole input, tokens read from and written to the cache included
     */
    public Rates rates(long inputTokens) {
        Rates rates = base;
        for (Tier tier : tiers) {
            if (inputTokens > tier.aboveInputTokens()) {
                rates = tier.rates();
            }
        }
        return rates;
    }
}
