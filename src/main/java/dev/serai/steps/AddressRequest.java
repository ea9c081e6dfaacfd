package dev.serai.steps;

import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.selection.Candidate;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Where the candidate's provider takes requests for this model in this dialect. */
final class AddressRequest implements Processor {
    @Override
    public void process(Exchange exchange) {
        Candidate candidate = Variables.attempt(exchange).candidate();
        boolean stream = Variables.request(exchange).stream();
        exchange.setVariable(Variables.UPSTREAM_URL, url(candidate, stream));
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
