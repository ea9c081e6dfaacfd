package dev.serai.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.error.GatewayException;
import dev.serai.gateway.ClientCall;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/** Reads and parses the request's body for a step that needs it. If either refuses it, the client is told why. */
final class ReadJson extends AsyncProcessorSupport {
    private final BiConsumer<Exchange, ObjectNode> step;

    /** @param step may throw {@link GatewayException}; runs on the call's event loop */
    ReadJson(BiConsumer<Exchange, ObjectNode> step) {
        this.step = step;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        ClientCall call = Replies.call(exchange);
        CompletableFuture<Void> unused = call.readBody()
                .thenAccept(body -> step.accept(exchange, Json.read(body)))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        fail(exchange, call, failure.getCause() == null ? failure : failure.getCause());
                    }
                    callback.done(false);
                });
        return false;
    }

    private static void fail(Exchange exchange, ClientCall call, Throwable failure) {
        if (failure instanceof GatewayException refusal) {
            Replies.refuse(exchange, refusal.toError(call.requestId()));
        } else {
            exchange.setException(failure);
        }
    }
}
