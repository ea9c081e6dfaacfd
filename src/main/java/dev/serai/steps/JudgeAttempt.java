package dev.serai.steps;

import dev.serai.failover.Verdict;
import dev.serai.gateway.ClientCall;
import dev.serai.upstream.Outcome;
import dev.serai.upstream.UpstreamException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * Decides after a failed attempt whether another is made, by {@code failover.yaml}, and waits if the verdict says so. If none is made, the
 * failure goes on to {@code answer-failure}. What is no {@link UpstreamException} is a fault of a route, and no candidate can mend it.
 */
final class JudgeAttempt extends AsyncProcessorSupport {
    private final AttemptJudge judge;

    JudgeAttempt(AttemptJudge judge) {
        this.judge = judge;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (!(caught instanceof UpstreamException failed)) {
            Variables.attempt(exchange).leave();
            exchange.setException(
                    caught == null ? new IllegalStateException("judge-attempt belongs into a doCatch") : caught);
            callback.done(true);
            return true;
        }
        Verdict verdict = judge.judge(exchange, failed);
        if (!verdict.goesOn()) {
            exchange.setException(failed);
            callback.done(true);
            return true;
        }
        exchange.setVariable(Variables.TRY_NEXT, true);
        if (verdict.delay().isZero()) {
            callback.done(true);
            return true;
        }
        waitThen(verdict.delay(), exchange, callback);
        return false;
    }

    private static void waitThen(Duration time, Exchange exchange, AsyncCallback callback) {
        ClientCall call = ClientCall.of(exchange);
        if (call == null) {
            CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> callback.done(false));
        } else {
            call.loop().run(new Wait(time, call, exchange, callback)::begin);
        }
    }

    /** A pause between two attempts, on the event loop. It is over at once if the client leaves. */
    private static final class Wait {
        private final Duration time;
        private final ClientCall call;
        private final Exchange exchange;
        private final AsyncCallback callback;
        private final Runnable whenGone = this::clientLeft;
        private boolean over;

        Wait(Duration time, ClientCall call, Exchange exchange, AsyncCallback callback) {
            this.time = time;
            this.call = call;
            this.exchange = exchange;
            this.callback = callback;
        }

        void begin() {
            call.whenGone(whenGone);
            if (!over) {
                call.loop().after(time, this::end);
            }
        }

        private void clientLeft() {
            exchange.setException(new UpstreamException(new Outcome.Cancelled()));
            end();
        }

        private void end() {
            if (!over) {
                over = true;
                call.clearWhenGone(whenGone);
                callback.done(false);
            }
        }
    }
}
