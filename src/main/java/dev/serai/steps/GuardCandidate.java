package dev.serai.steps;

import dev.serai.failover.Breakers;
import dev.serai.gateway.Caller;
import dev.serai.upstream.Outcome;
import dev.serai.upstream.UpstreamException;
import java.time.Duration;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Lets an attempt pass if its target is not to be left alone and its provider has a place for it, and waits for a place if nobody else
 * can be asked. It learns what became of the attempt when that has ended, which for a stream is long after the steps inside are done; no
 * thread waits.
 */
final class GuardCandidate implements Policy {
    private final Breakers breakers;

    GuardCandidate(Breakers breakers) {
        this.breakers = breakers;
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // nothing to prepare
    }

    @Override
    public Processor wrap(Route route, Processor processor) {
        // It starts and stops the steps inside, too.
        return new DelegateAsyncProcessor(processor) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                Attempts.Tried attempt = Variables.attempt(exchange);
                Breakers.Entry entry = breakers.enter(attempt.candidate().target());
                if (entry instanceof Breakers.Pass pass) {
                    attempt.enters(pass);
                    return super.process(exchange, callback);
                }
                if (entry == Breakers.Refusal.FULL && waits(exchange, callback)) {
                    return false;
                }
                exchange.setException(new UpstreamException(
                        entry == Breakers.Refusal.FULL ? new Outcome.Full(Duration.ZERO) : new Outcome.LeftAlone()));
                callback.done(true);
                return true;
            }

            /** Whether the attempt is made later, if there is a place then. Who cannot leave and has no event loop does not wait. */
            private boolean waits(Exchange exchange, AsyncCallback callback) {
                Duration patience = Variables.attempts(exchange).course().patience();
                Caller caller = Caller.of(exchange);
                if (caller == null || patience.isZero()) {
                    return false;
                }
                PlaceWait wait = new PlaceWait(breakers, caller, exchange, callback, getProcessor());
                caller.loop().run(() -> wait.begin(patience));
                return true;
            }
        };
    }
}
