package dev.serai.store;

import dev.serai.credits.Leases;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** What nodes have leased of one account, within one transaction of the database. */
final class LeaseBook {
    /** So that the next requests need not ask: a part of what there is. */
    private static final int PART = 4;

    private final Books books;
    private final Handle handle;
    private final String account;
    private final String node;

    LeaseBook(Books books, String account, String node) {
        this.books = books;
        this.handle = books.handle();
        this.account = account;
        this.node = node;
    }

    /** {@link Leases#lease}. What the node has leased already is cut where the balance has fallen below it. */
    Leases.Lease lease(long wanted, Instant now, Instant until) {
        handle.createUpdate(
                        "DELETE FROM credit_lease WHERE account_id = :account AND node <> :node AND expires_at <= :now")
                .bind("account", account)
                .bind("node", node)
                .bind("now", Row.micros(now))
                .execute();
        long balance = Math.max(0, books.account(account).balance);
        long free = Math.max(0, balance - leasedByOthers());
        long own = Math.min(own(), free);
        long available = free - own;
        long given = wanted == 0 ? 0 : Math.min(available, Math.max(wanted, available / PART));
        if (given < wanted) {
            handle.createUpdate("UPDATE credit_account SET wanted_at = :now WHERE account_id = :account")
                    .bind("now", Row.micros(now))
                    .bind("account", account)
                    .execute();
        }
        keep(own + given, until);
        return lease(own + given);
    }

    Leases.Lease giveBack(long nanos) {
        long left = Math.max(0, own() - nanos);
        handle.createUpdate("UPDATE credit_lease SET amount = :left WHERE account_id = :account AND node = :node")
                .bind("left", left)
                .bind("account", account)
                .bind("node", node)
                .execute();
        return lease(left);
    }

    private Leases.Lease lease(long leased) {
        return new Leases.Lease(account, leased, books.account(account).balance);
    }

    private void keep(long amount, Instant until) {
        handle.createUpdate("INSERT INTO credit_lease (account_id, node, amount, expires_at) VALUES (:account, :node,"
                        + " :amount, :until) ON CONFLICT (account_id, node) DO UPDATE SET amount = excluded.amount,"
                        + " expires_at = excluded.expires_at")
                .bind("account", account)
                .bind("node", node)
                .bind("amount", amount)
                .bind("until", Row.micros(until))
                .execute();
    }

    private long own() {
        return sum("node = :node");
    }

    private long leasedByOthers() {
        return sum("node <> :node");
    }

    private long sum(String whose) {
        return handle.createQuery(
                        "SELECT COALESCE(SUM(amount), 0) FROM credit_lease WHERE account_id = :account AND " + whose)
                .bind("account", account)
                .bind("node", node)
                .mapTo(Long.class)
                .one();
    }
}
