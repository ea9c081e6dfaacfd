package dev.serai.steps;

import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.RequestNeeds;
import dev.serai.dialect.Translator;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * About how many tokens the input of a request has, for whoever wants to know it later than {@code check-input}, or although nobody has
 * limits. Thread-safe.
 */
final class InputTokens {
    private static final int BYTES_PER_TOKEN = 4;

    private final Translator translator;

    InputTokens(Translator translator) {
        this.translator = translator;
    }

    /**
     * Works it out, unless it is known already. For an event loop: a large request is not read for it, and counts as a token for four bytes,
     * which for one that holds pictures is too much.
     */
    long of(Exchange exchange) {
        return of(Variables.request(exchange), exchange.getVariable(Variables.INPUT_TOKENS, Long.class));
    }

    /** @param known what {@code check-input} has found; null if it has not looked */
    long of(ModelRequest request, @Nullable Long known) {
        if (known != null) {
            return known;
        }
        if (!Workers.mayStay(request.body().size())) {
            return request.body().size() / BYTES_PER_TOKEN;
        }
        long text = new RequestNeeds(request.body(), RequestNeeds.Reader.NONE).tokensAbout();
        return Math.max(1, translator.inputTokens(request).orElse(text));
    }
}
