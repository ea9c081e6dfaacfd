package dev.serai.steps;

import dev.serai.dialect.Dialect;
import dev.serai.dialect.Dialects;
import dev.serai.dialect.ReplyFacts;
import dev.serai.dialect.StreamReading;
import dev.serai.dialect.Translator;
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

/**
 * Takes what an answer says of itself out of it, puts in by estimate what it does not say of its usage, and sees that it is one: a page of
 * HTML with status 200 fails the attempt.
 */
final class ReadReply implements Processor {
    private static final int NO_STATUS = 200;

    private final Dialects dialects;
    private final Translator translator;
    private final InputTokens input;

    ReadReply(Dialects dialects, Translator translator) {
        this.dialects = dialects;
        this.translator = translator;
        this.input = new InputTokens(translator);
    }

    @Override
    public void process(Exchange exchange) throws UpstreamException {
        Attempts attempts = Variables.attempts(exchange);
        Attempts.Tried attempt = Variables.attempt(exchange);
        Message message = exchange.getMessage();
        if (message.getBody() instanceof ReplyStream stream) {
            attempt.content();
            attempts.course().answered(attempt.candidate());
            attempt.goesToClient();
            stream.onEnd(outcome -> ended(attempt, outcome, facts(stream.reading(), exchange)));
            return;
        }
        byte[] body = message.getBody(byte[].class);
        try {
            Candidate candidate = attempt.candidate();
            Dialect dialect = dialects.get(candidate.dialect());
            byte[] reply = body == null ? new byte[0] : body;
            ReplyFacts stated = dialect.readReply(
                    JsonDocument.parseLeniently(reply), candidate.provider().usageTotals(candidate.dialect()));
            ReplyFacts facts = dialect.hasEstimate() ? stated : filled(stated, dialect, reply, exchange);
            attempt.answered(
                    new Outcome.Answered(message.getHeader(Exchange.HTTP_RESPONSE_CODE, NO_STATUS, Integer.class)),
                    facts);
            attempt.goesToClient();
            attempts.course().answered(attempt.candidate());
        } catch (JsonException e) {
            throw new UpstreamException(new Outcome.Unusable("answered with what is no JSON object"));
        } catch (UnusableReplyException e) {
            throw new UpstreamException(new Outcome.Unusable(String.valueOf(e.getMessage())));
        }
    }

    private ReplyFacts facts(StreamReading reading, Exchange exchange) {
        return reading.facts().filled(reading.untoldTokens(), () -> input.of(exchange));
    }

    private ReplyFacts filled(ReplyFacts stated, Dialect dialect, byte[] reply, Exchange exchange) {
        return stated.usage().totalInput() + stated.usage().totalOutput() > 0
                ? stated.filled(0, () -> input.of(exchange))
                : stated.plusEstimate(input.of(exchange), translator.outputTokens(dialect.id(), reply));
    }

    private static void ended(Attempts.Tried attempt, Outcome outcome, ReplyFacts facts) {
        if (outcome instanceof Outcome.Answered answered) {
            attempt.answered(answered, facts);
        } else if (outcome instanceof Outcome.Failure failure) {
            attempt.failed(failure, FaultReading.of(failure), facts);
        }
    }
}
