package dev.serai.steps;

import dev.serai.access.AccessKey;
import dev.serai.gateway.CallObserver;
import dev.serai.gateway.ClientCall;
import dev.serai.telemetry.Measures;
import dev.serai.upstream.Outcome;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * When a request is over: what it was, what was tried and what it used, as measures and as one line of the log. Failures are
 * logged as warnings; the rest only if the logger {@code dev.serai.requests} is set to {@code DEBUG}.
 */
public final class RecordCall implements CallObserver {
    private static final Logger LOG = LoggerFactory.getLogger("dev.serai.requests");
    private static final int CLIENT_LEFT = 499;

    private final Measures measures;

    public RecordCall(Measures measures) {
        this.measures = measures;
    }

    @Override
    public void ended(ClientCall call, Exchange exchange) {
        int status = call.isGone() ? CLIENT_LEFT : call.status();
        long nanos = System.nanoTime() - call.startNanos();
        measures.request(call.dialect(), status, nanos);
        Attempts attempts = exchange.getVariable(Variables.ATTEMPTS, Attempts.class);
        CallMeter meter = exchange.getVariable(Variables.METER, CallMeter.class);
        boolean failed = status >= 500;
        if (attempts != null) {
            for (Attempts.Tried attempt : attempts.tried()) {
                record(attempt);
                failed |= attempt.outcome()
                        .filter(Outcome.Failure.class::isInstance)
                        .isPresent();
            }
        }
        if (meter != null) {
            meter.over();
        }
        Level level = failed && status != CLIENT_LEFT ? Level.WARN : Level.DEBUG;
        if (LOG.isEnabledForLevel(level)) {
            log(level, call, exchange, attempts, status, nanos);
        }
    }

    private void record(Attempts.Tried attempt) {
        attempt.leave();
        measures.attempt(
                attempt.candidate().provider().id(),
                attempt.outcome().map(Outcome::kind).map(Outcome.Kind::label).orElse("unfinished"),
                attempt.nanos(),
                attempt.firstContentNanos(),
                attempt.usage());
    }

    private static void log(
            Level level, ClientCall call, Exchange exchange, Attempts attempts, int status, long nanos) {
        AccessKey key = exchange.getVariable(Variables.ACCESS_KEY, AccessKey.class);
        LOG.atLevel(level)
                .addKeyValue("request_id", call.requestId())
                .addKeyValue("client_request_id", call.clientRequestId())
                .addKeyValue("access_key", key == null ? "" : key.id())
                .addKeyValue("dialect", call.dialect())
                .addKeyValue("status", status)
                .addKeyValue("millis", TimeUnit.NANOSECONDS.toMillis(nanos))
                .addKeyValue("attempts", attempts == null ? "" : describe(attempts))
                .log("{} {}", call.method(), call.path());
    }

    private static String describe(Attempts attempts) {
        return attempts.tried().stream()
                .map(attempt -> String.format(
                        Locale.ROOT,
                        "%s:%s %s in %d ms",
                        attempt.candidate().provider().id(),
                        attempt.candidate().model(),
                        attempt.outcome().map(RecordCall::reason).orElse("unfinished"),
                        TimeUnit.NANOSECONDS.toMillis(attempt.nanos())))
                .collect(Collectors.joining("; "));
    }

    private static String reason(Outcome outcome) {
        return outcome instanceof Outcome.Failure failure ? failure.reason() : "answered";
    }
}
