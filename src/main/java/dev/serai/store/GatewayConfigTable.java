package dev.serai.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.control.GatewayConfig;
import dev.serai.control.Stamp;
import java.sql.SQLException;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The gateway configurations, at most one for an account: found under the account's id twice. */
public final class GatewayConfigTable extends ObjectTable<GatewayConfig> {
    GatewayConfigTable(Handle handle, @Nullable Journal journal) {
        super(handle, journal, new Form("gateway-config", "gateway_config", "account_id", "account_id"));
    }

    @Override
    GatewayConfig read(Row row) throws SQLException {
        String account = row.text("account_id");
        Stamp stamp = row.stamp();
        return Fields.of(Json.parse(row.text("document")))
                .make(fields -> GatewayConfigJson.read(fields, account, stamp));
    }

    @Override
    Map<String, @Nullable Object> values(GatewayConfig config) {
        return Map.of("document", GatewayConfigJson.of(config).toString());
    }

    @Override
    ObjectNode shown(GatewayConfig config) {
        return Json.object().put("version", config.stamp().version()).setAll(GatewayConfigJson.of(config));
    }

    @Override
    GatewayConfig stamped(GatewayConfig config, Stamp stamp) {
        return new GatewayConfig(
                config.accountId(),
                config.timeouts(),
                config.limits(),
                config.strictTranslation(),
                config.rescue(),
                config.hedgeAfter(),
                config.logPayloads(),
                stamp);
    }

    @Override
    void beforeWrite(GatewayConfig config, @Nullable GatewayConfig before) {
        requireAccount(config.accountId());
        if (before == null && find(config.accountId(), config.accountId()).isPresent()) {
            throw new ChangeRefusedException(new Refusal.Duplicate("gateway-config", "accountId", config.accountId()));
        }
    }
}
