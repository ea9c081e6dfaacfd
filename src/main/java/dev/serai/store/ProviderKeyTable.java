package dev.serai.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.control.ProviderKey;
import dev.serai.control.ProviderKeyValue;
import dev.serai.control.SealedValue;
import dev.serai.control.Stamp;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The provider keys, sealed. */
public final class ProviderKeyTable extends ObjectTable<ProviderKey> {
    ProviderKeyTable(Handle handle, @Nullable Journal journal) {
        super(handle, journal, new Form("provider-key", "provider_key"));
    }

    @Override
    ProviderKey read(Row row) throws SQLException {
        String reference = row.optionalText("reference");
        return new ProviderKey(
                row.text("id"),
                row.text("account_id"),
                row.text("provider_id"),
                row.text("name"),
                row.text("description"),
                reference != null
                        ? new ProviderKeyValue.Reference(reference)
                        : new ProviderKeyValue.Kept(sealed(row), row.text("redacted")),
                row.stamp());
    }

    static SealedValue sealed(Row row) throws SQLException {
        return new SealedValue(
                row.text("master_key_id"), row.text("wrapped_key"), row.text("nonce"), row.text("ciphertext"));
    }

    @Override
    Map<String, @Nullable Object> values(ProviderKey key) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        ProviderKeyValue.Kept kept = key.value() instanceof ProviderKeyValue.Kept value ? value : null;
        SealedValue sealed = kept == null ? null : kept.sealed();
        values.put("provider_id", key.providerId());
        values.put("name", key.name());
        values.put("description", key.description());
        values.put("master_key_id", sealed == null ? null : sealed.masterKeyId());
        values.put("wrapped_key", sealed == null ? null : sealed.wrappedKey());
        values.put("nonce", sealed == null ? null : sealed.nonce());
        values.put("ciphertext", sealed == null ? null : sealed.ciphertext());
        values.put("redacted", kept == null ? null : kept.redacted());
        values.put(
                "reference",
                key.value() instanceof ProviderKeyValue.Reference reference ? reference.expression() : null);
        return values;
    }

    @Override
    ObjectNode shown(ProviderKey key) {
        return Json.shown(key.id(), key.name(), key.stamp())
                .put("description", key.description())
                .put("providerId", key.providerId())
                .put("value", key.shown());
    }

    @Override
    ProviderKey stamped(ProviderKey key, Stamp stamp) {
        return new ProviderKey(
                key.id(), key.accountId(), key.providerId(), key.name(), key.description(), key.value(), stamp);
    }

    @Override
    void beforeWrite(ProviderKey key, @Nullable ProviderKey before) {
        requireAccount(key.accountId());
        if (before != null) {
            requireSame("providerId", before.providerId(), key.providerId());
        }
    }

    @Override
    void afterWrite(ProviderKey key) {
        handle().createUpdate(
                        "UPDATE provider_key SET custom_provider_id = (SELECT provider_id FROM custom_provider"
                                + " WHERE account_id = :account AND provider_id = :provider) WHERE account_id = :account AND id = :id")
                .bind("account", key.accountId())
                .bind("provider", key.providerId())
                .bind("id", key.id())
                .execute();
    }

    @Override
    List<Refusal.Referrer> referrers(ProviderKey key) {
        return referrers(
                "access-key-configuration",
                "SELECT c.id, c.name FROM key_configuration c JOIN configuration_provider_key r"
                        + " ON r.account_id = c.account_id AND r.configuration_id = c.id"
                        + " WHERE r.account_id = :account AND r.provider_key_id = :id ORDER BY c.created_at",
                key.accountId(),
                key.id());
    }
}
