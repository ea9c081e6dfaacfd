package dev.serai.steps;

import dev.serai.access.Allowance;
import dev.serai.dialect.Dialect;
import dev.serai.dialect.Dialects;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.RequestNeeds;
import dev.serai.dialect.Translator;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import java.util.Locale;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * Estimates how many tokens the input has, if that matters to anybody, and refuses what is too long before anything leaves. Large requests
 * are read elsewhere.
 */
final class CheckInput extends AsyncProcessorSupport {
    private final Dialects dialects;
    private final Translator translator;
    private final Workers workers;
    private final Allowance everyone;
    private final boolean alwaysCounts;

    /**
     * @param everyone     what the operator says of everybody
     * @param alwaysCounts whether somebody wants to know of every request, because it is paid for in advance
     */
    CheckInput(Dialects dialects, Translator translator, Workers workers, Allowance everyone, boolean alwaysCounts) {
        this.dialects = dialects;
        this.translator = translator;
        this.workers = workers;
        this.everyone = everyone;
        this.alwaysCounts = alwaysCounts;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Allowed allowed = Allowed.of(exchange, everyone);
        if (!alwaysCounts && !allowed.countsInput()) {
            callback.done(true);
            return true;
        }
        if (Workers.mayStay(Variables.request(exchange).body().size())) {
            check(exchange, allowed);
            callback.done(true);
            return true;
        }
        return workers.finish(exchange, callback, () -> {
            check(exchange, allowed);
            callback.done(false);
        });
    }

    private void check(Exchange exchange, Allowed allowed) {
        try {
            long tokens = estimate(exchange);
            exchange.setVariable(Variables.INPUT_TOKENS, tokens);
            if (tokens > allowed.maxInputTokens()) {
                exchange.setException(tooLarge(tokens, allowed));
            }
        } catch (RuntimeException e) {
            exchange.setException(e); // here: thrown on a worker, nobody would catch it
        }
    }

    /** Pictures and files are worth the trouble of reading the whole request; text alone is counted as it stands. */
    private long estimate(Exchange exchange) {
        ModelRequest request = Variables.request(exchange);
        Dialect dialect = dialects.get(request.dialect());
        RequestNeeds needs = new RequestNeeds(request.body(), dialect.needs());
        exchange.setVariable(Variables.NEEDS, needs);
        long text = needs.tokensAbout();
        long all = needs.inputs().isEmpty()
                ? text
                : translator.inputTokens(request).orElse(text);
        return Math.max(1, all);
    }

    private static GatewayException tooLarge(long tokens, Allowed allowed) {
        long most = allowed.maxInputTokens();
        String whose = most == allowed.key().maxInputTokens()
                ? "this access key sends"
                : most == allowed.account().maxInputTokens()
                        ? "the account of this access key sends"
                        : "this gateway takes";
        return new GatewayException(
                ErrorCode.INPUT_TOO_LARGE,
                String.format(
                        Locale.ROOT,
                        "The input is about %,d tokens long, and %s %,d at most (maxInputTokens). Send less, or ask whoever"
                                + " runs this gateway for more.",
                        tokens,
                        whose,
                        most));
    }
}
