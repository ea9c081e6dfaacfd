package dev.serai.steps;

import dev.serai.dialect.Dialects;
import dev.serai.dialect.ReplyFacts;
import dev.serai.dialect.UnusableReplyException;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import dev.serai.selection.Candidate;
import dev.serai.upstream.Outcome;
import dev.serai.upstream.ReplyStream;
import dev.serai.upstream.UpstreamException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Takes the usage out of the answer, and sees that it is one: a page of HTML with status 200 fails the attempt. */
final class ReadReply implements Processor {
    private static final int NO_STATUS = 200;

    private final Dialects dialects;

    ReadReply(Dialects dialects) {
        this.dialects = dialects;
    }

    @Override
    public void process(Exchange exchange) throws UpstreamException {
        Attempts attempts = Variables.attempts(exchange);
        Attempts.Tried attempt = Variables.attempt(exchange);
        Message message = exchange.getMessage();
        if (message.getBody() instanceof ReplyStream stream) {
            attempt.content();
            attempts.course().answered(attempt.candidate());
            stream.onEnd(outcome -> ended(attempt, outcome, stream.reading().facts()));
            return;
        }
        byte[] body = message.getBody(byte[].class);
        try {
            Candidate candidate = attempt.candidate();
            ReplyFacts facts = dialects.get(candidate.dialect())
                    .readReply(
                            JsonDocument.parseLeniently(body == null ? new byte[0] : body),
                            candidate.provider().usageTotals(candidate.dialect()));
            attempt.answered(
                    new Outcome.Answered(message.getHeader(Exchange.HTTP_RESPONSE_CODE, NO_STATUS, Integer.class)),
                    facts);
            attempts.course().answered(attempt.candidate());
        } catch (JsonException e) {
            throw new UpstreamException(new Outcome.Unusable("answered with what is no JSON object"));
        } catch (UnusableReplyException e) {
            throw new UpstreamException(new Outcome.Unusable(String.valueOf(e.getMessage())));
        }
    }

    private static void ended(Attempts.Tried attempt, Outcome outcome, ReplyFacts facts) {
        if (outcome instanceof Outcome.Answered answered) {
            attempt.answered(answered, facts);
        } else if (outcome instanceof Outcome.Failure failure) {
            attempt.failed(failure, FaultReading.of(failure), facts);
        }
    }
}
