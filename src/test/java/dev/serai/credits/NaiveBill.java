package dev.serai.credits;

import dev.serai.catalog.Price;
import dev.serai.catalog.Rates;
import dev.serai.catalog.TokenKind;
import dev.serai.conversation.Usage;
import dev.serai.dialect.ReplyFacts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** What is charged, worked out as one would on paper: decimals of US dollars, one product for each kind, nothing clever. */
record NaiveBill(ReplyFacts facts, Tariff tariff) {
    /**
     * In US dollars.
     *
     * @param price   null if the account pays nothing for the model
     * @param markedUp whether the tariff's mark-up is added
     */
    BigDecimal charge(@Nullable Price price, boolean markedUp) {
        Usage used = facts.usage();
        BigDecimal tokens = BigDecimal.valueOf(used.totalInput() + used.totalOutput());
        BigDecimal fee = tokens.multiply(BigDecimal.valueOf(tariff.feePicosPerToken(), 12));
        BigDecimal model = price == null ? BigDecimal.ZERO : model(price);
        if (markedUp) {
            model = model.add(model.multiply(BigDecimal.valueOf(tariff.markupMillionths(), 6)));
        }
        return model.add(fee).setScale(9, RoundingMode.CEILING);
    }

    private BigDecimal model(Price price) {
        Usage used = facts.usage();
        Rates rates = price.base();
        for (Price.Tier tier : price.tiers()) {
            if (used.totalInput() > tier.aboveInputTokens()) {
                rates = tier.rates();
            }
        }
        BigDecimal input = usd(rates, TokenKind.INPUT, BigDecimal.ZERO);
        BigDecimal output = usd(rates, TokenKind.OUTPUT, BigDecimal.ZERO);
        BigDecimal written = usd(rates, TokenKind.CACHE_WRITE_5M, input);
        BigDecimal sum = of(used.input(), input)
                .add(of(used.cacheRead(), usd(rates, TokenKind.CACHE_READ, input)))
                .add(of(used.cacheWrite5m(), written))
                .add(of(used.cacheWrite1h(), usd(rates, TokenKind.CACHE_WRITE_1H, written)))
                .add(of(used.inputAudio(), usd(rates, TokenKind.INPUT_AUDIO, input)))
                .add(of(used.inputImage(), usd(rates, TokenKind.INPUT_IMAGE, input)))
                .add(of(used.output(), output))
                .add(of(used.reasoning(), usd(rates, TokenKind.REASONING, output)))
                .add(of(used.outputAudio(), usd(rates, TokenKind.OUTPUT_AUDIO, output)))
                .add(of(used.outputImage(), usd(rates, TokenKind.OUTPUT_IMAGE, output)));
        String tier = facts.serviceTier();
        BigDecimal factor =
                tier == null ? null : price.special().factors().get(tier.toLowerCase(java.util.Locale.ROOT));
        return sum.multiply(factor == null ? BigDecimal.ONE : factor)
                .add(price.special().usdPerRequest())
                .add(price.special().usdPerSearch().multiply(BigDecimal.valueOf(used.webSearches())));
    }

    private static BigDecimal usd(Rates rates, TokenKind kind, BigDecimal otherwise) {
        BigDecimal usd = rates.usdPerMillion(kind);
        return usd == null ? otherwise : usd;
    }

    private static BigDecimal of(long tokens, BigDecimal usdPerMillion) {
        return BigDecimal.valueOf(tokens).multiply(usdPerMillion).movePointLeft(6);
    }
}
