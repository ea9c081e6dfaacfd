package dev.serai.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.control.Stamp;
import dev.serai.control.Stored;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one kind. Every method but {@link #all} is told the account, and an object of another account is as absent as one
 * that never was. What is changed here is written to the audit in the same transaction. Values reach the database as parameters only.
 */
public abstract class ObjectTable<T extends Stored> {
    /** Whose objects are meant. */
    private static final String ACCOUNT = "in_account";

    private final Handle handle;
    private final @Nullable Journal journal;
    private final Form form;

    /** What the kinds differ in: how they are called, where they lie, and the columns of their id and their account. */
    record Form(String type, String table, String idColumn, String accountColumn) {
        Form(String type, String table) {
            this(type, table, "id", "account_id");
        }
    }

    ObjectTable(Handle handle, @Nullable Journal journal, Form form) {
        this.handle = handle;
        this.journal = journal;
        this.form = form;
    }

    abstract T read(Row row) throws SQLException;

    /** What is written at every change, by column; neither the id nor the account nor the stamp. */
    abstract Map<String, @Nullable Object> values(T object);

    /** The object as the audit shows it: without secrets, and without what is made of them. */
    abstract ObjectNode shown(T object);

    /** The same object with another stamp. */
    abstract T stamped(T object, Stamp stamp);

    /** Refuses what the database would refuse, with better words; the changes of others wait meanwhile. */
    void beforeWrite(T object, @Nullable T before) {}

    /** Writes what depends on the object. */
    void afterWrite(T object) {}

    /** What needs the object, at most 100. */
    List<Refusal.Referrer> referrers(T object) {
        return List.of();
    }

    final Handle handle() {
        return handle;
    }

    final Form form() {
        return form;
    }

    /** The object, unless there is none in this account. */
    public Optional<T> find(@Nullable String accountId, String id) {
        return query("SELECT * FROM " + form.table + " WHERE " + form.idColumn + " = :id AND " + inAccount(accountId))
                .bind("id", id)
                .bind(ACCOUNT, accountId)
                .map((result, context) -> read(new Row(result)))
                .findOne();
    }

    /**
     * A page of the account's objects, newest first.
     *
     * @param after where the page before ended; null for the first
     * @param limit from 1 to {@link Page#MAX_LIMIT}
     */
    public Page<T> list(@Nullable String accountId, @Nullable Cursor after, int limit) {
        return page(inAccount(accountId), accountId, after, limit);
    }

    final Page<T> page(String condition, @Nullable String accountId, @Nullable Cursor after, int limit) {
        if (limit < 1 || limit > Page.MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be from 1 to " + Page.MAX_LIMIT);
        }
        String beyond = after == null ? "" : " AND (created_at, " + form.idColumn + ") < (:at, :last)";
        Query query = query("SELECT * FROM " + form.table + " WHERE " + condition + beyond
                        + " ORDER BY created_at DESC, " + form.idColumn + " DESC LIMIT :limit")
                .bind(ACCOUNT, accountId)
                .bind("limit", limit + 1);
        if (after != null) {
            query.bind("at", after.createdAtMicros()).bind("last", after.id());
        }
        List<T> found = query.map((result, context) -> read(new Row(result))).list();
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        T last = found.get(limit - 1);
        return new Page<>(
                found.subList(0, limit), new Cursor(Row.micros(last.stamp().createdAt()), last.id()));
    }

    /** Every object of every account, oldest first: for the snapshot that requests are served from. */
    public List<T> all() {
        return query("SELECT * FROM " + form.table + " ORDER BY created_at, " + form.idColumn)
                .map((result, context) -> read(new Row(result)))
                .list();
    }

    /**
     * Keeps a new object. Its stamp is set to now.
     *
     * @return the object as it is kept
     * @throws ChangeRefusedException {@link Refusal.Duplicate} or {@link Refusal.Dangling}
     */
    public T insert(T object) {
        Journal changes = changes();
        T stamped = stamped(object, Stamp.first(changes.now()));
        beforeWrite(stamped, null);
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put(form.idColumn, stamped.id());
        columns.put(form.accountColumn, stamped.accountId());
        columns.putAll(values(stamped));
        columns.put("created_at", Row.micros(stamped.stamp().createdAt()));
        columns.put("updated_at", Row.micros(stamped.stamp().updatedAt()));
        columns.put("version", stamped.stamp().version());
        String names = String.join(", ", columns.keySet());
        String values = columns.keySet().stream().map(name -> ":" + name).collect(Collectors.joining(", "));
        bound(handle.createUpdate("INSERT INTO " + form.table + " (" + names + ") VALUES (" + values + ")"), columns)
                .execute();
        afterWrite(stamped);
        changes.write("create", form.type, stamped, null, shown(stamped));
        return stamped;
    }

    /**
     * Changes an object, provided that nobody did since its version was read: the version of its stamp.
     *
     * @return the object as it is kept
     * @throws ChangeRefusedException {@link Refusal.Absent}, {@link Refusal.LostUpdate}, {@link Refusal.Fixed} or
     *     {@link Refusal.Dangling}
     */
    public T update(T object) {
        Journal changes = changes();
        T before = find(object.accountId(), object.id())
                .orElseThrow(() -> new ChangeRefusedException(new Refusal.Absent(form.type, object.id())));
        if (before.stamp().version() != object.stamp().version()) {
            throw new ChangeRefusedException(new Refusal.LostUpdate(
                    form.type, object.id(), before.stamp().version()));
        }
        T after = stamped(object, before.stamp().next(changes.now()));
        beforeWrite(after, before);
        Map<String, @Nullable Object> columns = new LinkedHashMap<>(values(after));
        columns.put("updated_at", Row.micros(after.stamp().updatedAt()));
        columns.put("version", after.stamp().version());
        String set = columns.keySet().stream().map(name -> name + " = :" + name).collect(Collectors.joining(", "));
        int changed = bound(
                        handle.createUpdate("UPDATE " + form.table + " SET " + set + " WHERE " + form.idColumn
                                + " = :of_id AND " + inAccount(after.accountId()) + " AND version = :of_version"),
                        columns)
                .bind("of_id", after.id())
                .bind(ACCOUNT, after.accountId())
                .bind("of_version", before.stamp().version())
                .execute();
        if (changed != 1) {
            throw new StoreException("a change slipped in between: changes did not wait for each other");
        }
        afterWrite(after);
        changes.write("update", form.type, after, shown(before), shown(after));
        return after;
    }

    /**
     * Deletes an object.
     *
     * @param version the one that was read; null for any
     * @throws ChangeRefusedException {@link Refusal.Absent}, {@link Refusal.LostUpdate} or {@link Refusal.Referenced}
     */
    public void delete(@Nullable String accountId, String id, @Nullable Long version) {
        Journal changes = changes();
        T object = find(accountId, id).orElseThrow(() -> new ChangeRefusedException(new Refusal.Absent(form.type, id)));
        if (version != null && version != object.stamp().version()) {
            throw new ChangeRefusedException(
                    new Refusal.LostUpdate(form.type, id, object.stamp().version()));
        }
        List<Refusal.Referrer> referrers = referrers(object);
        if (!referrers.isEmpty()) {
            throw new ChangeRefusedException(new Refusal.Referenced(form.type, id, referrers));
        }
        handle.createUpdate(
                        "DELETE FROM " + form.table + " WHERE " + form.idColumn + " = :id AND " + inAccount(accountId))
                .bind("id", id)
                .bind(ACCOUNT, accountId)
                .execute();
        changes.write("delete", form.type, object, shown(object), null);
    }

    /** Refuses what names something that is not there. */
    final void requireAll(String field, String table, String column, String accountId, Iterable<String> ids) {
        List<String> missing = new ArrayList<>();
        for (String id : ids) {
            boolean isThere = query("SELECT 1 FROM " + table + " WHERE account_id = :account AND " + column + " = :id")
                    .bind("account", accountId)
                    .bind("id", id)
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent();
            if (!isThere) {
                missing.add(id);
            }
        }
        if (!missing.isEmpty()) {
            throw new ChangeRefusedException(new Refusal.Dangling(form.type, field, missing));
        }
    }

    /** Refuses an account that is not there. */
    final void requireAccount(String accountId) {
        if (query("SELECT 1 FROM account WHERE id = :id")
                .bind("id", accountId)
                .mapTo(Integer.class)
                .findOne()
                .isEmpty()) {
            throw new ChangeRefusedException(new Refusal.Dangling(form.type, "accountId", List.of(accountId)));
        }
    }

    final void requireSame(String field, Object before, Object after) {
        if (!before.equals(after)) {
            throw new ChangeRefusedException(new Refusal.Fixed(form.type, field));
        }
    }

    /** Objects as referrers: a statement that selects id and name, with the parameters account and id. */
    final List<Refusal.Referrer> referrers(String type, String sql, String accountId, String id) {
        return query(sql + " LIMIT 100")
                .bind("account", accountId)
                .bind("id", id)
                .map((result, context) -> new Refusal.Referrer(type, result.getString("id"), result.getString("name")))
                .list();
    }

    final Query query(String sql) {
        return handle.createQuery(sql);
    }

    private String inAccount(@Nullable String accountId) {
        return form.accountColumn + (accountId == null ? " IS NULL" : " = :" + ACCOUNT);
    }

    private static <S extends SqlStatement<S>> S bound(S statement, Map<String, @Nullable Object> columns) {
        columns.forEach(statement::bind);
        return statement;
    }

    final Journal changes() {
        if (journal == null) {
            throw new IllegalStateException("this session reads; changes are made in Store.change");
        }
        return journal;
    }
}
