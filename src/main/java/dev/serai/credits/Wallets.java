package dev.serai.credits;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds against balances, in memory: a node leases a part of an account's balance from the books, and holds what requests may need out
 * of that, without asking anybody. What it does not need for a while it gives back; what other nodes want, too. The methods that ask the
 * books ({@link #lease}, {@link #tend}, {@link #begin}, {@link #close}) block and are for one thread; the others are for every thread and never wait.
 */
public final class Wallets {
    private static final Logger LOG = LoggerFactory.getLogger(Wallets.class);

    /** A lease that is not renewed ends; a node that died is known to be dead by then. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration RENEW = Duration.ofSeconds(20);
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** Other nodes get so long to give back what they do not need. */
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    /** Requests of an account that has nothing left are refused without asking the books again for so long. */
    private static final Duration BROKE = Duration.ofMillis(100);

    private final Leases leases;
    private final String node;
    private final Clock clock;
    private final Duration holdFor;
    private volatile Runnable whenAsked = () -> {};

    /** One for each account that was seen: they are small, and there are no more of them than accounts. */
    private final Map<String, Wallet> wallets = new ConcurrentHashMap<>();

    private Instant renewedAt = Instant.MIN;
    private Instant wantedAt;

    /** What becomes of a wish to hold. */
    public sealed interface Answer {}

    /** It is held. */
    public record Granted(Hold hold) implements Answer {}

    /**
     * There is not so much left.
     *
     * @param balanceNanos what the account has, requests under way included
     */
    public record Insufficient(long wantedNanos, long balanceNanos) implements Answer {}

    /** There is nothing to hold. */
    public record Nothing() implements Answer {}

    /** The books are away, and what was leased is spent. */
    public record Unknown() implements Answer {}

    /**
     * Nothing is leased yet.
     *
     * @param node      the name of this node, like no other's
     * @param holdFor   how long a hold is kept that nobody resolves
     */
    public Wallets(Leases leases, String node, Clock clock, Duration holdFor) {
        this.leases = leases;
        this.node = node;
        this.clock = clock;
        this.holdFor = holdFor;
        this.wantedAt = clock.instant();
    }

    /** Who is told that {@link #lease} has something to do, by whoever wants to hold, and must not block; replaces who was told before. */
    public void whenAsked(Runnable listener) {
        whenAsked = listener;
    }

    /** What a process of this name held before is not held any more. */
    public void begin() {
        leases.endLeases(node);
    }

    /**
     * Holds so much of the balance of an account, if that can be told without asking the books.
     *
     * @return null if it cannot: {@link #await} does then
     */
    public @Nullable Answer tryHold(String account, long nanos) {
        Instant now = clock.instant();
        Wallet wallet = wallet(account);
        Hold hold = wallet.tryHold(nanos, now, now.plus(holdFor));
        return hold != null
                ? new Granted(hold)
                : wallet.isBroke(nanos, now) ? new Insufficient(nanos, wallet.balance()) : null;
    }

    /**
     * Holds so much of the balance of an account, once the books were asked.
     *
     * @param then called once, on the thread of {@link #lease}, which it must not hold up
     */
    public void await(String account, long nanos, Consumer<Answer> then) {
        wallet(account).ask(new Wallet.Ask(nanos, clock.instant(), then));
        whenAsked.run();
    }

    /** So much was used, and will be {@linkplain #posted posted}. To be called before the hold is settled. */
    public void owe(String account, long nanos) {
        if (nanos > 0) {
            wallet(account).owe(nanos);
        }
    }

    /** So much of what is owed is in the books now. */
    public void posted(String account, long nanos) {
        if (nanos > 0) {
            wallet(account).posted(nanos);
        }
    }

    /** The books say how an account stands. */
    public void stands(Standing standing) {
        Wallet wallet = wallets.get(standing.accountId());
        if (wallet != null) {
            wallet.stands(standing.leasedNanos(), standing.balanceNanos());
        }
    }

    private Wallet wallet(String account) {
        Wallet known = wallets.get(account);
        return known != null ? known : wallets.computeIfAbsent(account, made -> new Wallet(account, clock.instant()));
    }

    /** Leases what is asked for, and tells whoever asked. */
    public void lease() {
        for (Wallet wallet : wallets.values()) {
            if (wallet.isAsked()) {
                try {
                    long missing = wallet.missing();
                    if (missing > 0) {
                        lease(wallet, missing);
                    }
                    Instant now = clock.instant();
                    Callers.tell(wallet.serve(now.plus(holdFor), now.minus(PATIENCE), now.plus(BROKE)));
                } catch (RuntimeException e) {
                    LOG.atDebug().setCause(e).log("nothing can be leased");
                    Callers.tell(wallet.refuse(new Unknown()));
                }
            }
        }
    }

    private void lease(Wallet wallet, long nanos) {
        Instant now = clock.instant();
        Leases.Lease lease = leases.lease(wallet.accountId(), node, nanos, now, now.plus(LEASE));
        wallet.stands(lease.leasedNanos(), lease.balanceNanos());
    }

    /**
     * Does what is due: renews leases, gives back what nobody needs. To be called a few times a second.
     *
     * @throws RuntimeException of the books, if they are away; what was not done is done the next time
     */
    public void tend() {
        Instant now = clock.instant();
        Instant since = wantedAt;
        if (wallets.values().stream().anyMatch(Wallet::isLeasing)) {
            for (String account : leases.wanted(since)) {
                Wallet wallet = wallets.get(account);
                if (wallet != null) {
                    giveBack(wallet, wallet.spare());
                }
            }
        }
        wantedAt = now;
        boolean renews = renewedAt.plus(RENEW).isBefore(now);
        for (Wallet wallet : wallets.values()) {
            if (wallet.isIdle(now.minus(IDLE))) {
                giveBack(wallet, wallet.spare());
            } else if (renews && wallet.isLeasing()) {
                lease(wallet, 0);
            }
        }
        if (renews) {
            renewedAt = now;
        }
    }

    private void giveBack(Wallet wallet, long nanos) {
        if (nanos > 0) {
            Leases.Lease lease = leases.giveBack(wallet.accountId(), node, nanos);
            wallet.stands(lease.leasedNanos(), lease.balanceNanos());
        }
    }

    /** How these accounts stand, asked anew: after what was waiting for the books is in them. */
    public void renew(Iterable<String> accounts) {
        for (String account : accounts) {
            Wallet wallet = wallets.get(account);
            if (wallet != null) {
                lease(wallet, 0);
            }
        }
    }

    /** Frees what is held for requests of which nobody will hear any more. @return how many */
    public int expire() {
        Instant now = clock.instant();
        int expired = 0;
        for (Wallet wallet : wallets.values()) {
            for (Hold hold : wallet.expired(now)) {
                expired += hold.expire() == Hold.State.OPEN ? 1 : 0;
            }
        }
        return expired;
    }

    /** How many holds are open. */
    public int open() {
        return wallets.values().stream().mapToInt(Wallet::open).sum();
    }

    /** Gives everything back. Nothing is held after that. */
    public void close() {
        leases.endLeases(node);
    }
}
