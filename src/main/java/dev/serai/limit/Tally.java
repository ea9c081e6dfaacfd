package dev.serai.limit;

import dev.serai.access.Allowance;
import io.github.bucket4j.TimeMeter;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What one key, or all keys of one account, have used. Thread-safe; waits only while a limit changes. */
final class Tally {
    /** Instead of a number of requests: it is no longer the one to count in. */
    private static final long RETIRED = -1;

    private final TimeMeter time;
    private final AtomicLong running = new AtomicLong();
    private volatile Allowance allowance = Allowance.ALL;
    private volatile @Nullable PerMinute requests;
    private volatile @Nullable PerMinute tokens;

    Tally(TimeMeter time) {
        this.time = time;
    }

    /** What became of the wish to begin a request. */
    enum Begun {
        YES,
        TOO_MANY,
        /** Another tally is to be asked. */
        RETIRED
    }

    /** Begins a request, if not too many are running. Whatever follows, it must {@link #end}. */
    Begun begin(Allowance wanted) {
        if (!allowance.equals(wanted)) {
            change(wanted);
        }
        while (true) {
            long now = running.get();
            if (now == RETIRED) {
                return Begun.RETIRED;
            }
            if (now >= wanted.concurrentRequests()) {
                return Begun.TOO_MANY;
            }
            if (running.compareAndSet(now, now + 1)) {
                return Begun.YES;
            }
        }
    }

    void end() {
        running.decrementAndGet();
    }

    /** Null if requests are not limited. */
    @Nullable
    PerMinute requests() {
        return requests;
    }

    /** Null if tokens are not limited. */
    @Nullable
    PerMinute tokens() {
        return tokens;
    }

    private synchronized void change(Allowance to) {
        requests = changed(requests, to.requestsPerMinute());
        tokens = changed(tokens, to.tokensPerMinute());
        allowance = to;
    }

    private @Nullable PerMinute changed(@Nullable PerMinute counted, long limit) {
        if (limit == Allowance.UNLIMITED) {
            return null;
        }
        if (counted == null) {
            return new PerMinute(limit, time);
        }
        if (counted.limit() != limit) {
            counted.change(limit);
        }
        return counted;
    }

    /** Whether it could be forgotten, and is: nothing is running and nothing is used, so a new one would say the same. */
    boolean retire() {
        PerMinute ofRequests = requests;
        PerMinute ofTokens = tokens;
        return (ofRequests == null || ofRequests.isFull())
                && (ofTokens == null || ofTokens.isFull())
                && running.compareAndSet(0, RETIRED);
    }
}
