package dev.serai.credits;

import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A part of an account's balance that is kept for a request which is under way, so that no other request spends it. It is resolved exactly
 * once; whoever comes later is told what happened before, and the log says so. Thread-safe.
 */
public final class Hold {
    private static final Logger LOG = LoggerFactory.getLogger(Hold.class);

    /** How a hold was resolved. */
    public enum State {
        OPEN,
        /** What was used is charged. */
        SETTLED,
        /** Nothing is charged. */
        RELEASED,
        /** Nobody resolved it in time. What was used is charged all the same, when it is known. */
        EXPIRED
    }

    private final Wallet wallet;
    private final long nanos;
    private final Instant expires;
    private State state = State.OPEN;

    Hold(Wallet wallet, long nanos, Instant expires) {
        this.wallet = wallet;
        this.nanos = nanos;
        this.expires = expires;
    }

    /** How much is held, in nano-dollars. */
    public long nanos() {
        return nanos;
    }

    Instant expires() {
        return expires;
    }

    /**
     * What was used is about to be charged, and is owed by the account already.
     *
     * @return what the hold was before: {@link State#OPEN}, or how it had been resolved
     */
    public State settle() {
        return resolve(State.SETTLED);
    }

    /** Nothing was used. @return as {@link #settle} */
    public State release() {
        return resolve(State.RELEASED);
    }

    /** Nobody resolved it. @return as {@link #settle} */
    State expire() {
        return resolve(State.EXPIRED);
    }

    private State resolve(State to) {
        State before;
        synchronized (this) {
            before = state;
            if (before == State.OPEN) {
                state = to;
            }
        }
        if (before == State.OPEN) {
            wallet.resolved(this);
        } else {
            LOG.atWarn()
                    .addKeyValue("account", wallet.accountId())
                    .addKeyValue("before", before)
                    .addKeyValue("now", to)
                    .log("a hold was resolved twice; the first time counts");
        }
        return before;
    }
}
