package dev.serai.selection;

import dev.serai.catalog.Model;
import dev.serai.catalog.Provider;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** In which of its dialects a provider is spoken to. Thread-safe if the predicate is. */
public final class SurfaceChoice {
    /** Nothing is translated. */
    public static final SurfaceChoice SAME_DIALECT = new SurfaceChoice((asked, spoken) -> false);

    private final BiPredicate<String, String> translatable;

    /** @param translatable whether a request in the first dialect, and its answer, can be translated for the second */
    public SurfaceChoice(BiPredicate<String, String> translatable) {
        this.translatable = translatable;
    }

    /**
     * The client's dialect if the target is served in it, else the first in the provider's order that it can be translated to.
     *
     * @return null if there is none
     */
    @Nullable
    String dialect(Target target, String asked) {
        Provider provider = target.provider();
        if (serves(provider, target.facts(), asked)) {
            return asked;
        }
        for (String spoken : provider.dialects().keySet()) {
            if (serves(provider, target.facts(), spoken) && translatable.test(asked, spoken)) {
                return spoken;
            }
        }
        return null;
    }

    private static boolean serves(Provider provider, @Nullable Model facts, String dialect) {
        return facts == null ? provider.dialects().containsKey(dialect) : provider.serves(facts, dialect);
    }
}
