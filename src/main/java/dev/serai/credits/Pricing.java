package dev.serai.credits;

import dev.serai.catalog.Model;
import dev.serai.catalog.Price;
import dev.serai.catalog.Prices;
import dev.serai.catalog.Rates;
import dev.serai.catalog.TokenKind;
import dev.serai.conversation.Usage;
import dev.serai.dialect.ReplyFacts;
import dev.serai.selection.Candidate;
import dev.serai.selection.KeySource;
import dev.serai.selection.Target;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From what an attempt used to what it costs, as {@code docs/credits.md} explains it. The price is that of the moment at which the attempt
 * began. Sums are exact; what a mark-up or a service tier makes smaller than a pico-dollar is rounded up to one, which changes no charge,
 * because charges are rounded up to the nano-dollar.
 */
public final class Pricing {
    private static final int DECIMALS_OF_MARKUP = 6;
    private static final BigInteger MILLION = BigInteger.valueOf(Price.Special.ONE);
    /** Two of these can be added. No attempt costs as much: it is more than four million dollars. */
    private static final long MOST_PICOS = Long.MAX_VALUE / 2;

    private static final Set<TokenKind> ANY_INPUT =
            EnumSet.of(TokenKind.INPUT, TokenKind.CACHE_READ, TokenKind.CACHE_WRITE_5M, TokenKind.CACHE_WRITE_1H);
    private static final Set<TokenKind> ANY_OUTPUT = EnumSet.of(TokenKind.OUTPUT, TokenKind.REASONING);

    private Pricing() {}

    /** The bill of an attempt that was answered, or in part. */
    public static Bill bill(Candidate candidate, ReplyFacts facts, Instant began, Tariff tariff) {
        return bill(candidate.target(), candidate.source().kind(), facts.usage(), facts.serviceTier(), began, tariff);
    }

    /**
     * The bill of what was used. With the operator's credential the account pays the model, at the price agreed with it or else at the
     * catalog's with its mark-up. With a key of its own it pays the provider itself: then the bill says what the catalog's price comes to.
     *
     * @param serviceTier the one that answered, in the provider's words; null if it does not say
     */
    public static Bill bill(
            Target target,
            KeySource.Kind whose,
            Usage usage,
            @Nullable String serviceTier,
            Instant began,
            Tariff tariff) {
        long fee = capped(BigInteger.valueOf(tariff.feePicosPerToken())
                .multiply(BigInteger.valueOf(usage.totalInput() + usage.totalOutput())));
        InForce price = InForce.of(target, whose, began, tariff);
        long model = price.list() == null ? 0 : price.marked(cost(price.list(), usage, serviceTier));
        return new Bill(price.state(), price.version(), model, whose == KeySource.Kind.MANAGED, fee);
    }

    /** Whether the price is known that this account pays for this candidate. */
    public static Bill.State state(Candidate candidate, Instant when, Tariff tariff) {
        return InForce.of(candidate.target(), candidate.source().kind(), when, tariff)
                .state();
    }

    /**
     * The highest bill that is to be expected: every token of input at the dearest rate that may apply to it, every token of output likewise,
     * and the fee. Where the price is not known, it is the fee alone. It names no version: nobody keeps it.
     */
    public static Bill expected(Candidate candidate, Expected expected, Instant when, Tariff tariff) {
        BigInteger tokens = BigInteger.valueOf(expected.inputTokens()).add(BigInteger.valueOf(expected.outputTokens()));
        BigInteger fee = tokens.multiply(BigInteger.valueOf(tariff.feePicosPerToken()));
        KeySource.Kind whose = candidate.source().kind();
        InForce price = InForce.of(candidate.target(), whose, when, tariff);
        long model = price.list() == null ? 0 : price.marked(dearest(price.list(), expected));
        return new Bill(price.state(), null, model, whose == KeySource.Kind.MANAGED, capped(fee));
    }

    /** In millionths of a pico-dollar. */
    private static BigInteger cost(Price price, Usage usage, @Nullable String serviceTier) {
        Rates rates = price.rates(usage.totalInput());
        BigInteger tokens = BigInteger.ZERO;
        for (TokenKind kind : TokenKind.values()) {
            long count = count(usage, kind);
            if (count > 0) {
                tokens = tokens.add(BigInteger.valueOf(count).multiply(BigInteger.valueOf(rates.picosPerToken(kind))));
            }
        }
        Price.Special special = price.special();
        BigInteger searches =
                BigInteger.valueOf(usage.webSearches()).multiply(BigInteger.valueOf(special.picosPerSearch()));
        return tokens.multiply(BigInteger.valueOf(special.factor(serviceTier)))
                .add(searches.add(BigInteger.valueOf(special.picosPerRequest())).multiply(MILLION));
    }

    private static long count(Usage usage, TokenKind kind) {
        return switch (kind) {
            case INPUT -> usage.input();
            case OUTPUT -> usage.output();
            case CACHE_READ -> usage.cacheRead();
            case CACHE_WRITE_5M -> usage.cacheWrite5m();
            case CACHE_WRITE_1H -> usage.cacheWrite1h();
            case INPUT_AUDIO -> usage.inputAudio();
            case OUTPUT_AUDIO -> usage.outputAudio();
            case INPUT_IMAGE -> usage.inputImage();
            case OUTPUT_IMAGE -> usage.outputImage();
            case REASONING -> usage.reasoning();
        };
    }

    /** In millionths of a pico-dollar. */
    private static BigInteger dearest(Price price, Expected expected) {
        Rates rates = price.rates(expected.inputTokens());
        long input = dearest(rates, ANY_INPUT);
        long output = dearest(rates, ANY_OUTPUT);
        for (TokenKind kind : expected.kinds()) {
            if (isOutput(kind)) {
                output = Math.max(output, rates.picosPerToken(kind));
            } else {
                input = Math.max(input, rates.picosPerToken(kind));
            }
        }
        BigInteger tokens = BigInteger.valueOf(expected.inputTokens())
                .multiply(BigInteger.valueOf(input))
                .add(BigInteger.valueOf(expected.outputTokens()).multiply(BigInteger.valueOf(output)));
        return tokens.multiply(BigInteger.valueOf(dearestFactor(price.special(), expected.serviceTier())))
                .add(BigInteger.valueOf(price.special().picosPerRequest()).multiply(MILLION));
    }

    private static long dearest(Rates rates, Set<TokenKind> kinds) {
        return kinds.stream().mapToLong(rates::picosPerToken).max().orElse(0);
    }

    private static boolean isOutput(TokenKind kind) {
        return switch (kind) {
            case OUTPUT, OUTPUT_AUDIO, OUTPUT_IMAGE, REASONING -> true;
            case INPUT, CACHE_READ, CACHE_WRITE_5M, CACHE_WRITE_1H, INPUT_AUDIO, INPUT_IMAGE -> false;
        };
    }

    /** A provider may answer in another tier than it was asked for: in none that is cheaper, for what is held. */
    private static long dearestFactor(Price.Special special, @Nullable String serviceTier) {
        return Math.max(Price.Special.ONE, special.factor(serviceTier));
    }

    private static long capped(BigInteger picos) {
        return picos.bitLength() > 62 ? MOST_PICOS : picos.longValueExact();
    }

    /**
     * The price that an account pays for a target at a moment.
     *
     * @param list             null unless it is known
     * @param isAgreed         whether it was agreed with the account
     * @param markupMillionths what is added to it
     */
    private record InForce(
            Bill.State state, @Nullable Price list, Target target, boolean isAgreed, long markupMillionths) {
        static InForce of(Target target, KeySource.Kind whose, Instant when, Tariff tariff) {
            boolean managed = whose == KeySource.Kind.MANAGED;
            Prices agreed = managed ? tariff.agreed(target) : null;
            boolean isAgreed = agreed != null;
            Model facts = target.facts();
            Prices prices = agreed != null ? agreed : facts == null ? Prices.UNKNOWN : facts.prices();
            Price list = prices.at(when);
            if (list == null) {
                return new InForce(Bill.State.UNKNOWN, null, target, isAgreed, 0);
            }
            if (prices instanceof Prices.Free) {
                return new InForce(Bill.State.FREE, null, target, isAgreed, 0);
            }
            long markup = managed && !isAgreed ? tariff.markupMillionths() : 0;
            return new InForce(Bill.State.KNOWN, list, target, isAgreed, markup);
        }

        /** As bills state it; null unless the price is known or declared free. */
        @Nullable
        String version() {
            Model facts = target.facts();
            String model = target.provider().id() + ":" + (facts == null ? target.model() : facts.id());
            String whoseList = isAgreed ? "~account" : "";
            return switch (state) {
                case UNKNOWN -> null;
                case FREE -> model + "#free" + whoseList;
                case KNOWN -> model + dated() + whoseList + shown(markupMillionths);
            };
        }

        private String dated() {
            return list == null ? "" : (list.from() == null ? "" : "@" + list.from()) + "#" + list.fingerprint();
        }

        private static String shown(long markup) {
            return markup == 0
                    ? ""
                    : "+"
                            + BigDecimal.valueOf(markup, DECIMALS_OF_MARKUP)
                                    .stripTrailingZeros()
                                    .toPlainString();
        }

        /** @param millionths of a pico-dollar */
        long marked(BigInteger millionths) {
            BigInteger marked = millionths.multiply(BigInteger.valueOf(Price.Special.ONE + markupMillionths));
            BigInteger[] parts = marked.divideAndRemainder(MILLION.multiply(MILLION));
            return capped(parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE));
        }
    }
}
