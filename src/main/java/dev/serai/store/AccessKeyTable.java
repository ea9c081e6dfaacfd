package dev.serai.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.access.KeyHash;
import dev.serai.control.Stamp;
import dev.serai.control.StoredAccessKey;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The access keys. */
public final class AccessKeyTable extends ObjectTable<StoredAccessKey> {
    AccessKeyTable(Handle handle, @Nullable Journal journal) {
        super(handle, journal, new Form("access-key", "access_key"));
    }

    @Override
    StoredAccessKey read(Row row) throws SQLException {
        return new StoredAccessKey(
                row.text("id"),
                row.text("account_id"),
                row.text("name"),
                row.text("description"),
                Fields.of(Json.object().set("metadata", Json.parse(row.text("metadata"))))
                        .make(fields -> fields.map("metadata")),
                row.optionalText("configuration_id"),
                KeyHash.ofHex(row.text("hash")),
                row.optionalInstant("expires_at"),
                row.optionalInstant("last_used_at"),
                Fields.of(Json.parse(row.text("limits"))).make(Json::limits),
                row.stamp());
    }

    @Override
    Map<String, @Nullable Object> values(StoredAccessKey key) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("name", key.name());
        values.put("description", key.description());
        values.put("metadata", Json.of(key.metadata()).toString());
        values.put("configuration_id", key.configurationId());
        values.put("hash", key.hash().hex());
        values.put("limits", Json.of(key.limits()).toString());
        values.put("expires_at", Row.optionalMicros(key.expiresAt()));
        return values;
    }

    @Override
    ObjectNode shown(StoredAccessKey key) {
        ObjectNode json = Json.shown(key.id(), key.name(), key.stamp()).put("description", key.description());
        json.set("metadata", Json.of(key.metadata()));
        Json.put(json, "configurationId", key.configurationId());
        Json.put(json, "expiresAt", key.expiresAt());
        json.set("limits", Json.of(key.limits()));
        return json;
    }

    @Override
    StoredAccessKey stamped(StoredAccessKey key, Stamp stamp) {
        return new StoredAccessKey(
                key.id(),
                key.accountId(),
                key.name(),
                key.description(),
                key.metadata(),
                key.configurationId(),
                key.hash(),
                key.expiresAt(),
                key.lastUsedAt(),
                key.limits(),
                stamp);
    }

    @Override
    void beforeWrite(StoredAccessKey key, @Nullable StoredAccessKey before) {
        requireAccount(key.accountId());
        String configuration = key.configurationId();
        if (configuration != null) {
            requireAll("configurationId", "key_configuration", "id", key.accountId(), List.of(configuration));
        }
    }
}
