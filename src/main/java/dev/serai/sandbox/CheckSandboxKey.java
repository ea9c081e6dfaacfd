package dev.serai.sandbox;

import dev.serai.access.Secret;
import dev.serai.error.GatewayError;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Lets nobody in without the sandbox's own key: a client's access key that came through is noticed here. */
final class CheckSandboxKey implements Processor {
    private static final String BEARER = "Bearer ";

    private final Secret key;

    CheckSandboxKey(Secret key) {
        this.key = key;
    }

    @Override
    public void process(Exchange exchange) {
        String sent = sentKey(exchange.getMessage());
        if (sent.isBlank() || !new Secret(sent).equals(key)) {
            String message = ScriptWriter.NOTICE + "it wants its own key, and was sent "
                    + (sent.isBlank() ? "none." : "another one.");
            String id = Replies.call(exchange).requestId();
            Replies.refuse(exchange, new GatewayError(401, "invalid_api_key", message, null, id));
        }
    }

    private static String sentKey(Message message) {
        String authorization = message.getHeader("Authorization", "", String.class);
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : message.getHeader("x-api-key", "", String.class);
    }
}
