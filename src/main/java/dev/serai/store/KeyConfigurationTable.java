package dev.serai.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.control.KeyConfiguration;
import dev.serai.control.Stamp;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The access key configurations, and the rows that keep what they name from being deleted. */
public final class KeyConfigurationTable extends ObjectTable<KeyConfiguration> {
    KeyConfigurationTable(Handle handle, @Nullable Journal journal) {
        super(handle, journal, new Form("access-key-configuration", "key_configuration"));
    }

    @Override
    KeyConfiguration read(Row row) throws SQLException {
        return KeyConfigurationJson.read(
                Json.parse(row.text("document")),
                row.text("id"),
                row.text("account_id"),
                row.text("name"),
                row.text("description"),
                row.stamp());
    }

    @Override
    Map<String, @Nullable Object> values(KeyConfiguration configuration) {
        return Map.of(
                "name",
                configuration.name(),
                "description",
                configuration.description(),
                "document",
                KeyConfigurationJson.of(configuration).toString());
    }

    @Override
    ObjectNode shown(KeyConfiguration configuration) {
        return Json.shown(configuration.id(), configuration.name(), configuration.stamp())
                .put("description", configuration.description())
                .setAll(KeyConfigurationJson.of(configuration));
    }

    @Override
    KeyConfiguration stamped(KeyConfiguration configuration, Stamp stamp) {
        return new KeyConfiguration(
                configuration.id(),
                configuration.accountId(),
                configuration.name(),
                configuration.description(),
                configuration.access(),
                configuration.rules(),
                configuration.limits(),
                configuration.timeouts(),
                configuration.failover(),
                configuration.aliases(),
                stamp);
    }

    @Override
    void beforeWrite(KeyConfiguration configuration, @Nullable KeyConfiguration before) {
        requireAccount(configuration.accountId());
        requireAll("router.rules", "provider_key", "id", configuration.accountId(), configuration.providerKeys());
    }

    @Override
    void afterWrite(KeyConfiguration configuration) {
        for (String table : List.of("configuration_provider_key", "configuration_provider")) {
            handle().createUpdate("DELETE FROM " + table
                            + " WHERE account_id = :account AND configuration_id = :configuration")
                    .bind("account", configuration.accountId())
                    .bind("configuration", configuration.id())
                    .execute();
        }
        for (String key : configuration.providerKeys()) {
            refer(
                    configuration,
                    key,
                    "INSERT INTO configuration_provider_key (account_id, configuration_id, provider_key_id)"
                            + " VALUES (:account, :configuration, :named)");
        }
        for (String provider : configuration.providers()) {
            refer(
                    configuration,
                    provider,
                    "INSERT INTO configuration_provider (account_id, configuration_id, provider_id, custom_provider_id)"
                            + " VALUES (:account, :configuration, :named, (SELECT provider_id FROM custom_provider"
                            + " WHERE account_id = :account AND provider_id = :named))");
        }
    }

    private void refer(KeyConfiguration configuration, String named, String sql) {
        handle().createUpdate(sql)
                .bind("account", configuration.accountId())
                .bind("configuration", configuration.id())
                .bind("named", named)
                .execute();
    }

    @Override
    List<Refusal.Referrer> referrers(KeyConfiguration configuration) {
        return referrers(
                "access-key",
                "SELECT id, name FROM access_key WHERE account_id = :account AND configuration_id = :id ORDER BY created_at",
                configuration.accountId(),
                configuration.id());
    }
}
