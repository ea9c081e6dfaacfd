package dev.serai.credits;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What this node may spend of the balance of one account: what it leased, without what it holds for requests under way and without what was
 * used and is not yet in the books. Thread-safe; calls nobody while it is locked.
 */
final class Wallet {
    private final String accountId;
    private final Set<Hold> holds = new LinkedHashSet<>();
    private final Deque<Ask> asks = new ArrayDeque<>();
    private long leased;
    private long held;
    private long owed;
    private long balance;
    private Instant usedAt;
    private Instant brokeUntil = Instant.MIN;

    /** The least of what was refused lately. */
    private long tooMuch;

    /** Somebody who waits for more to be leased. */
    record Ask(long nanos, Instant since, Consumer<Wallets.Answer> then) {}

    Wallet(String accountId, Instant now) {
        this.accountId = accountId;
        this.usedAt = now;
    }

    String accountId() {
        return accountId;
    }

    /** Null if there is not so much at hand, or others wait for more already. */
    synchronized @Nullable Hold tryHold(long nanos, Instant now, Instant expires) {
        usedAt = now;
        return asks.isEmpty() && nanos <= available() ? open(nanos, expires) : null;
    }

    private Hold open(long nanos, Instant expires) {
        Hold hold = new Hold(this, nanos, expires);
        held += nanos;
        holds.add(hold);
        return hold;
    }

    /** What can be held now; below zero if more was used than was held. */
    synchronized long available() {
        return leased - held - owed;
    }

    synchronized void resolved(Hold hold) {
        if (holds.remove(hold)) {
            held -= hold.nanos();
        }
    }

    /** So much was used, and is on its way to the books. */
    synchronized void owe(long nanos) {
        owed += nanos;
    }

    /** So much of what was owed is in the books. */
    synchronized void posted(long nanos) {
        owed -= nanos;
    }

    /** The books say so. */
    synchronized void stands(long leasedNanos, long balanceNanos) {
        leased = leasedNanos;
        balance = balanceNanos;
    }

    synchronized long balance() {
        return balance;
    }

    /** Whether it is known already that there is not so much. */
    synchronized boolean isBroke(long nanos, Instant now) {
        return now.isBefore(brokeUntil) && asks.isEmpty() && nanos >= tooMuch && nanos > available();
    }

    synchronized void ask(Ask ask) {
        asks.add(ask);
    }

    synchronized boolean isAsked() {
        return !asks.isEmpty();
    }

    /** How much is missing for everybody who waits. */
    synchronized long missing() {
        long wanted = asks.stream().mapToLong(Ask::nanos).sum();
        return Math.max(0, wanted - available());
    }

    /** What this node has, and could give back. */
    synchronized long spare() {
        return asks.isEmpty() ? Math.max(0, available()) : 0;
    }

    synchronized boolean isLeasing() {
        return leased > 0;
    }

    /**
     * Lets in whoever can be, the one that waits longest first.
     *
     * @param expires   of the holds
     * @param patience  who has waited since before this is refused, if all that others have leased is wanted for them
     * @param brokeUntil who asks before this need not wait if the last one was refused
     * @return who is to be told of it, outside of any lock
     */
    synchronized List<Runnable> serve(Instant expires, Instant patience, Instant brokeFor) {
        List<Runnable> told = new ArrayList<>();
        boolean isBroke = false;
        while (!asks.isEmpty()) {
            Ask ask = asks.element();
            long elsewhere = Math.max(0, balance - leased);
            if (ask.nanos() <= available()) {
                Hold hold = open(ask.nanos(), expires);
                told.add(() -> ask.then().accept(new Wallets.Granted(hold)));
            } else if (ask.nanos() > available() + elsewhere || ask.since().isBefore(patience)) {
                Wallets.Insufficient answer = new Wallets.Insufficient(ask.nanos(), balance);
                told.add(() -> ask.then().accept(answer));
                tooMuch = isBroke ? Math.min(tooMuch, ask.nanos()) : ask.nanos();
                brokeUntil = brokeFor;
                isBroke = true;
            } else {
                return told; // other nodes are asked to give something back
            }
            asks.remove();
        }
        return told;
    }

    /** Nobody can say how much there is. @return who is to be told of it, outside of any lock */
    synchronized List<Runnable> refuse(Wallets.Answer answer) {
        List<Runnable> told = new ArrayList<>();
        for (Ask ask : asks) {
            told.add(() -> ask.then().accept(answer));
        }
        asks.clear();
        return told;
    }

    synchronized List<Hold> expired(Instant now) {
        return holds.stream().filter(hold -> hold.expires().isBefore(now)).toList();
    }

    synchronized int open() {
        return holds.size();
    }

    /** Whether nobody has needed it since. */
    synchronized boolean isIdle(Instant since) {
        return holds.isEmpty() && asks.isEmpty() && owed == 0 && usedAt.isBefore(since);
    }
}
