package dev.serai.credits;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds requests to the budgets of access keys and accounts, on this node: what requests under way may cost is kept for them, so that they
 * cannot exceed a budget together. What other nodes have spent is known when the store was {@linkplain #compare compared} with. Thread-safe;
 * nothing but {@link #compare} waits.
 */
public final class Budgets {
    private static final Logger LOG = LoggerFactory.getLogger(Budgets.class);

    /** What is known is good for so long without asking the store: for what a budget was used by other nodes in this time. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Instant REACHED = Instant.MIN;

    /** A budget that was not used for so long is forgotten. */
    private static final Duration LONG = Duration.ofDays(1);

    private final Spending store;
    private final Executor reader;
    private final Clock clock;

    /** One for each account with budgets that was seen: no more of them than accounts. */
    private final Map<String, Purse> purses = new ConcurrentHashMap<>();

    private volatile Instant comparedAt = Instant.MIN;

    /** When a store that is away may be asked again by requests of which nothing is known. */
    private volatile Instant awayUntil = REACHED;

    /** What becomes of a wish to spend. */
    public sealed interface Answer {}

    /** It is kept. */
    public record Granted(Reservation reservation) implements Answer {}

    /**
     * There is not so much left.
     *
     * @param limitNanos how much may be spent in the period
     * @param leftNanos  what is neither spent nor kept for requests under way
     * @param wantedNanos what the request may cost
     * @param next       when the next period begins
     */
    public record Exceeded(
            Budget.Whose whose, Period period, long limitNanos, long leftNanos, long wantedNanos, Instant next)
            implements Answer {}

    /** The store is away, and has not said before what was spent. */
    public record Unknown() implements Answer {}

    /** @param reader runs what blocks */
    public Budgets(Spending store, Executor reader, Clock clock) {
        this.store = store;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * Keeps so much of all of these budgets for a request, if it is known what was spent of them.
     *
     * @return null if it is not: {@link #await} asks then
     */
    public @Nullable Answer tryReserve(String account, List<Budget> budgets, long nanos) {
        Instant now = clock.instant();
        Instant retryAt = awayUntil;
        Instant since = retryAt.equals(REACHED) ? now.minus(FRESH) : Instant.MIN;
        Answer known = purse(account).tryReserve(budgets, nanos, now, since);
        return known == null && retryAt.isAfter(now) ? new Unknown() : known;
    }

    /**
     * Keeps so much of all of these budgets for a request, once the store was asked what was spent of them.
     *
     * @param then called once, on a thread of the reader, which it must not hold up
     */
    public void await(String account, List<Budget> budgets, long nanos, Consumer<Answer> then) {
        Purse purse = purse(account);
        if (purse.ask(new Purse.Ask(budgets, nanos, then))) {
            try {
                reader.execute(() -> compare(purse));
            } catch (RejectedExecutionException e) { // it is stopping
                serve(purse);
            }
        }
    }

    private Purse purse(String account) {
        Purse known = purses.get(account);
        return known != null ? known : purses.computeIfAbsent(account, Purse::new);
    }

    /** Learns what other nodes have spent of budgets that were used here since the last time. Blocks. */
    public void compare() {
        Instant now = clock.instant();
        Instant since = comparedAt;
        comparedAt = now;
        for (Purse purse : purses.values()) {
            if (purse.isUsed(since, now.minus(LONG))) {
                compare(purse);
                if (!awayUntil.equals(REACHED)) {
                    return; // the others need not find out for themselves
                }
            }
        }
    }

    private void compare(Purse purse) {
        try {
            Instant now;
            LocalDate day;
            do {
                now = clock.instant();
                day = Purse.day(now);
            } while (!purse.learn(store.spent(purse.accountId(), day), day, now)); // it is midnight
            awayUntil = REACHED;
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("what was spent of budgets cannot be read");
            awayUntil = clock.instant().plus(RETRY);
        }
        serve(purse);
    }

    private void serve(Purse purse) {
        Callers.tell(purse.serve(clock.instant()));
    }

    /** How many budgets are watched. */
    int size() {
        return purses.values().stream().mapToInt(Purse::size).sum();
    }
}
