package dev.serai.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.access.AccessToken;
import dev.serai.control.Stamp;
import dev.serai.control.StoredAccessKey;
import dev.serai.store.Fields;
import dev.serai.store.Json;
import dev.serai.store.ObjectTable;
import dev.serai.store.Session;

/** {@code /api/access-keys} */
final class AccessKeyResource extends ObjectResource<StoredAccessKey> {
    AccessKeyResource(ControlPlane plane) {
        super(plane, "/api/access-keys", "access-key", "access-keys");
    }

    @Override
    ObjectTable<StoredAccessKey> table(Session session) {
        return session.accessKeys();
    }

    @Override
    ObjectNode document(StoredAccessKey key) {
        ObjectNode json = Shapes.object().put("name", key.name()).put("description", key.description());
        json.set("metadata", Shapes.texts(key.metadata()));
        if (key.configurationId() != null) {
            json.put("configurationId", key.configurationId());
        }
        Shapes.put(json, "expiresAt", key.expiresAt());
        json.set("limits", Json.of(key.limits()));
        return json;
    }

    @Override
    void showMore(StoredAccessKey key, ObjectNode json) {
        Shapes.put(json, "lastUsedAt", key.lastUsedAt());
    }

    @Override
    Made<StoredAccessKey> made(Call call, Session session) {
        AccessToken token = AccessToken.generate(plane().random());
        String hash = plane().pepper().hash(token.value().reveal()).hex();
        StoredAccessKey none = new StoredAccessKey(
                token.id(),
                call.accountId(),
                "new",
                "",
                java.util.Map.of(),
                null,
                dev.serai.access.KeyHash.ofHex(hash),
                null,
                null,
                dev.serai.control.Limits.NONE,
                Stamp.first(plane().clock().instant()));
        StoredAccessKey key = session.accessKeys().insert(call.read(fields -> patched(fields, none)));
        return new Made<>(key, token.value().reveal());
    }

    @Override
    StoredAccessKey patched(Fields fields, StoredAccessKey before) {
        return new StoredAccessKey(
                before.id(),
                before.accountId(),
                fields.required("name"),
                Shapes.textOrEmpty(fields, "description"),
                fields.map("metadata"),
                fields.text("configurationId"),
                before.hash(),
                Shapes.time(fields, "expiresAt"),
                before.lastUsedAt(),
                Json.limits(fields.object("limits")),
                before.stamp());
    }
}
