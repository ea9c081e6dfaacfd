package dev.serai.steps;

import dev.serai.access.Allowance;
import dev.serai.dialect.Dialects;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.limit.RateLimits;
import dev.serai.limit.Refusal;
import dev.serai.limit.Refusal.Whose;
import dev.serai.limit.Stay;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Counts the request for its access key and its account, or refuses it. What it takes is settled when its whole answer is known, and at the
 * latest when the exchange is done, however that comes about: the last byte is written, the client is gone, a step has failed.
 */
final class LimitRate implements Processor {
    private final RateLimits limits;
    private final Dialects dialects;

    LimitRate(RateLimits limits, Dialects dialects) {
        this.limits = limits;
        this.dialects = dialects;
    }

    @Override
    public void process(Exchange exchange) {
        Allowed allowed = Allowed.of(exchange, Allowance.ALL);
        Stay stay = limits.enter(Variables.accessKey(exchange), allowed.key(), allowed.account(), tokens(exchange));
        if (!stay.isCounted()) {
            return;
        }
        exchange.setVariable(Variables.STAY, stay);
        if (stay.refusal() != null) {
            throw refused(stay.refusal(), stay.tokens());
        }
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                settle(done, stay);
            }
        });
    }

    /** The request is over, as far as limits go: what it took is put right, and its place is free. Once is enough, and twice no harm. */
    static void settle(Exchange exchange, Stay stay) {
        stay.leave(used(stay, exchange.getVariable(Variables.ATTEMPTS, Attempts.class)));
    }

    /** A question for a number of tokens uses none. */
    private long tokens(Exchange exchange) {
        Long input = exchange.getVariable(Variables.INPUT_TOKENS, Long.class);
        boolean isQuestion = dialects.get(Variables.request(exchange).dialect()).hasEstimate();
        return input == null || isQuestion ? 0 : input;
    }

    /** What providers say; if there is an answer and they say nothing, the estimate; and nothing if there is none. */
    private static long used(Stay stay, @Nullable Attempts attempts) {
        long used = 0;
        boolean answered = false;
        if (attempts != null) {
            for (Attempts.Tried attempt : attempts.tried()) {
                used += attempt.usage().totalInput() + attempt.usage().totalOutput();
                answered |= attempt.hasContent();
            }
        }
        return used > 0 || !answered ? used : stay.tokens();
    }

    private static GatewayException refused(Refusal refusal, long tokens) {
        String whose = refusal.whose() == Whose.KEY ? "This access key" : "The account of this access key";
        long seconds = Math.max(1, -Math.floorDiv(-refusal.waitNanos(), TimeUnit.SECONDS.toNanos(1)));
        return switch (refusal.limit()) {
            case REQUESTS ->
                GatewayException.until(
                        ErrorCode.RATE_LIMITED,
                        text(
                                "%s may make %,d requests a minute (requestsPerMinute), and has made them. Try again in %d s.",
                                whose, refusal.allowed(), seconds),
                        seconds);
            case TOKENS ->
                GatewayException.until(
                        ErrorCode.RATE_LIMITED,
                        text(
                                "%s may use %,d tokens a minute (tokensPerMinute), and the about %,d of this request are more"
                                        + " than is left. Try again in %d s.",
                                whose, refusal.allowed(), tokens, seconds),
                        seconds);
            case AT_ONCE ->
                GatewayException.until(
                        ErrorCode.RATE_LIMITED,
                        text(
                                "%s may have %,d requests running at once (concurrentRequests), and has. Try again when one of"
                                        + " them has ended.",
                                whose, refusal.allowed()),
                        1);
            case TOKENS_OF_ONE ->
                new GatewayException(
                        ErrorCode.INPUT_TOO_LARGE,
                        text(
                                "The input is about %,d tokens long, and %s may use %,d a minute (tokensPerMinute). Send less, or"
                                        + " ask whoever runs this gateway for more.",
                                tokens,
                                refusal.whose() == Whose.KEY ? "this access key" : "the account of this access key",
                                refusal.allowed()));
        };
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
