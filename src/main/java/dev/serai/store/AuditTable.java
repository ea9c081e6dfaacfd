package dev.serai.store;

import dev.serai.control.Actor;
import dev.serai.control.AuditEntry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Who changed what. Entries come with the changes; nothing changes one, and {@link #purge} alone removes any. */
public final class AuditTable {
    private static final int STEP = 10_000;

    private final Handle handle;
    private final @Nullable Journal journal;

    AuditTable(Handle handle, @Nullable Journal journal) {
        this.handle = handle;
        this.journal = journal;
    }

    /** Whether there are entries that are older. */
    public boolean hasOlder(Instant than) {
        return handle.createQuery("SELECT 1 FROM audit WHERE created_at < :than LIMIT 1")
                .bind("than", Row.micros(than))
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /**
     * Removes entries that are older, as many as fit into a change, and writes an entry that says how many.
     *
     * @return whether there may be more
     */
    public boolean purge(Instant before) {
        if (journal == null) {
            throw new IllegalStateException("this session reads; changes are made in Store.change");
        }
        int removed = handle.createUpdate("DELETE FROM audit WHERE id IN"
                        + " (SELECT id FROM audit WHERE created_at < :before ORDER BY created_at LIMIT " + STEP + ")")
                .bind("before", Row.micros(before))
                .execute();
        if (removed > 0) {
            journal.write(
                    "purge",
                    "audit",
                    null,
                    "audit",
                    null,
                    Json.object().put("removed", removed).put("before", before.toString()));
        }
        return removed == STEP;
    }

    /** A page of what was changed in an account, newest first; null: of what belongs to the operator. */
    public Page<AuditEntry> list(@Nullable String accountId, @Nullable Cursor after, int limit) {
        return page(accountId == null ? "account_id IS NULL" : "account_id = :account", accountId, after, limit);
    }

    /** A page of what was changed anywhere, newest first. */
    public Page<AuditEntry> listAll(@Nullable Cursor after, int limit) {
        return page("1 = 1", null, after, limit);
    }

    private Page<AuditEntry> page(String condition, @Nullable String accountId, @Nullable Cursor after, int limit) {
        if (limit < 1 || limit > Page.MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be from 1 to " + Page.MAX_LIMIT);
        }
        Query query = handle.createQuery("SELECT * FROM audit WHERE " + condition
                        + (after == null ? "" : " AND (created_at, id) < (:at, :last)")
                        + " ORDER BY created_at DESC, id DESC LIMIT :limit")
                .bind("account", accountId)
                .bind("limit", limit + 1);
        if (after != null) {
            query.bind("at", after.createdAtMicros()).bind("last", after.id());
        }
        List<AuditEntry> found = query.map((result, context) -> {
                    Row row = new Row(result);
                    return new AuditEntry(
                            row.text("id"),
                            row.instant("created_at"),
                            new Actor(
                                    Actor.Kind.valueOf(row.text("actor_kind").toUpperCase(Locale.ROOT)),
                                    row.text("actor_id")),
                            row.optionalText("account_id"),
                            row.text("action"),
                            row.text("object_type"),
                            row.text("object_id"),
                            row.optionalText("before_document"),
                            row.optionalText("after_document"));
                })
                .list();
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        AuditEntry last = found.get(limit - 1);
        return new Page<>(found.subList(0, limit), new Cursor(Row.micros(last.at()), last.id()));
    }
}
