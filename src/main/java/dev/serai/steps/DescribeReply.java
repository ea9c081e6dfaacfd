package dev.serai.steps;

import dev.serai.selection.DroppedModels;
import dev.serai.selection.Selection;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Tells the client in headers who answered, at which attempt, and which models were not even candidates. Which request it was is
 * told by {@code gateway:}.
 */
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
        Selection selection = exchange.getVariable(Variables.SELECTION, Selection.class);
        DroppedModels dropped = selection == null ? null : selection.dropped();
        if (dropped != null) {
            message.setHeader("x-serai-dropped-models", dropped.header());
        }
    }
}
