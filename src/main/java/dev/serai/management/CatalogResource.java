package dev.serai.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.catalog.Auth;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.Provider;
import dev.serai.command.ModelJson;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code /api/catalog}: providers and models that come with files, in the order in which they are asked. */
final class CatalogResource implements Resource {
    private static final String FROM = "from-";

    private final Supplier<Catalog> catalog;
    private final Clock clock;

    CatalogResource(Supplier<Catalog> catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    @Override
    public Map<String, Function<Call, Reply>> operations() {
        return Map.of("list-catalog-providers", this::providers, "list-catalog-models", this::models);
    }

    private Reply providers(Call call) {
        return page(call, List.copyOf(catalog.get().providers()), CatalogResource::shown);
    }

    private Reply models(Call call) {
        String provider = call.query().get("provider");
        List<Catalog.Entry> entries = catalog.get().models().stream()
                .filter(entry -> provider == null || entry.provider().id().equals(provider))
                .toList();
        return page(call, entries, entry -> ModelJson.of(entry, clock.instant()));
    }

    private static <T> Reply page(Call call, List<T> all, Function<T, ObjectNode> shown) {
        int begin = Math.min(all.size(), begin(call));
        int end = Math.min(all.size(), begin + Lists.limit(call));
        return Lists.reply(all.subList(begin, end), shown, end == all.size() ? null : call.nextUri(FROM + end));
    }

    private static int begin(Call call) {
        String cursor = call.query().getOrDefault("cursor", FROM + 0);
        if (!cursor.matches(FROM + "[0-9]{1,8}")) {
            throw ApiException.invalid("cursor is none that this API gave");
        }
        return Integer.parseInt(cursor.substring(FROM.length()));
    }

    private static ObjectNode shown(Provider provider) {
        ObjectNode json = Shapes.object().put("id", provider.id()).put("name", provider.name());
        if (provider.baseUrl().getPort() != 0) {
            json.put("baseUrl", provider.baseUrl().toString());
        }
        provider.dialects().keySet().forEach(json.putArray("supportedApiSurfaces")::add);
        json.put("wantsKey", provider.auth() instanceof Auth.Header);
        return json.put("models", provider.models().size())
                .put("modelsUri", "/api/catalog/models?provider=" + provider.id());
    }
}
