package dev.serai.steps;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Takes the next candidate of the plan. */
final class NextAttempt implements Processor {
    @Override
    public void process(Exchange exchange) {
        Attempts.Tried attempt = Variables.attempts(exchange).next();
        exchange.setVariable(Variables.TRY_NEXT, false);
        exchange.setVariable(Variables.PROVIDER, attempt.candidate().provider().id());
    }
}
