package dev.serai.selection;

import dev.serai.catalog.Catalog;
import dev.serai.catalog.Model;
import dev.serai.catalog.Provider;
import org.jspecify.annotations.Nullable;

/**
 * What a model name turned out to mean: a model at a provider.
 *
 * @param model the provider's own name of the model
 * @param facts what the catalog knows of it; null for a model that it does not list
 */
public record Target(
        Provider provider, String model, @Nullable Model facts) {
    /** What makes two targets the same one. */
    public record Key(String provider, String model) {}

    static Target of(Catalog.Entry entry) {
        return new Target(entry.provider(), entry.sentAs(), entry.model());
    }

    public Key key() {
        return new Key(provider.key(), model);
    }

    /** {@code provider:model}, by which a client could ask for it. */
    public String name() {
        return provider.id() + ":" + model;
    }
}
