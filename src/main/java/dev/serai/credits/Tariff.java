package dev.serai.credits;

import dev.serai.catalog.Model;
import dev.serai.catalog.Prices;
import dev.serai.selection.Target;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an account pays. Immutable.
 *
 * @param feePicosPerToken the processing fee of every attempt that succeeds, in pico-dollars for each token of input and output
 * @param markupMillionths what is added to the catalog's price of a model that is called with the operator's credential, in millionths of
 *     it: 150,000 is 15 %
 * @param prices           prices agreed with the account in the place of the catalog's, by {@code provider:model}, the model without regard
 *     to case; nothing is added to them
 */
public record Tariff(long feePicosPerToken, long markupMillionths, Map<String, Prices> prices) {
    /** USD 0.05 for a million tokens, and the catalog's prices as they are. */
    public static final Tariff STANDARD = new Tariff(50_000, 0, Map.of());

    public Tariff {
        if (feePicosPerToken < 0 || markupMillionths < 0) {
            throw new IllegalArgumentException("nothing costs less than nothing");
        }
        Map<String, Prices> byKey = new TreeMap<>();
        prices.forEach((name, price) -> byKey.put(key(name), price));
        prices = Map.copyOf(byKey);
    }

    /** With nothing agreed but the fee. */
    public static Tariff ofFee(long feePicosPerToken) {
        return new Tariff(feePicosPerToken, 0, Map.of());
    }

    /** The price agreed for a model, by the name it is called with or its id; null if none is. */
    @Nullable
    Prices agreed(Target target) {
        if (prices.isEmpty()) {
            return null;
        }
        Prices called = prices.get(key(target.name()));
        Model facts = target.facts();
        return called != null || facts == null
                ? called
                : prices.get(key(target.provider().id() + ":" + facts.id()));
    }

    /** Provider ids are in small letters already. */
    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
