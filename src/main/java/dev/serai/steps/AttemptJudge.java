package dev.serai.steps;

import dev.serai.dialect.ReplyFacts;
import dev.serai.dialect.StreamReading;
import dev.serai.failover.Verdict;
import dev.serai.upstream.Outcome;
import dev.serai.upstream.UpstreamException;
import org.apache.camel.Exchange;

/** Notes why an attempt failed, and what follows from it. Thread-safe. */
final class AttemptJudge {
    private final FaultReading faults;
    private final InputTokens input;

    AttemptJudge(FaultReading faults, InputTokens input) {
        this.faults = faults;
        this.input = input;
    }

    /** The attempt of this exchange has failed, and nobody else is asked at this time. */
    Verdict judge(Exchange exchange, UpstreamException failed) {
        Attempts.Tried attempt = Variables.attempt(exchange);
        FaultReading.Finding finding = note(exchange, attempt, failed.outcome());
        return Variables.attempts(exchange).course().failed(attempt.candidate(), finding.fault(), finding.retryAfter());
    }

    /** The attempt of this exchange has failed while another one is under way, and that one decides. */
    void noteBeside(Exchange exchange, UpstreamException failed) {
        Attempts.Tried attempt = Variables.attempt(exchange);
        FaultReading.Finding finding = note(exchange, attempt, failed.outcome());
        Variables.attempts(exchange).course().failedBeside(attempt.candidate(), finding.fault(), finding.retryAfter());
    }

    private FaultReading.Finding note(Exchange exchange, Attempts.Tried attempt, Outcome.Failure outcome) {
        FaultReading.Finding finding = faults.of(outcome, attempt.candidate().dialect());
        attempt.failed(outcome, finding.fault(), facts(outcome, exchange));
        return finding;
    }

    /**
     * What was held back and thrown away was used all the same, and so was what a provider had counted when it was left. It is told once: the
     * next attempt may fail before it has a reading of its own.
     */
    private ReplyFacts facts(Outcome.Failure failed, Exchange exchange) {
        Object reading = exchange.removeVariable(Variables.STREAM_READING);
        boolean hasBegun = failed instanceof Outcome.Broken || failed instanceof Outcome.Cancelled;
        return hasBegun && reading instanceof StreamReading begun
                ? begun.facts().filled(begun.untoldTokens(), () -> input.of(exchange))
                : ReplyFacts.NONE;
    }
}
