package dev.serai.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.error.GatewayError;
import dev.serai.gateway.ClientCall;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Leaves in the message what the {@code sandbox:} component sends. */
final class Replies {
    private static final SandboxErrors ERRORS = new SandboxErrors();

    private Replies() {}

    /** The call behind an exchange of the sandbox's routes, which all begin with one. */
    static ClientCall call(Exchange exchange) {
        return Objects.requireNonNull(ClientCall.of(exchange), "a sandbox route was entered from elsewhere");
    }

    static void answer(Exchange exchange, JsonNode body) {
        leave(exchange, 200, "application/json", Json.bytes(body));
    }

    static void stream(Exchange exchange, PacedStream stream) {
        leave(exchange, 200, "text/event-stream", stream);
        exchange.getMessage().setHeader("Cache-Control", "no-cache");
    }

    /** Answers with an error in the dialect of the call; no step after this one runs. */
    static void refuse(Exchange exchange, GatewayError error) {
        leave(
                exchange,
                error.status(),
                "application/json",
                ERRORS.body(call(exchange).dialect(), error));
        if (error.status() == 429) {
            exchange.getMessage().setHeader("Retry-After", "1");
        }
        exchange.setRouteStop(true);
    }

    private static void leave(Exchange exchange, int status, String contentType, Object body) {
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, contentType);
        message.setBody(body);
    }
}
