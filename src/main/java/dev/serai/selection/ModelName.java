package dev.serai.selection;

import dev.serai.catalog.Catalog;
import dev.serai.catalog.Provider;

/** A model as a client names it: with its provider, or bare. */
public sealed interface ModelName {
    /**
     * {@code provider:model}.
     *
     * @param model as the provider spells it if the catalog knows, otherwise as the client does: it passes through
     */
    record Explicit(Provider provider, String model) implements ModelName {}

    /** Anything else: for the catalog to look up. May contain colons. */
    record Bare(String model) implements ModelName {}

    /**
     * Tells the two apart. Only the first colon counts, and only if what precedes it is exactly the id of a provider
     * and something follows: model ids contain colons too.
     */
    static ModelName parse(String name, Catalog catalog) {
        int colon = name.indexOf(':');
        if (colon <= 0 || colon == name.length() - 1) {
            return new Bare(name);
        }
        Provider provider = catalog.provider(name.substring(0, colon));
        if (provider == null) {
            return new Bare(name);
        }
        String model = name.substring(colon + 1);
        Catalog.Entry known = catalog.find(provider.id(), model);
        return new Explicit(provider, known == null ? model : known.sentAs());
    }
}
