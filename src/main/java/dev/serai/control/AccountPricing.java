package dev.serai.control;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an account pays where it is not what everybody pays.
 *
 * @param feePerMillionTokens the processing fee in US dollars for a million tokens; null: as for everybody
 * @param markup              what is added to list prices of models, 0.15 being 15 %; null: nothing
 * @param prices              prices of models by {@code provider:model}, as JSON in the form of provider files
 */
public record AccountPricing(
        @Nullable BigDecimal feePerMillionTokens, @Nullable BigDecimal markup, Map<String, String> prices) {
    /** As everybody. */
    public static final AccountPricing NONE = new AccountPricing(null, null, Map.of());

    private static final int DECIMALS = 6;
    private static final BigDecimal HIGHEST_FEE = BigDecimal.valueOf(1_000);
    private static final BigDecimal HIGHEST_MARKUP = BigDecimal.valueOf(100);
    private static final int MAX_PRICES = 1_000;
    private static final int MAX_PRICE = 4_000;

    public AccountPricing {
        feePerMillionTokens = amount("feePerMillionTokens", feePerMillionTokens, HIGHEST_FEE);
        markup = amount("markup", markup, HIGHEST_MARKUP);
        Checks.atMost("prices", prices.keySet(), MAX_PRICES);
        prices.forEach((name, price) -> {
            int colon = name.indexOf(':');
            if (colon < 1 || colon == name.length() - 1) {
                throw new IllegalArgumentException("prices must name models as provider:model, unlike '" + name + "'");
            }
            Checks.providerId("the provider of prices", name.substring(0, colon));
            Checks.line("the model of prices", name.substring(colon + 1), Checks.MAX_MODEL);
            Checks.line("prices." + name, price, MAX_PRICE);
        });
        prices = Collections.unmodifiableMap(new TreeMap<>(prices));
    }

    private static @Nullable BigDecimal amount(String field, @Nullable BigDecimal amount, BigDecimal most) {
        if (amount == null) {
            return null;
        }
        BigDecimal plain = amount.stripTrailingZeros();
        if (plain.signum() < 0 || plain.compareTo(most) > 0 || plain.scale() > DECIMALS) {
            throw new IllegalArgumentException(field + " must be a number from 0 to " + most.toPlainString() + " with "
                    + DECIMALS + " decimals at most, such as \"0.05\"");
        }
        return plain;
    }
}
