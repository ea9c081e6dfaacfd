package dev.serai.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.access.Scope;
import dev.serai.control.FailoverOverrides;
import dev.serai.control.KeyConfiguration;
import dev.serai.control.Limits;
import dev.serai.control.ObjectId;
import dev.serai.control.ProviderKey;
import dev.serai.control.Stamp;
import dev.serai.control.Timeouts;
import dev.serai.store.DocumentException;
import dev.serai.store.Fields;
import dev.serai.store.KeyConfigurationJson;
import dev.serai.store.ObjectTable;
import dev.serai.store.Session;
import java.util.List;

/** {@code /api/access-key-configurations}. A key of a step is the id of a provider key, or an object that makes one. */
final class ConfigurationResource extends ObjectResource<KeyConfiguration> {
    private final ProviderKeyResource keys;

    ConfigurationResource(ControlPlane plane, ProviderKeyResource keys) {
        super(plane, "/api/access-key-configurations", "access-key-configuration", "access-key-configurations");
        this.keys = keys;
    }

    @Override
    ObjectTable<KeyConfiguration> table(Session session) {
        return session.configurations();
    }

    @Override
    ObjectNode document(KeyConfiguration configuration) {
        return Shapes.object()
                .put("name", configuration.name())
                .put("description", configuration.description())
                .setAll(KeyConfigurationJson.of(configuration));
    }

    @Override
    Made<KeyConfiguration> made(Call call, Session session) {
        KeyConfiguration none = new KeyConfiguration(
                ObjectId.CONFIGURATION.generate(plane().random()),
                call.accountId(),
                "new",
                "",
                Scope.ALL,
                List.of(),
                Limits.NONE,
                Timeouts.NONE,
                FailoverOverrides.NONE,
                null,
                Stamp.first(plane().clock().instant()));
        JsonNode document = prepared(call.requireBody(), call, session);
        return new Made<>(
                session.configurations().insert(Fields.of(document).make(fields -> patched(fields, none))), null);
    }

    @Override
    KeyConfiguration patched(Fields fields, KeyConfiguration before) {
        return KeyConfigurationJson.read(
                fields,
                before.id(),
                before.accountId(),
                fields.required("name"),
                Shapes.textOrEmpty(fields, "description"),
                before.stamp());
    }

    /** Makes the keys that are written out, and puts their ids in their places. */
    @Override
    JsonNode prepared(JsonNode document, Call call, Session session) {
        JsonNode prepared = document.deepCopy();
        JsonNode rules = prepared.path("router").path("rules");
        for (int r = 0; r < rules.size(); r++) {
            JsonNode steps = rules.path(r).path("steps");
            for (int s = 0; s < steps.size(); s++) {
                String place = "router.rules[" + r + "].steps[" + s + "].keys";
                if (steps.path(s).path("keys") instanceof ArrayNode list) {
                    make(list, place, rules.path(r).path("provider").asText(), call, session);
                }
            }
        }
        return prepared;
    }

    private void make(ArrayNode list, String place, String provider, Call call, Session session) {
        for (int k = 0; k < list.size(); k++) {
            if (list.get(k).isObject()) {
                ProviderKey key = made(list.get(k), place + "[" + k + "]", provider, call);
                list.set(k, list.textNode(session.providerKeys().insert(key).id()));
            }
        }
    }

    private ProviderKey made(JsonNode written, String place, String provider, Call call) {
        try {
            return Fields.of(written).make(fields -> keys.of(fields, provider, call));
        } catch (DocumentException e) {
            throw new DocumentException(
                    e.problems().stream().map(problem -> place + "." + problem).toList());
        }
    }
}
