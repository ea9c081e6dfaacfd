package dev.serai.catalog;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A price list for one model, from one day until the next list.
 *
 * @param from    the first day it holds, from midnight UTC; null: always did
 * @param base    the rates of an ordinary request
 * @param tiers   higher rates for longer requests, the lowest limit first
 * @param special what is paid beside tokens, and what else changes their price
 */
public record Price(@Nullable LocalDate from, Rates base, List<Tier> tiers, Special special) {
    /** Everything at no cost. */
    public static final Price FREE = new Price(null, new Rates(Map.of(TokenKind.INPUT, 0L, TokenKind.OUTPUT, 0L)));

    /**
     * Other rates for a request with more input than this. The whole request is billed at them, not only what is above.
     *
     * @param aboveInputTokens the most input, all kinds together, that is still billed at the rates below
     * @param rates            complete: what the file does not state for the tier is taken from the base rates
     */
    public record Tier(long aboveInputTokens, Rates rates) {}

    /**
     * What a list says beside rates.
     *
     * @param picosPerRequest    for each request, in pico-dollars
     * @param picosPerSearch     for each search of the web that the provider makes, in pico-dollars; 0 if none is stated
     * @param serviceTiers       the provider's word for a service tier, in small letters, to what it multiplies the price of tokens by, in
     *     millionths; a tier that is not named costs what an ordinary request costs
     */
    public record Special(long picosPerRequest, long picosPerSearch, Map<String, Long> serviceTiers) {
        /** Of most lists. */
        public static final Special NONE = new Special(0, 0, Map.of());

        /** As {@link #serviceTiers} counts: what multiplies by 1. */
        public static final long ONE = 1_000_000;

        public Special {
            if (picosPerRequest < 0 || picosPerSearch < 0) {
                throw new IllegalArgumentException("a price is never negative");
            }
            serviceTiers = Map.copyOf(serviceTiers);
        }

        /** In US dollars, as a list shows it. */
        public BigDecimal usdPerRequest() {
            return BigDecimal.valueOf(picosPerRequest, 12).stripTrailingZeros();
        }

        /** In US dollars, as a list shows it. */
        public BigDecimal usdPerSearch() {
            return BigDecimal.valueOf(picosPerSearch, 12).stripTrailingZeros();
        }

        /** The service tiers and their factors as a list shows them, in the order of their names. */
        public SortedMap<String, BigDecimal> factors() {
            SortedMap<String, BigDecimal> factors = new TreeMap<>();
            serviceTiers.forEach((tier, millionths) ->
                    factors.put(tier, BigDecimal.valueOf(millionths, 6).stripTrailingZeros()));
            return factors;
        }

        /** What a service tier multiplies the price of tokens by, in millionths. */
        public long factor(@Nullable String serviceTier) {
            return serviceTier == null ? ONE : serviceTiers.getOrDefault(serviceTier.toLowerCase(Locale.ROOT), ONE);
        }
    }

    public Price {
        tiers = tiers.stream()
                .sorted(Comparator.comparingLong(Tier::aboveInputTokens))
                .toList();
    }

    /** A price of tokens and nothing else. */
    public Price(@Nullable LocalDate from, Rates base, List<Tier> tiers) {
        this(from, base, tiers, Special.NONE);
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

    /** Eight digits that two lists share only if all their amounts are the same, barring accidents; the same in every run of the program. */
    public String fingerprint() {
        long mixed = base.mixedInto(special.picosPerRequest() * 31 + special.picosPerSearch());
        for (Tier tier : tiers) {
            mixed = tier.rates().mixedInto(Rates.mix(mixed, tier.aboveInputTokens()));
        }
        long factors = 0; // in whatever order they come
        for (Map.Entry<String, Long> factor : special.serviceTiers().entrySet()) {
            factors += Rates.mix(factor.getKey().hashCode(), factor.getValue());
        }
        mixed = Rates.mix(mixed, factors);
        return HexFormat.of().toHexDigits((int) (mixed ^ (mixed >>> 32)));
    }
}
