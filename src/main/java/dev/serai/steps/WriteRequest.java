package dev.serai.steps;

import dev.serai.catalog.RuleBook;
import dev.serai.dialect.Dialect;
import dev.serai.dialect.Dialects;
import dev.serai.dialect.ModelRequest;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.json.JsonEdit;
import dev.serai.selection.Candidate;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The client's request as the candidate wants it: its URL, its name for the model, its dialect, and nothing that the model is known to
 * refuse.
 */
final class WriteRequest implements Processor {
    private final Dialects dialects;
    private final RuleBook rules = new RuleBook();

    WriteRequest(Dialects dialects) {
        this.dialects = dialects;
    }

    @Override
    public void process(Exchange exchange) {
        Attempts.Tried attempt = Variables.attempts(exchange).current();
        Candidate candidate = attempt.candidate();
        ModelRequest request = Variables.request(exchange);
        Dialect dialect = dialects.get(candidate.dialect());
        exchange.setVariable(Variables.UPSTREAM_URL, url(candidate, request.stream()));
        // Asked for or not: some servers stream whatever they are asked.
        exchange.setVariable(
                Variables.STREAM_READING,
                dialect.openStream(request, candidate.provider().usageTotals(candidate.dialect())));
        JsonEdit body = dialect.passThrough(request, candidate.model());
        attempt.drop(rules.of(candidate.provider(), candidate.dialect(), candidate.model())
                .apply(body));
        exchange.getMessage().setBody(body.toBytes());
    }

    private static String url(Candidate candidate, boolean stream) {
        try {
            return candidate.provider().url(candidate.dialect(), candidate.model(), stream);
        } catch (IllegalArgumentException e) {
            throw new GatewayException(
                    ErrorCode.MODEL_NOT_FOUND, "No model is called '" + candidate.model() + "'.", "model");
        }
    }
}
