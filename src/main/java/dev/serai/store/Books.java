package dev.serai.store;

import dev.serai.credits.Lot;
import dev.serai.credits.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The books within one transaction of the database. Opening them takes the next position, which makes all others that write to the books
 * wait until this transaction ends; so that there is nothing left that two transactions could wait for each other for. What is posted is
 * written by {@link #flush}, in few statements however many accounts there are.
 */
final class Books {
    private static final int MOST_IN_A_LIST = 400;

    private final Handle handle;
    private final Instant now;
    private final long position;
    private final Map<String, AccountBook> accounts = new LinkedHashMap<>();
    private final List<Posted> posted = new ArrayList<>();
    private int lots;

    private Books(Handle handle, Instant now, long position) {
        this.handle = handle;
        this.now = now;
        this.position = position;
    }

    /**
     * What is written of a transaction, beside its entries.
     *
     * @param oldest of the events, in microseconds
     */
    record Note(
            Transaction.Kind kind,
            long events,
            @Nullable Long oldest,
            String description,
            String actor,
            @Nullable String externalId,
            @Nullable String refersTo,
            @Nullable String eventId) {
        static Note of(Transaction.Kind kind, String description, String actor) {
            return new Note(kind, 0, null, description, actor, null, null, null);
        }
    }

    private record Posted(Transaction transaction, Note note, List<AccountBook.Entry> entries) {}

    static Books open(Handle handle, Instant now) {
        long micros = Row.micros(now);
        String count = "UPDATE ledger_position SET position = position + 1, updated_at = :now WHERE id = 1";
        while (handle.createUpdate(count).bind("now", micros).execute() == 0) {
            handle.createUpdate("INSERT INTO ledger_position (id, position, updated_at) VALUES (1, 0, :now)"
                            + " ON CONFLICT (id) DO NOTHING")
                    .bind("now", micros)
                    .execute();
        }
        long position = handle.createQuery("SELECT position FROM ledger_position WHERE id = 1")
                .mapTo(Long.class)
                .one();
        return new Books(handle, now, position);
    }

    Instant now() {
        return now;
    }

    long nowMicros() {
        return Row.micros(now);
    }

    long position() {
        return position;
    }

    Handle handle() {
        return handle;
    }

    AccountBook account(String id) {
        load(List.of(id));
        AccountBook account = accounts.get(id);
        if (account == null) {
            throw new IllegalStateException("an account was made and is not there");
        }
        return account;
    }

    /** Reads accounts with the lots that have something left. Those that are seen for the first time are made. */
    void load(Collection<String> ids) {
        List<String> missing =
                ids.stream().distinct().filter(id -> !accounts.containsKey(id)).toList();
        for (int from = 0; from < missing.size(); from += MOST_IN_A_LIST) {
            List<String> some = missing.subList(from, Math.min(missing.size(), from + MOST_IN_A_LIST));
            make(some);
            in("SELECT * FROM credit_account WHERE account_id IN (<ids>)", some)
                    .map((result, context) -> new AccountBook(
                            result.getString("account_id"),
                            result.getLong("balance"),
                            result.getLong("overdraft"),
                            result.getLong("granted")))
                    .forEach(account -> accounts.put(account.id, account));
            in("SELECT * FROM credit_lot WHERE account_id IN (<ids>) AND remaining > 0", some)
                    .map((result, context) -> Map.entry(
                            result.getString("account_id"),
                            new AccountBook.OpenLot(
                                    result.getString("id"),
                                    result.getLong("granted"),
                                    result.getLong("remaining"),
                                    result.getLong("expires_at"))))
                    .forEach(lot -> account(lot.getKey()).lots.add(lot.getValue()));
            some.forEach(id -> account(id).lots.sort(AccountBook.ORDER));
        }
    }

    private Query in(String sql, List<String> ids) {
        return handle.createQuery(sql).bindList("ids", ids);
    }

    private void make(List<String> ids) {
        PreparedBatch batch = handle.prepareBatch("INSERT INTO credit_account (account_id, balance, overdraft, granted,"
                + " wanted_at, created_at, updated_at) VALUES (:id, 0, 0, 0, NULL, :now, :now)"
                + " ON CONFLICT (account_id) DO NOTHING");
        ids.stream()
                .sorted()
                .forEach(id -> batch.bind("id", id).bind("now", nowMicros()).add());
        batch.execute();
    }

    /** An id that sorts behind all that were given before. */
    private String id(String prefix, int n) {
        return String.format(Locale.ROOT, "%s_%012d_%04d", prefix, position, n);
    }

    /** Makes a lot, which an account must be given. */
    AccountBook.OpenLot lot(AccountBook account, Lot.Kind kind, long amount, Instant expiresAt) {
        AccountBook.OpenLot lot = new AccountBook.OpenLot(id("lot", ++lots), amount, amount, Row.micros(expiresAt));
        handle.createUpdate("INSERT INTO credit_lot (id, account_id, kind, granted, remaining, expires_at, expired_at,"
                        + " created_at) VALUES (:id, :account, :kind, :amount, :amount, :expires, NULL, :now)")
                .bind("id", lot.id)
                .bind("account", account.id)
                .bind("kind", lower(kind))
                .bind("amount", amount)
                .bind("expires", lot.expiresAt)
                .bind("now", nowMicros())
                .execute();
        return lot;
    }

    /**
     * Takes what is left of lots that have expired out of the books.
     *
     * @param accountId of which account; null for all
     * @return how many lots there were, {@code most} at most
     */
    int expire(@Nullable String accountId, int most) {
        Map<String, List<AccountBook.OpenLot>> expired = new LinkedHashMap<>();
        handle.createQuery("SELECT * FROM credit_lot WHERE expired_at IS NULL AND expires_at <= :now"
                        + (accountId == null ? "" : " AND account_id = :account")
                        + " ORDER BY expires_at, id LIMIT :most")
                .bind("now", nowMicros())
                .bind("account", accountId)
                .bind("most", most)
                .map((result, context) -> Map.entry(
                        result.getString("account_id"),
                        new AccountBook.OpenLot(
                                result.getString("id"),
                                result.getLong("granted"),
                                result.getLong("remaining"),
                                result.getLong("expires_at"))))
                .forEach(lot -> expired.computeIfAbsent(lot.getKey(), id -> new ArrayList<>())
                        .add(lot.getValue()));
        load(expired.keySet());
        expired.forEach((id, some) -> {
            AccountBook account = account(id);
            List<AccountBook.Entry> entries = new ArrayList<>();
            some.forEach(lot -> entries.addAll(account.expire(account.known(lot))));
            if (!entries.isEmpty()) {
                post(account, Note.of(Transaction.Kind.EXPIRY, "", "system:expiry"), entries);
            }
        });
        return expired.values().stream().mapToInt(List::size).sum();
    }

    /** Notes a transaction: what is in the account's own books changes its balance. */
    Transaction post(AccountBook account, Note note, List<AccountBook.Entry> entries) {
        long sum = 0;
        long amount = 0;
        for (AccountBook.Entry entry : entries) {
            sum = Math.addExact(sum, entry.amount());
            if (entry.lotId() != null || entry.book().startsWith("overdraft:")) {
                amount = Math.addExact(amount, entry.amount());
            }
        }
        if (sum != 0) {
            throw new IllegalStateException("the entries of a " + note.kind() + " sum to " + sum);
        }
        Transaction transaction = new Transaction(
                id("txn", posted.size() + 1),
                account.id,
                note.kind(),
                now,
                amount,
                note.events(),
                note.description(),
                note.actor(),
                note.externalId(),
                note.refersTo());
        posted.add(new Posted(transaction, note, entries));
        return transaction;
    }

    /** Writes what was posted, and how the accounts and their lots stand now. */
    void flush() {
        if (posted.isEmpty() && accounts.isEmpty()) {
            return;
        }
        PreparedBatch transactions =
                handle.prepareBatch("INSERT INTO ledger_transaction (id, position, account_id, kind,"
                        + " at, amount, events, oldest, description, actor, external_id, refers_to, event_id) VALUES (:id,"
                        + " :position, :account, :kind, :at, :amount, :events, :oldest, :description, :actor, :external,"
                        + " :refers, :event)");
        PreparedBatch entries = handle.prepareBatch("INSERT INTO ledger_entry (transaction_id, n, book, lot_id, amount)"
                + " VALUES (:transaction, :n, :book, :lot, :amount)");
        for (Posted one : posted) {
            add(transactions, one);
            int n = 0;
            for (AccountBook.Entry entry : one.entries) {
                entries.bind("transaction", one.transaction.id())
                        .bind("n", n++)
                        .bind("book", entry.book())
                        .bind("lot", entry.lotId())
                        .bind("amount", entry.amount())
                        .add();
            }
        }
        execute(transactions);
        execute(entries);
        writeLots();
        writeAccounts();
    }

    private void add(PreparedBatch transactions, Posted one) {
        transactions
                .bind("id", one.transaction.id())
                .bind("position", position)
                .bind("account", one.transaction.accountId())
                .bind("kind", lower(one.note.kind()))
                .bind("at", nowMicros())
                .bind("amount", one.transaction.nanos())
                .bind("events", one.note.events())
                .bind("oldest", one.note.oldest())
                .bind("description", one.note.description())
                .bind("actor", one.note.actor())
                .bind("external", one.note.externalId())
                .bind("refers", one.note.refersTo())
                .bind("event", one.note.eventId())
                .add();
    }

    private void writeLots() {
        PreparedBatch batch = handle.prepareBatch(
                "UPDATE credit_lot SET remaining = :remaining, expired_at = :expired WHERE id = :id");
        for (AccountBook account : accounts.values()) {
            for (AccountBook.OpenLot lot : account.lots) {
                if (lot.isChanged) {
                    batch.bind("remaining", lot.remaining)
                            .bind("expired", lot.isExpired ? (Long) nowMicros() : null)
                            .bind("id", lot.id)
                            .add();
                }
            }
        }
        execute(batch);
    }

    private void writeAccounts() {
        PreparedBatch batch =
                handle.prepareBatch("UPDATE credit_account SET balance = :balance, overdraft = :overdraft,"
                        + " granted = :granted, updated_at = :now WHERE account_id = :id");
        for (AccountBook account : accounts.values()) {
            batch.bind("balance", account.balance)
                    .bind("overdraft", account.overdraft)
                    .bind("granted", account.granted)
                    .bind("now", nowMicros())
                    .bind("id", account.id)
                    .add();
        }
        execute(batch);
    }

    private static void execute(PreparedBatch batch) {
        if (batch.size() > 0) {
            batch.execute();
        } else {
            batch.close();
        }
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
