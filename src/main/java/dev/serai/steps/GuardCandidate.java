package dev.serai.steps;

import dev.serai.failover.Breakers;
import dev.serai.upstream.Outcome;
import dev.serai.upstream.UpstreamException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Lets an attempt pass if its target is not to be left alone. It learns what became of the attempt when that has ended, which for a
 * stream is long after the steps inside are done; nobody waits.
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
                Breakers.Pass pass = breakers.enter(attempt.candidate().target());
                if (pass == null) {
                    exchange.setException(new UpstreamException(new Outcome.LeftAlone()));
                    callback.done(true);
                    return true;
                }
                attempt.enters(pass);
                return super.process(exchange, callback);
            }
        };
    }
}
