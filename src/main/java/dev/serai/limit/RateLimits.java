package dev.serai.limit;

import dev.serai.access.AccessKey;
import dev.serai.access.Allowance;
import dev.serai.limit.Refusal.Limit;
import dev.serai.limit.Refusal.Whose;
import io.github.bucket4j.TimeMeter;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Counts the requests of access keys and accounts that have limits, on this node. Counters are made when they are needed, and forgotten
 * when they say nothing that a new one would not say: so there are about as many as there were keys in the last minute. Thread-safe,
 * and never waits.
 */
public final class RateLimits {
    private static final int FEW = 1_000;
    private static final String ALL_KEYS = "";

    private final TimeMeter time;
    private final ConcurrentMap<Id, Tally> tallies = new ConcurrentHashMap<>();
    private final AtomicInteger sweepAt = new AtomicInteger(FEW);

    private record Id(String account, String key) {}

    /** @param nanos a clock such as {@link System#nanoTime} */
    public RateLimits(LongSupplier nanos) {
        this.time = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return nanos.getAsLong();
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        };
    }

    /**
     * A request comes. It is counted for its key and for the account of it, if both let it in, and for neither if one does not.
     *
     * @param ofKey     what may be done with the key
     * @param ofAccount what may be done with all keys of its account together
     * @param tokens    about how many tokens its input has; 0 if they are not counted
     */
    public Stay enter(AccessKey key, Allowance ofKey, Allowance ofAccount, long tokens) {
        boolean countsKey = ofKey.isCounted();
        boolean countsAccount = ofAccount.isCounted();
        if (!countsKey && !countsAccount) {
            return Stay.uncounted();
        }
        Stay stay = new Stay(tokens);
        boolean goesOn = !countsKey || enter(stay, new Id(key.accountId(), key.id()), ofKey, Whose.KEY);
        if (goesOn && countsAccount) {
            enter(stay, new Id(key.accountId(), ALL_KEYS), ofAccount, Whose.ACCOUNT);
        }
        return stay;
    }

    private boolean enter(Stay stay, Id id, Allowance allowance, Whose whose) {
        while (true) {
            Tally tally = tally(id);
            switch (tally.begin(allowance)) {
                case YES -> {
                    return stay.take(tally, whose);
                }
                case TOO_MANY -> {
                    return stay.refuse(tally, new Refusal(Limit.AT_ONCE, whose, allowance.concurrentRequests(), 0));
                }
                case RETIRED -> tallies.remove(id, tally);
            }
        }
    }

    private Tally tally(Id id) {
        Tally known = tallies.get(id);
        if (known != null) {
            return known;
        }
        int size = tallies.size();
        if (size >= sweepAt.get()) {
            sweep();
        }
        return tallies.computeIfAbsent(id, made -> new Tally(time));
    }

    /** Costs little for each counter that is made: as many are made before the next time as were left this time. */
    private void sweep() {
        sweepAt.set(Integer.MAX_VALUE);
        tallies.values().removeIf(Tally::retire);
        sweepAt.set(Math.max(FEW, 2 * tallies.size()));
    }

    /** How many counters there are. */
    int size() {
        return tallies.size();
    }
}
