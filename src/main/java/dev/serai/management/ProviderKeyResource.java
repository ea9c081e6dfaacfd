package dev.serai.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import dev.serai.control.ObjectId;
import dev.serai.control.ProviderKey;
import dev.serai.control.ProviderKeyValue;
import dev.serai.control.Stamp;
import dev.serai.secrets.Owner;
import dev.serai.secrets.Redaction;
import dev.serai.secrets.ReferenceException;
import dev.serai.secrets.ReferenceValues;
import dev.serai.store.Fields;
import dev.serai.store.ObjectTable;
import dev.serai.store.Session;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** {@code /api/provider-keys}. Values go in, and never come out. */
final class ProviderKeyResource extends ObjectResource<ProviderKey> {
    private static final int MAX_VALUE = 10_000;

    private final ReferenceValues references;
    private final Secrets masked;

    /** @param masked where values are registered, so that no log shows one */
    ProviderKeyResource(ControlPlane plane, ReferenceValues references, Secrets masked) {
        super(plane, "/api/provider-keys", "provider-key", "provider-keys");
        this.references = references;
        this.masked = masked;
    }

    @Override
    public Map<String, Function<Call, Reply>> operations() {
        Map<String, Function<Call, Reply>> operations = new HashMap<>(super.operations());
        operations.put("rotate-provider-key", this::rotate);
        return operations;
    }

    @Override
    ObjectTable<ProviderKey> table(Session session) {
        return session.providerKeys();
    }

    @Override
    ObjectNode document(ProviderKey key) {
        return Shapes.object().put("name", key.name()).put("description", key.description());
    }

    @Override
    void showMore(ProviderKey key, ObjectNode json) {
        json.put("providerId", key.providerId()).put("value", key.shown());
        if (key.value() instanceof ProviderKeyValue.Reference reference) {
            references.problem(reference.expression()).ifPresent(problem -> json.put("problem", problem));
        }
    }

    @Override
    Made<ProviderKey> made(Call call, Session session) {
        return new Made<>(
                session.providerKeys().insert(call.read(fields -> of(fields, fields.required("providerId"), call))),
                null);
    }

    /** A new key of fields that hold {@code name}, {@code description} and {@code value}; not kept yet. */
    ProviderKey of(Fields fields, String providerId, Call call) {
        String id = ObjectId.PROVIDER_KEY.generate(plane().random());
        return new ProviderKey(
                id,
                call.accountId(),
                providerId,
                fields.required("name"),
                Shapes.textOrEmpty(fields, "description"),
                value(fields.required("value"), id, call),
                Stamp.first(plane().clock().instant()));
    }

    /** A reference could name any secret of the machine, and a provider of one's own could hear it: it takes an operator. */
    private ProviderKeyValue value(String text, String id, Call call) {
        if (text.startsWith("{{")) {
            if (!call.caller().isOperator()) {
                throw new ApiException(
                        ApiError.NOT_PERMITTED, "Only operators name secrets of the machine. Send the value itself.");
            }
            return reference(text);
        }
        if (text.isEmpty()
                || text.length() > MAX_VALUE
                || !text.chars().allMatch(c -> c >= ' ' && c < 0x7f)
                || !text.equals(text.strip())) {
            throw new IllegalArgumentException(
                    "value must have 1 to " + MAX_VALUE + " visible ASCII characters, and no space at either end");
        }
        Secret secret = new Secret(text);
        masked.register(secret);
        return new ProviderKeyValue.Kept(
                plane().vault().seal(secret, Owner.providerKey(call.accountId(), id)), Redaction.of(secret));
    }

    /** Refused is what this Serai can never have; what it has not got now is told by the key. */
    private ProviderKeyValue reference(String text) {
        ProviderKeyValue.Reference reference = new ProviderKeyValue.Reference(text);
        try {
            references.check(text);
        } catch (ReferenceException e) {
            if (e.isForGood()) {
                throw new IllegalArgumentException("value: " + e.getMessage(), e);
            }
        }
        return reference;
    }

    @Override
    ProviderKey patched(Fields fields, ProviderKey before) {
        return new ProviderKey(
                before.id(),
                before.accountId(),
                before.providerId(),
                fields.required("name"),
                Shapes.textOrEmpty(fields, "description"),
                before.value(),
                before.stamp());
    }

    /** Another value under the same id, so that whatever names the key goes on with it. */
    private Reply rotate(Call call) {
        return update(
                call,
                (session, before) -> new ProviderKey(
                        before.id(),
                        before.accountId(),
                        before.providerId(),
                        before.name(),
                        before.description(),
                        call.read(fields -> value(fields.required("value"), before.id(), call)),
                        before.stamp()));
    }
}
