package dev.serai.steps;

import dev.serai.access.Credential;
import dev.serai.selection.Candidate;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Puts the candidate's credential, and the headers its provider's file asks for, into the message. In Java, not in YAML, so that a
 * secret is never part of a route's text.
 */
final class AttachCredential implements Processor {
    @Override
    public void process(Exchange exchange) {
        Candidate candidate = Variables.attempt(exchange).candidate();
        Message message = exchange.getMessage();
        candidate.provider().headers().forEach((name, value) -> {
            if (message.getHeader(name) == null) {
                message.setHeader(name, value);
            }
        });
        if (candidate.credential() instanceof Credential.Header header) {
            message.setHeader(header.header(), header.prefix() + header.value().reveal());
        }
    }
}
