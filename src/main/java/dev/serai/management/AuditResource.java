package dev.serai.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.control.AuditEntry;
import dev.serai.store.AuditTable;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /api/audit}: what was changed in the account. Operators who name none see what was changed anywhere. */
final class AuditResource implements Resource {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ControlPlane plane;

    AuditResource(ControlPlane plane) {
        this.plane = plane;
    }

    @Override
    public Map<String, Function<Call, Reply>> operations() {
        return Map.of("list-audit-entries", this::list);
    }

    private Reply list(Call call) {
        boolean everywhere = call.caller().isOperator() && !call.query().containsKey(Call.ACCOUNT);
        return plane.store().read(session -> {
            AuditTable audit = session.audit();
            return Lists.reply(
                    call,
                    everywhere
                            ? audit.listAll(Lists.cursor(call), Lists.limit(call))
                            : audit.list(call.accountId(), Lists.cursor(call), Lists.limit(call)),
                    AuditResource::shown);
        });
    }

    private static ObjectNode shown(AuditEntry entry) {
        ObjectNode json = Shapes.object()
                .put("id", entry.id())
                .put("createdAt", entry.at().toString());
        json.putObject("actor")
                .put("kind", entry.actor().kind().name().toLowerCase(Locale.ROOT))
                .put("id", entry.actor().id());
        if (entry.accountId() != null) {
            json.put("accountId", entry.accountId());
        }
        json.put("action", entry.action()).put("objectType", entry.objectType()).put("objectId", entry.objectId());
        put(json, "before", entry.before());
        put(json, "after", entry.after());
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable String document) {
        try {
            if (document != null) {
                json.set(name, JSON.readTree(document));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the audit holds what is no JSON", e);
        }
    }
}
