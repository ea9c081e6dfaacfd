package dev.serai.steps;

import dev.serai.conversation.Usage;
import dev.serai.upstream.Outcome;
import dev.serai.upstream.UpstreamException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Decides after a failed attempt whether the next candidate may be tried. If not, the failure goes on to {@code answer-failure}.
 * What is no {@link UpstreamException} is a fault of a route, and no candidate can mend it.
 */
final class JudgeAttempt implements Processor {
    @Override
    public void process(Exchange exchange) throws Exception {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Attempts attempts = Variables.attempts(exchange);
        if (!(caught instanceof UpstreamException failed)) {
            attempts.current().abandon();
            throw caught == null ? new IllegalStateException("judge-attempt belongs into a doCatch") : caught;
        }
        attempts.current().ended(failed.outcome(), Usage.NONE);
        if (!attempts.hasNext() || !mayTryAnother(failed.outcome())) {
            throw failed;
        }
        exchange.setVariable(Variables.TRY_NEXT, true);
    }

    private static boolean mayTryAnother(Outcome.Failure outcome) {
        return switch (outcome.kind()) {
            case UNTRANSLATABLE, UNREACHABLE, RESET, TIMED_OUT, UNUSABLE -> true;
            case REFUSED -> outcome instanceof Outcome.Refused refused && mayTryAnother(refused.status());
            case BROKEN -> false; // the client has seen a part of this answer
            case CANCELLED -> false; // nobody is waiting for another
            case ANSWERED -> false;
        };
    }

    /** A request that is itself at fault fails everywhere; credentials, quotas, missing models and troubles are this candidate's. */
    private static boolean mayTryAnother(int status) {
        return switch (status) {
            case 401, 402, 403, 404, 408, 409, 425, 429 -> true;
            default -> status < 400 || status >= 500;
        };
    }
}
