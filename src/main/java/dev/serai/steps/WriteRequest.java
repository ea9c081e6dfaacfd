package dev.serai.steps;

import dev.serai.dialect.Dialect;
import dev.serai.dialect.Dialects;
import dev.serai.dialect.ModelRequest;
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
        exchange.setVariable(
                Variables.UPSTREAM_URL,
                candidate.provider().baseUrl() + candidate.provider().dialects().get(candidate.dialect()));
        // Asked for or not: some servers stream whatever they are asked.
        exchange.setVariable(Variables.STREAM_READING, dialect.openStream(request));
        exchange.getMessage().setBody(dialect.passThrough(request, candidate.model()));
    }
}
