package dev.serai.steps;

import dev.serai.dialect.CodecException;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplyIdentity;
import dev.serai.dialect.Translatable;
import dev.serai.dialect.Translator;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.gateway.ClientCall;
import java.time.Clock;
import org.apache.camel.Exchange;

/** What is asked, decoded once for all candidates that speak another dialect than the client. */
final class Conversations {
    private final Translator translator;
    private final Clock clock;

    Conversations(Translator translator, Clock clock) {
        this.translator = translator;
        this.clock = clock;
    }

    /** @throws GatewayException {@code invalid_request_body} if it is no request of its dialect */
    Translatable of(Exchange exchange) {
        Translatable known = exchange.getVariable(Variables.ASKED, Translatable.class);
        if (known != null) {
            return known;
        }
        ModelRequest request = Variables.request(exchange);
        ClientCall call = ClientCall.of(exchange);
        String id = call == null ? exchange.getExchangeId() : call.requestId();
        try {
            Translatable asked = translator.decode(
                    request,
                    new ReplyIdentity(ReplyIdentity.idOf(id), clock.instant().getEpochSecond(), request.framing()));
            exchange.setVariable(Variables.ASKED, asked);
            return asked;
        } catch (CodecException e) {
            throw new GatewayException(
                    ErrorCode.INVALID_REQUEST_BODY,
                    "The request cannot be read for a provider that speaks another format: " + e.getMessage(),
                    e.path());
        }
    }
}
