package dev.serai.steps;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Takes the next candidate of the plan. Each is told what the client said, and nothing that was said to or by the one before. */
final class NextAttempt implements Processor {
    @Override
    public void process(Exchange exchange) {
        Attempts attempts = Variables.attempts(exchange);
        Attempts.Tried attempt = attempts.next();
        Map<String, Object> headers = exchange.getMessage().getHeaders();
        if (attempts.tried().size() > 1) {
            headers.clear();
            headers.putAll(attempts.clientHeaders());
        } else {
            attempts.setClientHeaders(new HashMap<>(headers));
        }
        exchange.setVariable(Variables.TRY_NEXT, false);
        exchange.setVariable(Variables.ATTEMPT_LIMIT, attempts.course().attemptLimit());
        if (attempts.course().isBuffered()) {
            exchange.setVariable(Variables.HOLD_BACK, true);
        }
        exchange.setVariable(Variables.PROVIDER, attempt.candidate().provider().id());
    }
}
