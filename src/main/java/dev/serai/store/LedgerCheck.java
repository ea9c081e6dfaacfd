package dev.serai.store;

import dev.serai.credits.Dollars;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Computes from the entries and the events whatever else is kept of them, and says what differs. Reads everything, at one moment. */
final class LedgerCheck {
    private static final int MOST_TOLD = 10;

    private final Database database;

    LedgerCheck(Database database) {
        this.database = database;
    }

    /** What is looked for, and a statement that finds what is wrong: what it is in the first column, by how much in the second. */
    private record Question(String subject, String good, String sql) {}

    private static final List<Question> QUESTIONS = List.of(
            new Question(
                    "transactions",
                    "the entries of each sum to zero",
                    "SELECT 'the entries of ' || t.id || ' sum to', COALESCE(SUM(e.amount), 0) FROM ledger_transaction t"
                            + " LEFT JOIN ledger_entry e ON e.transaction_id = t.id GROUP BY t.id"
                            + " HAVING COUNT(e.amount) = 0 OR SUM(e.amount) <> 0"),
            new Question(
                    "books",
                    "all entries sum to zero",
                    "SELECT 'all entries sum to', SUM(amount) FROM ledger_entry HAVING SUM(amount) <> 0"),
            new Question(
                    "amounts",
                    "each transaction changed its account by what it says",
                    "SELECT t.id || ' differs from its entries by', t.amount - COALESCE(SUM(e.amount), 0)"
                            + " FROM ledger_transaction t LEFT JOIN ledger_entry e ON e.transaction_id = t.id"
                            + " AND (e.lot_id IS NOT NULL OR e.book = 'overdraft:' || t.account_id)"
                            + " GROUP BY t.id, t.amount HAVING t.amount <> COALESCE(SUM(e.amount), 0)"),
            new Question(
                    "lots",
                    "each is worth its entries, and none is below zero",
                    "SELECT l.id || ' of ' || l.account_id || ' differs from its entries by', l.remaining - COALESCE(e.s, 0)"
                            + " FROM credit_lot l LEFT JOIN (SELECT lot_id, SUM(amount) AS s FROM ledger_entry"
                            + " WHERE lot_id IS NOT NULL GROUP BY lot_id) e ON e.lot_id = l.id"
                            + " WHERE l.remaining <> COALESCE(e.s, 0) OR l.remaining < 0"),
            new Question(
                    "overdrafts",
                    "each account owes what its entries say",
                    "SELECT a.account_id || ' owes other than its entries by', a.overdraft + COALESCE(e.s, 0)"
                            + " FROM credit_account a LEFT JOIN (SELECT book, SUM(amount) AS s FROM ledger_entry"
                            + " WHERE lot_id IS NULL GROUP BY book) e ON e.book = 'overdraft:' || a.account_id"
                            + " WHERE a.overdraft + COALESCE(e.s, 0) <> 0"),
            new Question(
                    "balances",
                    "each account has what is in its lots, less what it owes",
                    "SELECT a.account_id || ' differs from its lots by', a.balance + a.overdraft - COALESCE(l.s, 0)"
                            + " FROM credit_account a LEFT JOIN (SELECT account_id, SUM(remaining) AS s, SUM(CASE WHEN"
                            + " expired_at IS NULL THEN granted ELSE 0 END) AS g FROM credit_lot GROUP BY account_id) l"
                            + " ON l.account_id = a.account_id WHERE a.balance + a.overdraft <> COALESCE(l.s, 0)"
                            + " OR a.granted <> COALESCE(l.g, 0)"),
            new Question(
                    "charges",
                    "each is the sum of its events, as far as they are kept",
                    "SELECT t.id || ' differs from its events by', -t.amount - COALESCE(e.s, 0) FROM ledger_transaction t"
                            + " LEFT JOIN (SELECT settlement, account_id, SUM(charge) AS s, COUNT(*) AS n FROM usage_event"
                            + " WHERE charge > 0 GROUP BY settlement, account_id) e ON e.settlement = t.position"
                            + " AND e.account_id = t.account_id WHERE t.kind = 'charge' AND (CASE WHEN t.oldest >="
                            + " (SELECT COALESCE(MAX(kept_from), 0) FROM usage_retention) THEN -t.amount <> COALESCE(e.s, 0)"
                            + " OR t.events <> COALESCE(e.n, 0) ELSE -t.amount < COALESCE(e.s, 0)"
                            + " OR t.events < COALESCE(e.n, 0) END)"),
            new Question(
                    "events",
                    "each that costs something was charged",
                    "SELECT e.id || ' was not charged', e.charge FROM usage_event e LEFT JOIN ledger_transaction t"
                            + " ON t.position = e.settlement AND t.account_id = e.account_id AND t.kind = 'charge'"
                            + " WHERE e.charge > 0 AND t.id IS NULL"));

    List<StoreCheck.Finding> run() {
        try {
            return database.isPostgres()
                    ? database.unhurried().inTransaction(TransactionIsolationLevel.REPEATABLE_READ, LedgerCheck::of)
                    : database.unhurried().inTransaction(LedgerCheck::of);
        } catch (JdbiException e) {
            throw Failures.of(e);
        }
    }

    /** The same within a transaction. */
    static List<StoreCheck.Finding> of(Handle handle) {
        List<StoreCheck.Finding> findings = new ArrayList<>();
        for (Question question : QUESTIONS) {
            List<String> problems = handle.createQuery(question.sql + " LIMIT " + (MOST_TOLD + 1))
                    .map((result, context) -> result.getString(1) + " " + Dollars.ofNanos(result.getLong(2)) + " USD")
                    .list();
            findings.add(StoreCheck.finding("credits: " + question.subject, problems, question.good));
        }
        findings.add(StoreCheck.finding(
                "credits: days",
                new UsageDaysCheck(handle).problems(MOST_TOLD + 1),
                "the sums of each day are those of its events, as far as they are kept"));
        return findings;
    }
}
