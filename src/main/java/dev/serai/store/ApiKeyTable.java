package dev.serai.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.access.KeyHash;
import dev.serai.control.ApiKey;
import dev.serai.control.Role;
import dev.serai.control.Stamp;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The keys to the management API. Those of operators are found without an account. */
public final class ApiKeyTable extends ObjectTable<ApiKey> {
    ApiKeyTable(Handle handle, @Nullable Journal journal) {
        super(handle, journal, new Form("api-key", "api_key"));
    }

    @Override
    ApiKey read(Row row) throws SQLException {
        return new ApiKey(
                row.text("id"),
                row.optionalText("account_id"),
                Role.of(row.text("role")),
                row.text("name"),
                row.text("description"),
                KeyHash.ofHex(row.text("hash")),
                row.optionalInstant("expires_at"),
                row.optionalInstant("last_used_at"),
                row.stamp());
    }

    @Override
    Map<String, @Nullable Object> values(ApiKey key) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("role", key.role().label());
        values.put("name", key.name());
        values.put("description", key.description());
        values.put("hash", key.hash().hex());
        values.put("expires_at", Row.optionalMicros(key.expiresAt()));
        return values;
    }

    @Override
    ObjectNode shown(ApiKey key) {
        ObjectNode json = Json.shown(key.id(), key.name(), key.stamp())
                .put("description", key.description())
                .put("role", key.role().label());
        Json.put(json, "expiresAt", key.expiresAt());
        return json;
    }

    @Override
    ApiKey stamped(ApiKey key, Stamp stamp) {
        return new ApiKey(
                key.id(),
                key.accountId(),
                key.role(),
                key.name(),
                key.description(),
                key.hash(),
                key.expiresAt(),
                key.lastUsedAt(),
                stamp);
    }

    @Override
    void beforeWrite(ApiKey key, @Nullable ApiKey before) {
        String account = key.accountId();
        if (account != null) {
            requireAccount(account);
        }
    }
}
