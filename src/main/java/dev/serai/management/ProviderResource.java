package dev.serai.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.catalog.Catalog;
import dev.serai.control.CustomProvider;
import dev.serai.control.ObjectId;
import dev.serai.control.Stamp;
import dev.serai.store.CustomProviderJson;
import dev.serai.store.Fields;
import dev.serai.store.ObjectTable;
import dev.serai.store.Session;
import dev.serai.upstream.ProviderHosts;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** {@code /api/providers}: the custom ones. */
final class ProviderResource extends ObjectResource<CustomProvider> {
    private final Supplier<Catalog> catalog;
    private final Set<String> dialects;
    private final ProviderHosts hosts;

    ProviderResource(ControlPlane plane, Supplier<Catalog> catalog, Set<String> dialects, ProviderHosts hosts) {
        super(plane, "/api/providers", "provider", "providers");
        this.catalog = catalog;
        this.dialects = new TreeSet<>(dialects);
        this.hosts = hosts;
    }

    @Override
    ObjectTable<CustomProvider> table(Session session) {
        return session.customProviders();
    }

    @Override
    ObjectNode document(CustomProvider provider) {
        return Shapes.object()
                .put("name", provider.name())
                .put("baseUrl", provider.baseUrl().toString())
                .setAll(CustomProviderJson.of(provider));
    }

    @Override
    void showMore(CustomProvider provider, ObjectNode json) {
        json.put("providerId", provider.providerId());
    }

    @Override
    Made<CustomProvider> made(Call call, Session session) {
        CustomProvider provider = call.read(fields -> of(fields, call));
        if (catalog.get().provider(provider.providerId()) != null) {
            throw new ApiException(
                    ApiError.CONFLICT, "There is a built-in provider with this providerId. Take another one.");
        }
        return new Made<>(session.customProviders().insert(provider), null);
    }

    /** A provider of the fields of a body; not kept. */
    CustomProvider of(Fields fields, Call call) {
        return read(
                fields,
                ObjectId.CUSTOM_PROVIDER.generate(plane().random()),
                call.accountId(),
                fields.required("providerId"),
                Stamp.first(plane().clock().instant()));
    }

    @Override
    CustomProvider patched(Fields fields, CustomProvider before) {
        return read(fields, before.id(), before.accountId(), before.providerId(), before.stamp());
    }

    private CustomProvider read(Fields fields, String id, String accountId, String providerId, Stamp stamp) {
        CustomProvider provider = CustomProviderJson.read(
                fields, id, accountId, providerId, fields.required("name"), url(fields.required("baseUrl")), stamp);
        hosts.check(provider.baseUrl());
        for (String surface : provider.surfaces()) {
            if (!dialects.contains(surface)) {
                throw new IllegalArgumentException(
                        "supportedApiSurfaces can be " + String.join(", ", dialects) + "; '" + surface + "' is none");
            }
        }
        return provider;
    }

    private static URI url(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("baseUrl is no URL: " + e.getReason(), e);
        }
    }
}
