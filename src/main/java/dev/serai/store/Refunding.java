package dev.serai.store;

import dev.serai.credits.Lot;
import dev.serai.credits.Transaction;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One refund, within one transaction of the database. Nothing is refunded beyond what it was. */
final class Refunding {
    private static final String BOOK = "refunds";

    private final Books books;
    private final Handle handle;
    private final Ledger.Refund refund;
    private final String actor;

    Refunding(Books books, Ledger.Refund refund, String actor) {
        this.books = books;
        this.handle = books.handle();
        this.refund = refund;
        this.actor = actor;
    }

    Transaction post() {
        Transaction of = refund.transactionId() != null ? named(refund.transactionId()) : charged();
        long most = isRefundable(of.kind()) ? Math.abs(of.nanos()) - refunded(of.id(), null) : 0;
        if (refund.nanos() > most) {
            throw new ChangeRefusedException(new Refusal.TooMuch("transaction", of.id(), most));
        }
        AccountBook account = books.account(refund.accountId());
        Books.Note note = new Books.Note(
                Transaction.Kind.REFUND,
                0,
                null,
                refund.reason(),
                actor,
                refund.externalId(),
                of.id(),
                refund.eventId());
        if (of.kind() == Transaction.Kind.CHARGE) {
            return new LotPosting(books, account)
                    .add(books.lot(account, Lot.Kind.REFUND, refund.nanos(), refund.expiresAt()), note, BOOK);
        }
        List<AccountBook.Entry> entries = account.takeFrom(lot(account, of.id()), refund.nanos());
        entries.add(AccountBook.Entry.of(BOOK, refund.nanos()));
        return books.post(account, note, entries);
    }

    private static boolean isRefundable(Transaction.Kind kind) {
        return kind == Transaction.Kind.CHARGE
                || kind == Transaction.Kind.PURCHASE
                || kind == Transaction.Kind.PROMOTIONAL;
    }

    private Transaction named(String id) {
        return new LedgerReading(handle)
                .transaction(refund.accountId(), id)
                .orElseThrow(() -> new ChangeRefusedException(new Refusal.Absent("transaction", id)));
    }

    /** The transaction that charged the event, which must not have been refunded so far that less is left of it. */
    private Transaction charged() {
        String event = String.valueOf(refund.eventId());
        record Charged(@Nullable String transaction, long charge) {}
        Charged charged = handle.createQuery("SELECT t.id, e.charge FROM usage_event e LEFT JOIN ledger_transaction t"
                        + " ON t.position = e.settlement AND t.account_id = e.account_id AND t.kind = 'charge'"
                        + " WHERE e.id = :event AND e.account_id = :account")
                .bind("event", event)
                .bind("account", refund.accountId())
                .map((result, context) -> new Charged(result.getString("id"), result.getLong("charge")))
                .findOne()
                .orElseThrow(() -> new ChangeRefusedException(new Refusal.Absent("event", event)));
        long most = charged.transaction == null ? 0 : charged.charge - refunded(charged.transaction, event);
        if (charged.transaction == null || refund.nanos() > most) {
            throw new ChangeRefusedException(new Refusal.TooMuch("event", event, most));
        }
        return named(charged.transaction);
    }

    /** @param eventId of the transaction; null for all of it */
    private long refunded(String transactionId, @Nullable String eventId) {
        return handle.createQuery("SELECT COALESCE(SUM(ABS(amount)), 0) FROM ledger_transaction WHERE kind = 'refund'"
                        + " AND refers_to = :id" + (eventId == null ? "" : " AND event_id = :event"))
                .bind("id", transactionId)
                .bind("event", eventId)
                .mapTo(Long.class)
                .one();
    }

    /** The lot of a grant, with nothing left in it if it is spent or has expired. */
    private AccountBook.OpenLot lot(AccountBook account, String transactionId) {
        return handle.createQuery("SELECT l.id, l.granted, l.remaining, l.expires_at FROM credit_lot l"
                        + " JOIN ledger_entry e ON e.lot_id = l.id WHERE e.transaction_id = :id")
                .bind("id", transactionId)
                .map((result, context) -> account.known(new AccountBook.OpenLot(
                        result.getString("id"),
                        result.getLong("granted"),
                        result.getLong("remaining"),
                        result.getLong("expires_at"))))
                .one();
    }
}
