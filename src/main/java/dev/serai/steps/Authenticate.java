package dev.serai.steps;

import dev.serai.access.AccessKey;
import dev.serai.access.PresentedKey;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.gateway.ClientCall;
import dev.serai.permit.StoreFreshness;
import dev.serai.reload.Snapshot;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Finds the access key that the client presents, checks it, and takes it out of the message: nothing behind this step sees it. */
final class Authenticate implements Processor {
    private static final String[] KEY_HEADERS = {"Authorization", "x-api-key", "x-goog-api-key"};

    private final Supplier<Snapshot> current;
    private final StoreFreshness freshness;
    private final Clock clock;

    Authenticate(Supplier<Snapshot> current, StoreFreshness freshness, Clock clock) {
        this.current = current;
        this.freshness = freshness;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        ClientCall call = ClientCall.of(exchange);
        String token = PresentedKey.pick(
                message.getHeader("Authorization", String.class),
                message.getHeader("x-api-key", String.class),
                message.getHeader("x-goog-api-key", String.class),
                call == null ? null : call.queryParameter("key"));
        for (String header : KEY_HEADERS) {
            message.removeHeader(header);
        }
        Snapshot snapshot = current.get();
        Instant now = clock.instant();
        AccessKey key = snapshot.keys().authenticate(token, now);
        if (key.origin() == AccessKey.Origin.STORE) {
            if (freshness.isTooOld()) {
                throw new GatewayException(
                        ErrorCode.STORE_UNAVAILABLE,
                        "Whether this access key is still good cannot be told: the store has been away for too long."
                                + " Try again later.");
            }
            freshness.uses(key, now);
        }
        exchange.setVariable(Variables.ACCESS_KEY, key);
        exchange.setVariable(Variables.PERMIT, snapshot.permit(key));
    }
}
