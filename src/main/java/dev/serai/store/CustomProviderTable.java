package dev.serai.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.control.CustomProvider;
import dev.serai.control.Stamp;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The custom providers. What names one already when it is made refers to it from then on. */
public final class CustomProviderTable extends ObjectTable<CustomProvider> {
    CustomProviderTable(Handle handle, @Nullable Journal journal) {
        super(handle, journal, new Form("provider", "custom_provider"));
    }

    /** The provider that stands before the colon in {@code provider:model}. */
    public Optional<CustomProvider> findByProviderId(String accountId, String providerId) {
        return query("SELECT * FROM custom_provider WHERE account_id = :account AND provider_id = :provider")
                .bind("account", accountId)
                .bind("provider", providerId)
                .map((result, context) -> read(new Row(result)))
                .findOne();
    }

    @Override
    CustomProvider read(Row row) throws SQLException {
        String id = row.text("id");
        String account = row.text("account_id");
        String provider = row.text("provider_id");
        String name = row.text("name");
        URI baseUrl = URI.create(row.text("base_url"));
        Stamp stamp = row.stamp();
        return Fields.of(Json.parse(row.text("document")))
                .make(fields -> CustomProviderJson.read(fields, id, account, provider, name, baseUrl, stamp));
    }

    @Override
    Map<String, @Nullable Object> values(CustomProvider provider) {
        return Map.of(
                "provider_id",
                provider.providerId(),
                "name",
                provider.name(),
                "base_url",
                provider.baseUrl().toString(),
                "document",
                CustomProviderJson.of(provider).toString());
    }

    @Override
    ObjectNode shown(CustomProvider provider) {
        return Json.shown(provider.id(), provider.name(), provider.stamp())
                .put("providerId", provider.providerId())
                .put("baseUrl", provider.baseUrl().toString())
                .setAll(CustomProviderJson.of(provider));
    }

    @Override
    CustomProvider stamped(CustomProvider provider, Stamp stamp) {
        return new CustomProvider(
                provider.id(),
                provider.accountId(),
                provider.providerId(),
                provider.name(),
                provider.baseUrl(),
                provider.surfaces(),
                provider.auth(),
                provider.models(),
                provider.headers(),
                provider.query(),
                stamp);
    }

    @Override
    void beforeWrite(CustomProvider provider, @Nullable CustomProvider before) {
        requireAccount(provider.accountId());
        if (before != null) {
            requireSame("providerId", before.providerId(), provider.providerId());
        } else if (findByProviderId(provider.accountId(), provider.providerId()).isPresent()) {
            throw new ChangeRefusedException(new Refusal.Duplicate("provider", "providerId", provider.providerId()));
        }
    }

    @Override
    void afterWrite(CustomProvider provider) {
        for (String table : List.of("provider_key", "configuration_provider")) {
            handle().createUpdate("UPDATE " + table + " SET custom_provider_id = provider_id"
                            + " WHERE account_id = :account AND provider_id = :provider")
                    .bind("account", provider.accountId())
                    .bind("provider", provider.providerId())
                    .execute();
        }
    }

    @Override
    List<Refusal.Referrer> referrers(CustomProvider provider) {
        List<Refusal.Referrer> referrers = new ArrayList<>(referrers(
                "access-key-configuration",
                "SELECT c.id, c.name FROM key_configuration c JOIN configuration_provider r"
                        + " ON r.account_id = c.account_id AND r.configuration_id = c.id"
                        + " WHERE r.account_id = :account AND r.custom_provider_id = :id ORDER BY c.created_at",
                provider.accountId(),
                provider.providerId()));
        referrers.addAll(referrers(
                "provider-key",
                "SELECT id, name FROM provider_key WHERE account_id = :account AND custom_provider_id = :id"
                        + " ORDER BY created_at",
                provider.accountId(),
                provider.providerId()));
        return referrers;
    }
}
