package dev.serai.credits;

import dev.serai.catalog.Prices;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an account pays where it is not what everybody pays. Immutable.
 *
 * @param feePicosPerToken its processing fee; null: as everybody
 * @param markupMillionths what is added to list prices; null: as for everybody
 * @param prices           prices agreed with it, by {@code provider:model}
 */
public record Terms(
        @Nullable Long feePicosPerToken, @Nullable Long markupMillionths, Map<String, Prices> prices) {
    /** As everybody. */
    public static final Terms NONE = new Terms(null, null, Map.of());

    public Terms {
        prices = Map.copyOf(prices);
    }

    /** What the account pays. */
    public Tariff over(Tariff everybody) {
        return equals(NONE)
                ? everybody
                : new Tariff(
                        feePicosPerToken == null ? everybody.feePicosPerToken() : feePicosPerToken,
                        markupMillionths == null ? everybody.markupMillionths() : markupMillionths,
                        prices);
    }
}
