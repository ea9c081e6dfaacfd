package dev.serai.catalog;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A service that serves models, as its file in {@code config/providers} describes it.
 *
 * @param id             what stands before the colon in {@code provider:model}; compared exactly
 * @param name           display name
 * @param baseUrl        without a trailing slash; the path of a dialect is appended to it
 * @param dialects       dialect id to path, in the file's order
 * @param auth           how requests are authenticated
 * @param headers        fixed headers for every request
 * @param models         the models it is known to serve
 * @param discoverModels whether its own model list is asked for at the start
 */
public record Provider(
        String id,
        String name,
        URI baseUrl,
        Map<String, String> dialects,
        Auth auth,
        Map<String, String> headers,
        List<Model> models,
        boolean discoverModels) {
    public Provider {
        dialects = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(dialects));
        headers = Map.copyOf(headers);
        models = List.copyOf(models);
    }

    /** The same provider, serving these models. */
    public Provider withModels(List<Model> models) {
        return new Provider(id, name, baseUrl, dialects, auth, headers, models, discoverModels);
    }
}
