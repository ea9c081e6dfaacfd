package dev.serai.limit;

import dev.serai.limit.Refusal.Limit;
import dev.serai.limit.Refusal.Whose;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request among those that are counted: let in until it {@linkplain #leave leaves}, or refused. Thread-safe. */
public final class Stay {
    private static final Stay UNCOUNTED = new Stay(0);

    private final long tokens;
    private final List<Tally> tallies = new ArrayList<>(2);
    private final AtomicBoolean left = new AtomicBoolean();
    private @Nullable Refusal refusal;

    /** @param tokens about how many its input has; 0 if they are not counted */
    Stay(long tokens) {
        this.tokens = tokens;
    }

    /** That of a request which nobody counts. */
    static Stay uncounted() {
        return UNCOUNTED;
    }

    /** Takes what the request needs, of a tally in which it has begun; false if it is not there, and then nothing is taken. */
    boolean take(Tally tally, Whose whose) {
        PerMinute requests = tally.requests();
        if (requests != null && !requests.take(1)) {
            tally.end();
            return refuse(tally, new Refusal(Limit.REQUESTS, whose, requests.limit(), requests.waitNanos(1)));
        }
        PerMinute minute = tokens == 0 ? null : tally.tokens();
        if (minute != null && !minute.take(tokens)) {
            if (requests != null) {
                requests.giveBack(1);
            }
            tally.end();
            return refuse(
                    tally,
                    tokens > minute.limit()
                            ? new Refusal(Limit.TOKENS_OF_ONE, whose, minute.limit(), 0)
                            : new Refusal(Limit.TOKENS, whose, minute.limit(), minute.waitNanos(tokens)));
        }
        tallies.add(tally);
        return true;
    }

    /** Gives back what was taken of other tallies; of this one nothing was. It is kept, for how it stands. */
    boolean refuse(Tally tally, Refusal reason) {
        for (Tally taken : tallies) {
            PerMinute requests = taken.requests();
            if (requests != null) {
                requests.giveBack(1);
            }
            settle(taken, 0);
            taken.end();
        }
        left.set(true);
        tallies.add(tally);
        refusal = reason;
        return false;
    }

    /** Whether anybody counts it. */
    public boolean isCounted() {
        return !tallies.isEmpty();
    }

    /** Why it was not let in; null if it was. */
    public @Nullable Refusal refusal() {
        return refusal;
    }

    /** How many tokens were taken for it. */
    public long tokens() {
        return tokens;
    }

    /** How the tighter of its limits on requests stands now; null if there is none. */
    public @Nullable Standing requests() {
        return tightest(Tally::requests);
    }

    /** The same for tokens. */
    public @Nullable Standing tokenStanding() {
        return tightest(Tally::tokens);
    }

    private @Nullable Standing tightest(Function<Tally, @Nullable PerMinute> which) {
        Standing tightest = null;
        for (Tally tally : tallies) {
            PerMinute minute = which.apply(tally);
            Standing standing = minute == null ? null : minute.standing();
            if (standing != null && (tightest == null || standing.remaining() < tightest.remaining())) {
                tightest = standing;
            }
        }
        return tightest;
    }

    /**
     * The request is over. Only the first call counts, and none after a refusal.
     *
     * @param used tokens of input and output that were used indeed
     */
    public void leave(long used) {
        if (left.getAndSet(true)) {
            return;
        }
        for (Tally tally : tallies) {
            settle(tally, used);
            tally.end();
        }
    }

    private void settle(Tally tally, long used) {
        PerMinute minute = tokens == 0 ? null : tally.tokens();
        if (minute == null) {
            return;
        }
        if (used > tokens) {
            minute.owe(used - tokens);
        } else if (used < tokens) {
            minute.giveBack(tokens - used);
        }
    }
}
