package dev.serai.steps;

import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplyContext;
import dev.serai.upstream.ReplyStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Tells the client in headers who answered, and at which attempt. Which request it was is told by {@code gateway:}. */
final class DescribeReply implements Processor {
    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Attempts attempts = exchange.getVariable(Variables.ATTEMPTS, Attempts.class);
        if (attempts != null && !attempts.tried().isEmpty()) {
            Attempts.Tried last = attempts.current();
            message.setHeader("x-serai-provider", last.candidate().provider().id());
            message.setHeader("x-serai-model", last.candidate().model());
            message.setHeader(
                    "x-serai-attempts", Integer.toString(attempts.tried().size()));
        }
        if (message.getBody() instanceof ReplyStream && isArray(exchange)) {
            message.setHeader("Content-Type", "application/json; charset=UTF-8");
        }
    }

    /** Whether the events that the provider sends are written as an array. */
    private static boolean isArray(Exchange exchange) {
        ModelRequest request = exchange.getVariable(Variables.REQUEST, ModelRequest.class);
        return request != null && request.framing() == ReplyContext.Framing.JSON_ARRAY;
    }
}
