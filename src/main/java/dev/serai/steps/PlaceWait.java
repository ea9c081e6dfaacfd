package dev.serai.steps;

import dev.serai.failover.Breakers;
import dev.serai.gateway.Caller;
import dev.serai.upstream.Outcome;
import dev.serai.upstream.UpstreamException;
import java.time.Duration;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that waits for a place at its provider: until it has one, its time is up, or its caller leaves. On the event loop of the
 * caller.
 */
final class PlaceWait {
    private final Breakers breakers;
    private final Caller caller;
    private final Exchange exchange;
    private final AsyncCallback callback;
    private final AsyncProcessor steps;
    private final Attempts.Tried attempt;
    private final Runnable whenGone = this::callerLeft;
    private Breakers.@Nullable Waiting waiting;
    private @Nullable Runnable timer;
    private boolean over;

    /** @param steps what is done with a place */
    PlaceWait(Breakers breakers, Caller caller, Exchange exchange, AsyncCallback callback, AsyncProcessor steps) {
        this.breakers = breakers;
        this.caller = caller;
        this.exchange = exchange;
        this.callback = callback;
        this.steps = steps;
        this.attempt = Variables.attempt(exchange);
    }

    void begin(Duration patience) {
        attempt.waits();
        caller.whenGone(whenGone);
        if (over) {
            return;
        }
        // Soon, and not in the midst of somebody else's end: whose place it was may have waited too, and so on.
        waiting = breakers.await(
                attempt.candidate().target(), entry -> caller.loop().soon(() -> come(entry)));
        if (waiting == null) {
            fail(new Outcome.Full(Duration.ZERO));
        } else {
            timer = caller.loop().after(patience, () -> late(patience));
        }
    }

    private void come(Breakers.Entry entry) {
        if (!(entry instanceof Breakers.Pass pass)) {
            fail(new Outcome.LeftAlone());
        } else if (over) {
            pass.leave();
        } else {
            goOn(pass);
        }
    }

    private void goOn(Breakers.Pass pass) {
        end();
        attempt.enters(pass);
        exchange.setVariable(Variables.TERMS, NextAttempt.terms(exchange));
        steps.process(exchange, done -> callback.done(false));
    }

    private void late(Duration patience) {
        // If the place is on its way, it is taken.
        if (!over && waiting != null && waiting.giveUp()) {
            fail(new Outcome.Full(patience));
        }
    }

    private void callerLeft() {
        if (waiting != null) {
            boolean unused = waiting.giveUp();
        }
        fail(new Outcome.Cancelled());
    }

    private void fail(Outcome.Failure outcome) {
        if (!over) {
            end();
            exchange.setException(new UpstreamException(outcome));
            callback.done(false);
        }
    }

    private void end() {
        over = true;
        caller.clearWhenGone(whenGone);
        if (timer != null) {
            timer.run();
        }
    }
}
