package dev.serai.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.control.Actor;
import dev.serai.credits.Balance;
import dev.serai.credits.Dollars;
import dev.serai.credits.Grant;
import dev.serai.credits.Leases;
import dev.serai.credits.Lot;
import dev.serai.credits.Transaction;
import dev.serai.usage.UsageEvent;
import dev.serai.usage.UsageLog;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The books of all accounts, in a database with a current schema: double entry, append only. Whatever changes them is one transaction, and one
 * after the other, on all nodes; a mistake is corrected by further entries. What people do is also written into the audit. Money is
 * nano-dollars. Blocks; thread-safe. Every method throws {@link StoreAwayException}, within seconds, if the database is away; whether
 * something was done is then known only by looking, or by doing the same again with the same ids.
 */
public final class Ledger implements UsageLog, Leases {
    private static final int LOTS_AT_ONCE = 200;

    private final Database database;
    private final Clock clock;
    private final SecureRandom random;

    public Ledger(Database database, Clock clock, SecureRandom random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
    }

    /** The transaction that was made, or, if what has the same external id was done before, the one that was made then. */
    public record Done(Transaction transaction, boolean isNew) {}

    @Override
    public Posting settle(String node, List<UsageEvent> events) {
        return write(books -> new Settlement(books, node).post(events));
    }

    @Override
    public Lease lease(String account, String node, long wantedNanos, Instant now, Instant until) {
        return write(now, books -> {
            while (books.expire(account, LOTS_AT_ONCE) == LOTS_AT_ONCE) {
                // there may be more
            }
            Lease lease = new LeaseBook(books, account, node).lease(wantedNanos, now, until);
            books.flush();
            return lease;
        });
    }

    @Override
    public Lease giveBack(String account, String node, long nanos) {
        return write(books -> new LeaseBook(books, account, node).giveBack(nanos));
    }

    @Override
    public void endLeases(String node) {
        write(books -> books.handle()
                .createUpdate("DELETE FROM credit_lease WHERE node = :node")
                .bind("node", node)
                .execute());
    }

    @Override
    public List<String> wanted(Instant since) {
        return read(handle -> handle.createQuery(
                        "SELECT account_id FROM credit_account WHERE wanted_at >= :since ORDER BY account_id")
                .bind("since", Row.micros(since))
                .mapTo(String.class)
                .list());
    }

    /**
     * Gives credits, as a lot of their own. What the account owes is paid from it.
     *
     * @throws ChangeRefusedException {@link Refusal.Duplicate}, if something else was done under the same external id
     */
    public Done grant(Actor actor, Grant grant) {
        return write(books -> {
            Optional<Transaction> before = external(books.handle(), grant.externalId());
            Transaction.Kind kind =
                    grant.kind() == Lot.Kind.PURCHASE ? Transaction.Kind.PURCHASE : Transaction.Kind.PROMOTIONAL;
            if (before.isPresent()) {
                return repeated(before.get(), kind, grant.accountId(), grant.nanos());
            }
            AccountBook account = books.account(grant.accountId());
            AccountBook.OpenLot lot = books.lot(account, grant.kind(), grant.nanos(), grant.expiresAt());
            Books.Note note =
                    new Books.Note(kind, 0, null, grant.description(), name(actor), grant.externalId(), null, null);
            Transaction made = new LotPosting(books, account).add(lot, note, "granted-" + Books.lower(kind));
            return done(books, actor, made);
        });
    }

    /**
     * Corrects what an account has. More is a lot of its own; less is taken as a charge is.
     *
     * @param nanos     by how much; below zero to take something away
     * @param expiresAt when that lot expires; of no meaning if something is taken
     * @param externalId what others call it: what has the same one is done once; null if nobody calls it anything
     * @throws ChangeRefusedException {@link Refusal.Duplicate}
     */
    public Done adjust(
            Actor actor, String accountId, long nanos, Instant expiresAt, String reason, @Nullable String externalId) {
        Grant.checkNanos(Math.absExact(nanos));
        Grant.checkText("reason", reason);
        return write(books -> {
            Optional<Transaction> before = external(books.handle(), externalId);
            if (before.isPresent()) {
                return repeated(before.get(), Transaction.Kind.ADJUSTMENT, accountId, Math.abs(nanos));
            }
            AccountBook account = books.account(accountId);
            Books.Note note =
                    new Books.Note(Transaction.Kind.ADJUSTMENT, 0, null, reason, name(actor), externalId, null, null);
            if (nanos > 0) {
                AccountBook.OpenLot lot = books.lot(account, Lot.Kind.ADJUSTMENT, nanos, expiresAt);
                return done(books, actor, new LotPosting(books, account).add(lot, note, "adjustments"));
            }
            List<AccountBook.Entry> entries = account.take(-nanos, books.nowMicros());
            entries.add(AccountBook.Entry.of("adjustments", -nanos));
            return done(books, actor, books.post(account, note, entries));
        });
    }

    /**
     * Undoes a transaction, or a part of it. A charge is given back as a lot of its own. Of a purchase or a promotion, whose money was given
     * back or which was a mistake, what is left is taken from its lot, and the rest is owed.
     *
     * @param refund what, how much and why
     * @throws ChangeRefusedException {@link Refusal.Absent} if there is no such transaction or event in this account, or it is nothing that can
     *     be refunded; {@link Refusal.TooMuch} if it was less, or has been refunded already; {@link Refusal.Duplicate}
     */
    public Done refund(Actor actor, Refund refund) {
        return write(books -> {
            Optional<Transaction> before = external(books.handle(), refund.externalId());
            if (before.isPresent()) {
                return repeated(before.get(), Transaction.Kind.REFUND, refund.accountId(), refund.nanos());
            }
            return done(books, actor, new Refunding(books, refund, name(actor)).post());
        });
    }

    /**
     * What is to be refunded.
     *
     * @param transactionId the transaction; null to name an event
     * @param eventId       a usage event that was charged and is still kept; null to name a transaction
     * @param nanos         how much, more than nothing
     * @param expiresAt     when what is given back expires; of no meaning if something is taken
     * @param externalId    what others call it: what has the same one is done once; null if nobody calls it anything
     */
    public record Refund(
            String accountId,
            @Nullable String transactionId,
            @Nullable String eventId,
            long nanos,
            Instant expiresAt,
            String reason,
            @Nullable String externalId) {
        public Refund {
            if ((transactionId == null) == (eventId == null)) {
                throw new IllegalArgumentException("name a transaction or an event");
            }
            Grant.checkNanos(nanos);
            Grant.checkText("reason", reason);
        }
    }

    /**
     * Takes what is left of lots that have expired out of the books.
     *
     * @return how many lots there were
     */
    public int expireLots(Instant now) {
        int all = 0;
        int some;
        do {
            some = write(now, books -> {
                int expired = books.expire(null, LOTS_AT_ONCE);
                books.flush();
                return expired;
            });
            all += some;
        } while (some == LOTS_AT_ONCE);
        return all;
    }

    /** What an account has. One that nobody has heard of has nothing. */
    public Balance balance(String accountId) {
        return read(handle -> new LedgerReading(handle).balance(accountId));
    }

    /** A page of the transactions of an account, newest first. */
    public Page<Transaction> transactions(String accountId, @Nullable Cursor after, int limit) {
        return read(handle -> new LedgerReading(handle).transactions(accountId, after, limit));
    }

    /** A transaction of an account. */
    public Optional<Transaction> transaction(String accountId, String id) {
        return read(handle -> new LedgerReading(handle).transaction(accountId, id));
    }

    /** The transaction, of whatever account, that others call so. */
    public Optional<Transaction> named(String externalId) {
        return read(handle -> external(handle, externalId));
    }

    private static Optional<Transaction> external(Handle handle, @Nullable String externalId) {
        return externalId == null ? Optional.empty() : new LedgerReading(handle).external(externalId);
    }

    private static Done repeated(Transaction before, Transaction.Kind kind, String accountId, long nanos) {
        if (before.kind() != kind || !before.accountId().equals(accountId) || Math.abs(before.nanos()) != nanos) {
            throw new ChangeRefusedException(
                    new Refusal.Duplicate("transaction", "externalId", String.valueOf(before.externalId())));
        }
        return new Done(before, false);
    }

    private Done done(Books books, Actor actor, Transaction made) {
        books.flush();
        ObjectNode after = Json.object()
                .put("kind", Books.lower(made.kind()))
                .put("amount", Dollars.ofNanos(made.nanos()))
                .put("description", made.description());
        Json.put(after, "externalId", made.externalId());
        Json.put(after, "refersTo", made.refersTo());
        new Journal(books.handle(), actor, books.now(), random)
                .write("create", "credit-transaction", made.accountId(), made.id(), null, after);
        return new Done(made, true);
    }

    private static String name(Actor actor) {
        return actor.kind().name().toLowerCase(Locale.ROOT) + ":" + actor.id();
    }

    private <T> T write(Function<Books, T> work) {
        return write(clock.instant(), work);
    }

    private <T> T write(Instant now, Function<Books, T> work) {
        try {
            return database.writer()
                    .inTransaction(handle -> work.apply(Books.open(handle, now.truncatedTo(ChronoUnit.MICROS))));
        } catch (JdbiException e) {
            throw Failures.of(e);
        }
    }

    private <T> T read(Function<Handle, T> work) {
        try {
            return database.reader().inTransaction(work::apply);
        } catch (JdbiException e) {
            throw Failures.of(e);
        }
    }

    /** Looks whether the books are right, by computing everything again: each thing that is wrong in a sentence, at most ten of a kind. */
    public List<StoreCheck.Finding> verify() {
        return new LedgerCheck(database).run();
    }
}
