package dev.serai.reload;

import dev.serai.access.Credential;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.Model;
import dev.serai.catalog.ModelDiscovery;
import dev.serai.catalog.Provider;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What servers said of their models when they were asked last. Used by one thread at a time. */
final class DiscoveredModels {
    private record Found(URI baseUrl, List<Model> models) {}

    private final ModelDiscovery discovery = new ModelDiscovery();
    private final Function<Provider, Optional<Credential>> credentials;
    private Map<String, Found> found = Map.of();

    DiscoveredModels(Function<Provider, Optional<Credential>> credentials) {
        this.credentials = credentials;
    }

    /** Asks the servers of this catalog, for half a second at most. One that gives no model is believed to have those it had. */
    void ask(Catalog files) {
        Map<String, Found> now = new HashMap<>();
        discovery.ask(files, credentials).forEach((id, models) -> {
            Provider provider = files.provider(id);
            if (provider != null) {
                List<Model> known = models.isEmpty() ? of(provider) : models;
                now.put(id, new Found(provider.baseUrl(), known));
            }
        });
        found = now;
    }

    /** The catalog with what is known so far, without asking anybody. */
    Catalog addedTo(Catalog files) {
        Catalog all = files;
        for (Provider provider : files.providers()) {
            List<Model> models = provider.discoverModels() ? of(provider) : List.of();
            all = models.isEmpty() ? all : all.withModels(provider.id(), models);
        }
        return all;
    }

    private List<Model> of(Provider provider) {
        Found known = found.get(provider.id());
        return known != null && known.baseUrl().equals(provider.baseUrl()) ? known.models() : List.of();
    }
}
