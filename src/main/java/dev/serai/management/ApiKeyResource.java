package dev.serai.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.access.AccessToken;
import dev.serai.control.ApiKey;
import dev.serai.control.Role;
import dev.serai.control.Stamp;
import dev.serai.store.Cursor;
import dev.serai.store.Fields;
import dev.serai.store.ObjectTable;
import dev.serai.store.Page;
import dev.serai.store.Session;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /api/api-keys}. Operators' keys belong to no account; operators find them by their ids, and in the list with {@code role=operator}. */
final class ApiKeyResource extends ObjectResource<ApiKey> {
    ApiKeyResource(ControlPlane plane) {
        super(plane, "/api/api-keys", "api-key", "api-keys");
    }

    @Override
    ObjectTable<ApiKey> table(Session session) {
        return session.apiKeys();
    }

    @Override
    Page<ApiKey> page(Session session, Call call, @Nullable Cursor after, int limit) {
        String role = call.query().get("role");
        if (role != null && !role.equals(Role.OPERATOR.label())) {
            throw ApiException.invalid("role can only be operator here");
        }
        if (role != null && !call.caller().isOperator()) {
            throw new ApiException(ApiError.NOT_PERMITTED, "Operators' keys are for operators.");
        }
        return session.apiKeys().list(role == null ? call.accountId() : null, after, limit);
    }

    @Override
    Optional<ApiKey> find(Session session, Call call) {
        Optional<ApiKey> own = super.find(session, call);
        return own.isPresent() || !call.caller().isOperator()
                ? own
                : session.apiKeys().find(null, call.requireId());
    }

    @Override
    ObjectNode document(ApiKey key) {
        ObjectNode json = Shapes.object().put("name", key.name()).put("description", key.description());
        Shapes.put(json, "expiresAt", key.expiresAt());
        return json;
    }

    @Override
    void showMore(ApiKey key, ObjectNode json) {
        json.put("role", key.role().label());
        if (key.accountId() != null) {
            json.put("accountId", key.accountId());
        }
        Shapes.put(json, "lastUsedAt", key.lastUsedAt());
    }

    @Override
    Made<ApiKey> made(Call call, Session session) {
        AccessToken token = AccessToken.generate(AccessToken.Kind.API, plane().random());
        ApiKey key = call.read(fields -> {
            Role role = fields.required("role", Role::of, Role.READER);
            return patched(
                    fields,
                    new ApiKey(
                            token.id(),
                            role == Role.OPERATOR ? null : call.accountId(),
                            role,
                            "new",
                            "",
                            plane().pepper().hash(token.value().reveal()),
                            null,
                            null,
                            Stamp.first(plane().clock().instant())));
        });
        if (!call.caller().may(key.role())) {
            throw new ApiException(ApiError.NOT_PERMITTED, "Only operators make keys of operators.");
        }
        return new Made<>(session.apiKeys().insert(key), token.value().reveal());
    }

    @Override
    ApiKey patched(Fields fields, ApiKey before) {
        return new ApiKey(
                before.id(),
                before.accountId(),
                before.role(),
                fields.required("name"),
                Shapes.textOrEmpty(fields, "description"),
                before.hash(),
                Shapes.time(fields, "expiresAt"),
                before.lastUsedAt(),
                before.stamp());
    }

    /** So that there is always one left. */
    @Override
    void beforeDelete(ApiKey key, Call call) {
        if (key.id().equals(call.caller().keyId())) {
            throw new ApiException(ApiError.CONFLICT, "A key cannot delete itself. Delete it with another one.");
        }
    }
}
