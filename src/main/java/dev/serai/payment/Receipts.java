package dev.serai.payment;

import dev.serai.control.Actor;
import dev.serai.credits.Dollars;
import dev.serai.credits.Grant;
import dev.serai.credits.Lot;
import dev.serai.credits.Transaction;
import dev.serai.payment.PaymentException.Reason;
import dev.serai.store.ChangeRefusedException;
import dev.serai.store.Ledger;
import dev.serai.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into the books what Stripe tells. Each thing is written once, however often and in whatever order it is told: a purchase by the
 * id of its session, a refund or a dispute by its own. Blocks; thread-safe.
 */
public final class Receipts {
    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);
    private static final Actor STRIPE = new Actor(Actor.Kind.SYSTEM, "stripe");

    private final Supplier<Store> store;
    private final Supplier<Ledger> ledger;
    private final Function<String, List<String>> sessionsOfPayment;
    private final Clock clock;

    public Receipts(Supplier<Store> store, Supplier<Ledger> ledger, StripePayments stripe, Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.sessionsOfPayment = stripe::sessionsOf;
        this.clock = clock;
    }

    /**
     * Does what follows from a notice.
     *
     * @throws PaymentException {@link Reason#CONFLICT} if that cannot be done; {@link Reason#UNAVAILABLE} if Stripe has to be asked, and
     *     cannot. To be told again in either case
     * @throws dev.serai.store.StoreAwayException likewise
     */
    public void take(StripeNotice notice) {
        try {
            if (notice instanceof StripeNotice.Paid paid) {
                grant(paid);
            } else if (notice instanceof StripeNotice.Reversal reversal) {
                reverse(reversal);
            } else if (notice instanceof StripeNotice.Irrelevant other) {
                LOG.atDebug()
                        .addKeyValue("event", other.eventId())
                        .addKeyValue("type", other.type())
                        .log("an event of Stripe's that changes no credits");
            }
        } catch (ChangeRefusedException | IllegalArgumentException e) {
            throw new PaymentException(Reason.CONFLICT, "the books refuse it: " + e.getMessage(), e);
        }
    }

    private void grant(StripeNotice.Paid paid) {
        requireDollars(paid.currency());
        String account = paid.accountId();
        if (store.get()
                .read(session -> session.accounts().find(account, account))
                .isEmpty()) {
            throw new PaymentException(Reason.CONFLICT, "there is no account " + account);
        }
        Ledger.Done done = ledger.get()
                .grant(
                        STRIPE,
                        new Grant(
                                account,
                                Lot.Kind.PURCHASE,
                                nanos(paid.cents()),
                                expiry(),
                                "Bought through Stripe",
                                paid.sessionId()));
        LOG.atInfo()
                .addKeyValue("account", account)
                .addKeyValue("amount", Dollars.ofNanos(done.transaction().nanos()))
                .addKeyValue("session", paid.sessionId())
                .addKeyValue("event", paid.eventId())
                .log(done.isNew() ? "credits were bought" : "a purchase was told again");
    }

    private void reverse(StripeNotice.Reversal reversal) {
        List<String> sessions = sessionsOfPayment.apply(reversal.paymentIntent());
        if (sessions.isEmpty()) {
            LOG.atDebug()
                    .addKeyValue("event", reversal.eventId())
                    .log("a {} of something that is not Serai's", reversal.kind());
            return;
        }
        requireDollars(reversal.currency());
        Ledger books = ledger.get();
        Transaction purchase = sessions.stream()
                .map(books::named)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new PaymentException(
                        Reason.CONFLICT, "the purchase that it undoes is not in the books, or not yet"));
        takeBack(books, purchase, reversal);
        if (reversal.isUndone()) {
            giveBack(books, purchase, reversal);
        }
    }

    /** Also for one that is undone: so it does not matter which of the two is told first. */
    private void takeBack(Ledger books, Transaction purchase, StripeNotice.Reversal reversal) {
        Ledger.Done done = books.refund(
                STRIPE,
                new Ledger.Refund(
                        purchase.accountId(),
                        purchase.id(),
                        null,
                        nanos(reversal.cents()),
                        expiry(),
                        "Stripe: " + reversal.kind() + " of what was bought",
                        reversal.id()));
        told(done, reversal, "credits were taken back");
    }

    private void giveBack(Ledger books, Transaction purchase, StripeNotice.Reversal reversal) {
        Ledger.Done done = books.adjust(
                STRIPE,
                purchase.accountId(),
                nanos(reversal.cents()),
                expiry(),
                "Stripe: " + reversal.kind() + " that did not last",
                reversal.id() + ":undone");
        told(done, reversal, "credits that were taken back were given again");
    }

    private static void told(Ledger.Done done, StripeNotice.Reversal reversal, String what) {
        LOG.atInfo()
                .addKeyValue("account", done.transaction().accountId())
                .addKeyValue("amount", Dollars.ofNanos(done.transaction().nanos()))
                .addKeyValue(reversal.kind(), reversal.id())
                .addKeyValue("event", reversal.eventId())
                .log(done.isNew() ? what : "it was told again that " + what);
    }

    private static void requireDollars(String currency) {
        if (!currency.equals(StripePayments.CURRENCY)) {
            throw new PaymentException(Reason.CONFLICT, "its currency is not " + StripePayments.CURRENCY);
        }
    }

    private static long nanos(long cents) {
        if (cents > Grant.MOST_NANOS / Dollars.NANOS_PER_CENT) {
            throw new IllegalArgumentException("the amount is out of all bounds");
        }
        return cents * Dollars.NANOS_PER_CENT;
    }

    private Instant expiry() {
        return clock.instant().plus(Lot.USUAL_LIFE);
    }
}
