package dev.serai.selection;

import dev.serai.catalog.Catalog;
import dev.serai.catalog.Provider;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What model names mean: a catalog, and the aliases that were checked against it. One immutable snapshot, replaced as a whole; a
 * request keeps the one that it began with.
 */
public record Directory(Catalog catalog, Aliases aliases) {
    private static final int MAX_SUGGESTIONS = 3;
    private static final int LONGEST_NAME_SHOWN = 100;

    /**
     * Rule 1: the name begins with a provider's id and a colon. Only the first colon counts, and only if what precedes it is exactly
     * the id of a provider and something follows: model ids contain colons too. The model need not be in the catalog; one that is
     * gets the catalog's spelling.
     *
     * @return null if the rule does not hold
     */
    public @Nullable Target named(String name) {
        Provider provider = providerNamed(name);
        if (provider == null) {
            return null;
        }
        String model = name.substring(provider.id().length() + 1);
        Catalog.Entry known = catalog.find(provider.id(), model);
        return known == null ? new Target(provider, model, null) : Target.of(known);
    }

    /** Whether rule 1 holds. */
    public boolean namesProvider(String name) {
        return providerNamed(name) != null;
    }

    /** Whether a provider has exactly this id. */
    public boolean isProvider(String id) {
        return catalog.provider(id) != null;
    }

    private @Nullable Provider providerNamed(String name) {
        int colon = name.indexOf(':');
        return colon <= 0 || colon == name.length() - 1 ? null : catalog.provider(name.substring(0, colon));
    }

    /** Rule 2: the catalog knows the whole name as a model. Who serves it, the default provider first; empty if nobody. */
    public List<Catalog.Entry> listed(String name) {
        return catalog.find(name);
    }

    /** Rule 3: the configuration defines the name; null if it does not. */
    public @Nullable Alias alias(String name) {
        return aliases.find(name);
    }

    /** What to tell a client whose name no rule knows: what may have been meant. */
    public GatewayException notFound(String name) {
        List<String> near = catalog.nearNames(name, aliases.names(), MAX_SUGGESTIONS);
        String suggestion = near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?";
        return new GatewayException(
                ErrorCode.MODEL_NOT_FOUND,
                "The model '" + shown(name) + "' is not in the catalog." + suggestion
                        + " A model that the catalog does not list can be called as provider:model, where the provider"
                        + " is one of " + providerIds() + ".",
                "model");
    }

    private String providerIds() {
        return catalog.providers().stream().map(Provider::id).collect(Collectors.joining(", "));
    }

    static String shown(String name) {
        return name.length() <= LONGEST_NAME_SHOWN ? name : name.substring(0, LONGEST_NAME_SHOWN) + "…";
    }
}
