package dev.serai.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A catalog, and where each fact in it was written. Immutable; holds every file, so it is for commands and not for requests. */
public final class DescribedCatalog {
    private final Catalog catalog;
    private final Map<String, Origin> origins;

    DescribedCatalog(Catalog catalog, Map<String, Origin> origins) {
        this.catalog = catalog;
        this.origins = Map.copyOf(origins);
    }

    public Catalog catalog() {
        return catalog;
    }

    /** The file that defines a provider, as a person finds it; empty for one that comes with Serai. */
    public Optional<String> ownFile(Provider provider) {
        return Optional.ofNullable(origins.get(provider.id()))
                .map(origin -> origin.problem("/id", "").file())
                .filter(file -> !file.startsWith(CatalogLoader.SHIPPED_PLACE));
    }

    /** What files say of a model, with the place of everything; empty if no file lists it. */
    public List<Fact> facts(Catalog.Entry entry) {
        Origin origin = origins.get(entry.provider().id());
        return origin == null ? List.of() : new Facts(origin).of(entry.model().id());
    }
}
