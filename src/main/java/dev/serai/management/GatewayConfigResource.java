package dev.serai.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.control.GatewayConfig;
import dev.serai.control.KeyConfiguration;
import dev.serai.control.Limits;
import dev.serai.control.Stamp;
import dev.serai.control.StoredAccessKey;
import dev.serai.control.Timeouts;
import dev.serai.store.Fields;
import dev.serai.store.GatewayConfigJson;
import dev.serai.store.Session;
import dev.serai.store.Store;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code /api/gateway-config}: one for each account, there from the beginning, and empty until somebody sets something. */
final class GatewayConfigResource implements Resource {
    private static final String PATH = "/api/gateway-config";
    private static final String KEY = "accessKeyId";
    private static final String NOTHING_SET = "\"0\"";

    private final ControlPlane plane;

    private final Supplier<OperatorSettings> operator;

    /** @param operator what holds where the account says nothing, at this moment */
    GatewayConfigResource(ControlPlane plane, Supplier<OperatorSettings> operator) {
        this.plane = plane;
        this.operator = operator;
    }

    @Override
    public Map<String, Function<Call, Reply>> operations() {
        return Map.of(
                "get-gateway-config",
                this::get,
                "patch-gateway-config",
                this::patch,
                "describe-effective-config",
                this::describe);
    }

    private Reply describe(Call call) {
        String id = call.query().get(KEY);
        return plane.store().read(session -> {
            StoredAccessKey key = id == null
                    ? null
                    : session.accessKeys().find(call.accountId(), id).orElseThrow(ApiException::absent);
            KeyConfiguration configuration = key == null || key.configurationId() == null
                    ? null
                    : session.configurations()
                            .find(call.accountId(), key.configurationId())
                            .orElse(null);
            GatewayConfig account = kept(session, call).orElse(null);
            return Reply.ok(new EffectiveConfig(operator.get(), account, configuration, key).json());
        });
    }

    private Reply get(Call call) {
        return plane.store().read(session -> {
            Optional<GatewayConfig> kept = kept(session, call);
            String tag = tag(kept);
            return call.conditions().isKnown(tag)
                    ? Reply.unchanged(tag)
                    : Reply.ok(shown(kept.orElseGet(() -> empty(session, call)), call), tag);
        });
    }

    private Reply patch(Call call) {
        Store store = plane.store();
        return store.change(call.caller().actor(), session -> {
            Optional<GatewayConfig> kept = kept(session, call);
            call.conditions().requireMatch(tag(kept));
            GatewayConfig before = kept.orElseGet(() -> empty(session, call));
            GatewayConfig after = Fields.of(MergePatch.apply(call.requireBody(), GatewayConfigJson.of(before)))
                    .make(fields -> GatewayConfigJson.read(fields, before.accountId(), before.stamp()));
            if (after.equals(before)) {
                return Reply.ok(shown(before, call), tag(kept));
            }
            GatewayConfig changed = kept.isPresent()
                    ? session.gatewayConfigs().update(after)
                    : session.gatewayConfigs().insert(after);
            return Reply.ok(shown(changed, call), Conditions.tag(changed));
        });
    }

    private static Optional<GatewayConfig> kept(Session session, Call call) {
        return session.gatewayConfigs().find(call.accountId(), call.accountId());
    }

    private static String tag(Optional<GatewayConfig> kept) {
        return kept.map(Conditions::tag).orElse(NOTHING_SET);
    }

    private static GatewayConfig empty(Session session, Call call) {
        Stamp stamp = session.accounts()
                .find(call.accountId(), call.accountId())
                .orElseThrow(ApiException::absent)
                .stamp();
        return new GatewayConfig(
                call.accountId(), Timeouts.NONE, Limits.NONE, null, null, null, null, Stamp.first(stamp.createdAt()));
    }

    private static ObjectNode shown(GatewayConfig config, Call call) {
        return Shapes.head(config.id(), call.uri(PATH), config.stamp()).setAll(GatewayConfigJson.of(config));
    }
}
