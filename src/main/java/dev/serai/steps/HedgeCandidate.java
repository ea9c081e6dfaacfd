package dev.serai.steps;

import dev.serai.failover.Course;
import dev.serai.gateway.ClientCall;
import java.time.Duration;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Asks the next candidate too when the first one has sent nothing for a while. Who has content first answers; the other is left. Without
 * a wish for it, an attempt goes straight through.
 */
final class HedgeCandidate implements Policy {
    private final AttemptJudge judge;
    private final NextAttempt next;

    HedgeCandidate(AttemptJudge judge, NextAttempt next) {
        this.judge = judge;
        this.next = next;
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
                Course course = Variables.attempts(exchange).course();
                Duration delay = course.hedge();
                ClientCall call = ClientCall.of(exchange);
                if (delay == null || call == null || !course.hasNext()) {
                    return super.process(exchange, callback);
                }
                Race race = new Race(call, exchange, callback, getProcessor(), judge, next);
                call.loop().run(() -> race.begin(delay));
                return false;
            }
        };
    }
}
