package dev.serai.steps;

import dev.serai.gateway.ClientCall;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Tells the client in headers which request this was, who answered, and at which attempt. */
final class DescribeReply implements Processor {
    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        ClientCall call = ClientCall.of(exchange);
        if (call != null) {
            message.setHeader("x-request-id", call.clientRequestId());
            message.setHeader("x-serai-request-id", call.requestId());
        }
        Attempts attempts = exchange.getVariable(Variables.ATTEMPTS, Attempts.class);
        if (attempts != null && !attempts.tried().isEmpty()) {
            Attempts.Tried last = attempts.current();
            message.setHeader("x-serai-provider", last.candidate().provider().id());
            message.setHeader("x-serai-model", last.candidate().model());
            message.setHeader(
                    "x-serai-attempts", Integer.toString(attempts.tried().size()));
        }
    }
}
