package dev.serai.steps;

import dev.serai.catalog.TokenKind;
import dev.serai.credits.Bill;
import dev.serai.credits.Expected;
import dev.serai.credits.Pricing;
import dev.serai.credits.Tariff;
import dev.serai.dialect.RequestNeeds;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.selection.Candidate;
import dev.serai.selection.KeySource;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.apache.camel.Exchange;

/** What a request may cost at most, before it is sent. */
record CostForecast(Exchange exchange, Metering metering, Tariff tariff) {
    /** Who sets a limit beyond this sets none. */
    private static final long MAX_OUTPUT_TOKENS = 10_000_000;

    /**
     * With the dearest candidate, in nano-dollars. Candidates whose price nobody knows are left out, if the account would have to pay it.
     *
     * @throws GatewayException if none is left
     */
    long nanos() {
        Instant now = metering.clock().instant();
        Attempts attempts = Variables.attempts(exchange);
        if (metering.refusesUnpriced()) {
            leaveOutUnpriced(attempts, now);
        }
        long input = Variables.require(exchange, Variables.INPUT_TOKENS, Long.class);
        long output = outputTokens();
        Set<TokenKind> kinds = kinds();
        String tier = Variables.request(exchange).body().string("service_tier");
        long most = 0;
        for (Candidate candidate : attempts.course().left()) {
            long answer = Expected.outputTokens(output, candidate.target().facts());
            Expected expected = new Expected(input, answer, kinds, tier);
            most = Math.max(most, Pricing.holdNanos(candidate, expected, now, tariff));
        }
        return most;
    }

    private RequestNeeds needs() {
        return Variables.require(exchange, Variables.NEEDS, RequestNeeds.class);
    }

    private long outputTokens() {
        long limit = needs().outputLimit();
        return limit == RequestNeeds.UNSAID ? metering.holdOutputTokens() : Math.min(limit, MAX_OUTPUT_TOKENS);
    }

    private Set<TokenKind> kinds() {
        Set<RequestNeeds.Input> inputs = needs().inputs();
        Set<TokenKind> kinds = EnumSet.noneOf(TokenKind.class);
        if (inputs.contains(RequestNeeds.Input.IMAGE)) {
            kinds.add(TokenKind.INPUT_IMAGE);
        }
        if (inputs.contains(RequestNeeds.Input.AUDIO)) {
            kinds.add(TokenKind.INPUT_AUDIO);
        }
        return kinds;
    }

    private void leaveOutUnpriced(Attempts attempts, Instant now) {
        Candidate first = attempts.course().left().iterator().next();
        attempts.course()
                .leaveOut(candidate -> candidate.source().kind() == KeySource.Kind.MANAGED
                        && Pricing.state(candidate, now, tariff) == Bill.State.UNKNOWN);
        if (!attempts.hasNext()) {
            throw new GatewayException(
                    ErrorCode.PRICE_UNKNOWN,
                    "Nobody has said what " + first.target().name() + " costs, so it cannot be paid for with credits."
                            + " Whoever runs this gateway can state its price in the provider's file, or allow it"
                            + " (serai.unknown-prices).");
        }
    }
}
