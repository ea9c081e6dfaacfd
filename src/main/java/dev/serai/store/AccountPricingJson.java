package dev.serai.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.catalog.PriceDocument;
import dev.serai.control.AccountPricing;
import java.util.Map;
import java.util.TreeMap;

/** What an account pays, as it is kept and as the API shows it. Amounts are texts, so that no reader takes them for binary fractions. */
public final class AccountPricingJson {
    private AccountPricingJson() {}

    public static ObjectNode of(AccountPricing pricing) {
        ObjectNode json = Json.object();
        Json.put(json, "feePerMillionTokens", Json.plain(pricing.feePerMillionTokens()));
        Json.put(json, "markup", Json.plain(pricing.markup()));
        if (!pricing.prices().isEmpty()) {
            ObjectNode prices = json.putObject("prices");
            pricing.prices().forEach((model, price) -> prices.set(model, Json.parse(price)));
        }
        return json;
    }

    /** As {@link #read}, and refuses prices that nobody could charge. */
    public static AccountPricing readNew(Fields fields) {
        AccountPricing pricing = read(fields);
        pricing.prices().forEach((model, price) -> {
            try {
                PriceDocument.read(price);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("prices." + model + ": " + e.getMessage(), e);
            }
        });
        return pricing;
    }

    /** To be called in {@link Fields#make}. Prices are not looked at: what a newer Serai has kept must not keep an account from being read. */
    static AccountPricing read(Fields fields) {
        Map<String, String> prices = new TreeMap<>();
        fields.values("prices").forEach((model, price) -> prices.put(model, price.toString()));
        return new AccountPricing(fields.decimal("feePerMillionTokens"), fields.decimal("markup"), prices);
    }
}
