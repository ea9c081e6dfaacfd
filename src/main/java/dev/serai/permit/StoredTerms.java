package dev.serai.permit;

import dev.serai.catalog.PriceDocument;
import dev.serai.catalog.Prices;
import dev.serai.catalog.Rates;
import dev.serai.control.Account;
import dev.serai.control.AccountPricing;
import dev.serai.credits.Terms;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What accounts pay, as the store keeps it. */
final class StoredTerms {
    private static final Logger LOG = LoggerFactory.getLogger(StoredTerms.class);
    private static final int DECIMALS_OF_MARKUP = 6;

    private StoredTerms() {}

    /** A price that cannot be read, of a newer Serai perhaps, is not known: whoever would pay it is refused rather than charged another one. */
    static Terms of(Account account) {
        AccountPricing pricing = account.pricing();
        if (pricing.equals(AccountPricing.NONE)) {
            return Terms.NONE;
        }
        Map<String, Prices> prices = new HashMap<>();
        pricing.prices().forEach((model, price) -> prices.put(model, price(account, model, price)));
        return new Terms(
                pricing.feePerMillionTokens() == null ? null : Rates.picosPerToken(pricing.feePerMillionTokens()),
                pricing.markup() == null
                        ? null
                        : pricing.markup().movePointRight(DECIMALS_OF_MARKUP).longValueExact(),
                prices);
    }

    private static Prices price(Account account, String model, String json) {
        try {
            return PriceDocument.read(json);
        } catch (IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("account", account.id())
                    .addKeyValue("model", model)
                    .log("a price that was agreed with an account cannot be read: {}", e.getMessage());
            return Prices.UNKNOWN;
        }
    }
}
