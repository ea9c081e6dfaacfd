package dev.serai.catalog;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a token of each kind costs, in pico-dollars: USD 1 per million tokens is 1,000,000 pico-dollars a token, so a list price
 * with up to six decimals is a whole number, and sums are exact.
 *
 * @param picosPerToken the stated prices; a kind that is absent costs what {@link TokenKind#billedAs} costs
 */
public record Rates(Map<TokenKind, Long> picosPerToken) {
    private static final int DECIMALS = 6;

    public Rates {
        EnumMap<TokenKind, Long> copy = new EnumMap<>(TokenKind.class);
        copy.putAll(picosPerToken);
        copy.forEach((kind, picos) -> {
            if (picos < 0) {
                throw new IllegalArgumentException("a price is never negative: " + kind);
            }
        });
        picosPerToken = Collections.unmodifiableMap(copy);
    }

    /**
     * A list price in pico-dollars per token.
     *
     * @param usd US dollars per million tokens
     * @throws ArithmeticException if it has more than six decimals, or is too large
     */
    public static long picosPerToken(BigDecimal usd) {
        return usd.movePointRight(DECIMALS).longValueExact();
    }

    /** Whether this kind has a price of its own. */
    public boolean states(TokenKind kind) {
        return picosPerToken.containsKey(kind);
    }

    /** What a token of this kind costs in pico-dollars; 0 if not even the kind that it falls back to has a price. */
    public long picosPerToken(TokenKind kind) {
        for (@Nullable TokenKind at = kind; at != null; at = at.billedAs()) {
            Long picos = picosPerToken.get(at);
            if (picos != null) {
                return picos;
            }
        }
        return 0;
    }

    /** A number that differs for other rates, made from this one. */
    long mixedInto(long seed) {
        long mixed = seed;
        for (Map.Entry<TokenKind, Long> rate : picosPerToken.entrySet()) {
            mixed = mix(mix(mixed, rate.getKey().key().hashCode()), rate.getValue());
        }
        return mixed;
    }

    /** Every bit of both changes about half of the bits of the result. */
    static long mix(long one, long other) {
        long mixed = (one ^ other) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8feb86659fd93L;
        return mixed ^ (mixed >>> 32);
    }

    /** These rates, and for what they do not state, those. */
    Rates over(Rates those) {
        Map<TokenKind, Long> both = new EnumMap<>(TokenKind.class);
        both.putAll(those.picosPerToken);
        both.putAll(picosPerToken);
        return new Rates(both);
    }

    /** The price of a kind in US dollars per million tokens, as a list shows it; null if it is not stated. */
    public @Nullable BigDecimal usdPerMillion(TokenKind kind) {
        Long picos = picosPerToken.get(kind);
        return picos == null ? null : BigDecimal.valueOf(picos, DECIMALS).stripTrailingZeros();
    }
}
