package dev.serai.steps;

import dev.serai.access.Credential;
import dev.serai.refresh.ListRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Turns a {@link ListRequest} into the request that {@code camel-http} sends, and keeps it for the step that reads the answer. */
final class AddressList implements Processor {
    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        ListRequest request = message.getBody(ListRequest.class);
        if (request == null) {
            throw new IllegalStateException("the body is no request for a list of models");
        }
        exchange.setVariable(Variables.LIST, request);
        message.removeHeaders("*");
        request.headers().forEach(message::setHeader);
        message.setHeader("Accept", "application/json");
        if (request.credential() instanceof Credential.Header key) {
            message.setHeader(key.header(), key.prefix() + key.value().reveal());
        }
        message.setHeader(Exchange.HTTP_METHOD, "GET");
        message.setHeader(Exchange.HTTP_URI, request.url().toString());
        message.setBody(null);
    }
}
