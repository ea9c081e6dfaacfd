package dev.serai.store;

import dev.serai.credits.Balance;
import dev.serai.credits.Lot;
import dev.serai.credits.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What the books say of an account, within one transaction of the database. */
final class LedgerReading {
    private static final String TRANSACTIONS = "SELECT * FROM ledger_transaction WHERE ";

    private final Handle handle;

    LedgerReading(Handle handle) {
        this.handle = handle;
    }

    Balance balance(String accountId) {
        List<Lot> lots = handle.createQuery("SELECT * FROM credit_lot WHERE account_id = :account AND remaining > 0"
                        + " ORDER BY expires_at, id")
                .bind("account", accountId)
                .map((result, context) -> lot(new Row(result)))
                .list();
        long leased = handle.createQuery(
                        "SELECT COALESCE(SUM(amount), 0) FROM credit_lease WHERE account_id = :account")
                .bind("account", accountId)
                .mapTo(Long.class)
                .one();
        return handle.createQuery("SELECT * FROM credit_account WHERE account_id = :account")
                .bind("account", accountId)
                .map((result, context) -> new Balance(
                        accountId,
                        result.getLong("balance"),
                        result.getLong("overdraft"),
                        leased,
                        result.getLong("granted"),
                        lots))
                .findOne()
                .orElseGet(() -> new Balance(accountId, 0, 0, leased, 0, lots));
    }

    private static Lot lot(Row row) throws SQLException {
        return new Lot(
                row.text("id"),
                row.text("account_id"),
                Lot.Kind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)),
                row.result().getLong("granted"),
                row.result().getLong("remaining"),
                row.instant("expires_at"),
                row.instant("created_at"));
    }

    Optional<Transaction> transaction(String accountId, String id) {
        return handle.createQuery(TRANSACTIONS + "id = :id AND account_id = :account")
                .bind("id", id)
                .bind("account", accountId)
                .map((result, context) -> transaction(result))
                .findOne();
    }

    Optional<Transaction> external(String externalId) {
        return handle.createQuery(TRANSACTIONS + "external_id = :id")
                .bind("id", externalId)
                .map((result, context) -> transaction(result))
                .findOne();
    }

    Page<Transaction> transactions(String accountId, @Nullable Cursor after, int limit) {
        Page.check(limit);
        Query query = handle.createQuery(TRANSACTIONS + "account_id = :account"
                        + (after == null ? "" : " AND (at, id) < (:at, :last)")
                        + " ORDER BY at DESC, id DESC LIMIT :limit")
                .bind("account", accountId)
                .bind("limit", limit + 1);
        if (after != null) {
            query.bind("at", after.createdAtMicros()).bind("last", after.id());
        }
        return Page.of(
                query.map((result, context) -> transaction(result)).list(),
                limit,
                last -> new Cursor(Row.micros(last.at()), last.id()));
    }

    private static Transaction transaction(ResultSet result) throws SQLException {
        Row row = new Row(result);
        return new Transaction(
                row.text("id"),
                row.text("account_id"),
                Transaction.Kind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)),
                row.instant("at"),
                result.getLong("amount"),
                result.getLong("events"),
                row.text("description"),
                row.text("actor"),
                row.optionalText("external_id"),
                row.optionalText("refers_to"));
    }
}
