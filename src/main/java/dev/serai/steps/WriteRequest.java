package dev.serai.steps;

import dev.serai.dialect.Dialect;
import dev.serai.dialect.Dialects;
import dev.serai.dialect.ModelRequest;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.selection.Candidate;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The client's request as the candidate wants it: its URL, its name for the model, its dialect. */
final class WriteRequest implements Processor {
    private final Dialects dialects;

    WriteRequest(Dialects dialects) {
        this.dialects = dialects;
    }

    @Override
    public void process(Exchange exchange) {
        Candidate candidate = Variables.attempts(exchange).current().candidate();
        ModelRequest request = Variables.request(exchange);
        Dialect dialect = dialects.get(candidate.dialect());
        exchange.setVariable(Variables.UPSTREAM_URL, url(candidate, request.stream()));
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
