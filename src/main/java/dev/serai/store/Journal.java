package dev.serai.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.control.Actor;
import dev.serai.control.ObjectId;
import dev.serai.control.Stored;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes down who changed what, in the transaction of the change, under one time. */
final class Journal {
    private final Handle handle;
    private final Actor actor;
    private final Instant now;
    private final SecureRandom random;

    Journal(Handle handle, Actor actor, Instant now, SecureRandom random) {
        this.handle = handle;
        this.actor = actor;
        this.now = now;
        this.random = random;
    }

    Instant now() {
        return now;
    }

    void write(String action, String type, Stored object, @Nullable ObjectNode before, @Nullable ObjectNode after) {
        write(action, type, object.accountId(), object.id(), before, after);
    }

    void write(
            String action,
            String type,
            @Nullable String accountId,
            String id,
            @Nullable ObjectNode before,
            @Nullable ObjectNode after) {
        handle.createUpdate("INSERT INTO audit (id, created_at, actor_kind, actor_id, account_id, action, object_type,"
                        + " object_id, before_document, after_document) VALUES (:id, :at, :kind, :actor, :account, :action,"
                        + " :type, :object, :before, :after)")
                .bind("id", ObjectId.AUDIT_ENTRY.generate(random))
                .bind("at", Row.micros(now))
                .bind("kind", actor.kind().name().toLowerCase(Locale.ROOT))
                .bind("actor", actor.id())
                .bind("account", accountId)
                .bind("action", action)
                .bind("type", type)
                .bind("object", id)
                .bind("before", before == null ? null : before.toString())
                .bind("after", after == null ? null : after.toString())
                .execute();
    }
}
