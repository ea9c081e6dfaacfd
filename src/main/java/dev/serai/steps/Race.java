package dev.serai.steps;

import dev.serai.gateway.Caller;
import dev.serai.gateway.ClientCall;
import dev.serai.gateway.EventLoop;
import dev.serai.upstream.UpstreamException;
import java.time.Duration;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** An attempt, and another beside it if it is slow. The first that has content wins. On the event loop. */
final class Race {
    private final ClientCall call;
    private final Exchange exchange;
    private final AsyncCallback callback;
    private final AsyncProcessor steps;
    private final AttemptJudge judge;
    private final NextAttempt next;
    private final Leg first;
    private @Nullable Leg second;
    private boolean over;

    Race(
            ClientCall call,
            Exchange exchange,
            AsyncCallback callback,
            AsyncProcessor steps,
            AttemptJudge judge,
            NextAttempt next) {
        this.call = call;
        this.exchange = exchange;
        this.callback = callback;
        this.steps = steps;
        this.judge = judge;
        this.next = next;
        this.first = new Leg();
    }

    void begin(Duration delay) {
        call.whenGone(this::clientLeft);
        first.run();
        if (!over) {
            call.loop().after(delay, this::hedge);
        }
    }

    private void hedge() {
        if (over || call.isGone() || !Variables.attempts(exchange).course().hasNext()) {
            return;
        }
        Leg leg = new Leg();
        second = leg;
        next.process(leg.exchange);
        leg.run();
    }

    private void clientLeft() {
        first.leave();
        if (second != null) {
            second.leave();
        }
    }

    private void ended(Leg leg) {
        Exception failure = leg.exchange.getException();
        leg.running = false;
        Leg other = leg == first ? second : first;
        if (over) {
            // It was left; what it used, if anything, counts.
            note(leg, failure);
        } else if (failure == null) {
            finish(leg);
            if (other != null) {
                other.leave();
            }
        } else if (other != null && other.running) {
            note(leg, failure);
        } else {
            finish(leg);
        }
    }

    private void note(Leg leg, @Nullable Exception failure) {
        if (failure instanceof UpstreamException lost) {
            judge.noteBeside(leg.exchange, lost);
        } else if (failure != null) {
            Variables.attempt(leg.exchange).leave();
        }
    }

    /** The request goes on with what this leg has got: an answer, or a failure that is yet to be judged. */
    private void finish(Leg leg) {
        over = true;
        exchange.getMessage().copyFrom(leg.exchange.getMessage());
        leg.exchange.getVariables().forEach(exchange::setVariable);
        exchange.setException(leg.exchange.getException());
        callback.done(false);
    }

    /** One of the two attempts; it is its caller, so that it can be left alone. */
    private final class Leg implements Caller {
        private final Exchange exchange = Race.this.exchange.copy();
        private boolean running = true;
        private boolean gone;
        private @Nullable Runnable whenGone;

        Leg() {
            exchange.setProperty(Caller.PROPERTY, this);
        }

        void run() {
            steps.process(exchange, done -> call.loop().run(() -> ended(this)));
        }

        void leave() {
            Runnable action = whenGone;
            gone = true;
            whenGone = null;
            if (action != null) {
                action.run();
            }
        }

        @Override
        public EventLoop loop() {
            return call.loop();
        }

        @Override
        public void whenGone(Runnable action) {
            whenGone = action;
            if (gone) {
                leave();
            }
        }

        @Override
        public void clearWhenGone(Runnable action) {
            if (whenGone == action) {
                whenGone = null;
            }
        }
    }
}
