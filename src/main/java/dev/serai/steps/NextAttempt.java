package dev.serai.steps;

import dev.serai.failover.Course;
import dev.serai.failover.Rescue;
import dev.serai.upstream.Terms;
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
        exchange.setVariable(Variables.ATTEMPT, attempt);
        exchange.setVariable(Variables.TERMS, terms(exchange));
        exchange.setVariable(Variables.PROVIDER, attempt.candidate().provider().route());
    }

    /** What the attempt that begins now is held to. */
    static Terms terms(Exchange exchange) {
        Course course = Variables.attempts(exchange).course();
        CallMeter meter = exchange.getVariable(Variables.METER, CallMeter.class);
        return new Terms(
                course.attemptLimit(),
                course.wishes().idle(),
                course.wishes().stream(),
                course.wishes().connect(),
                course.rescue() == Rescue.BUFFERED,
                meter == null ? null : meter.gate());
    }
}
