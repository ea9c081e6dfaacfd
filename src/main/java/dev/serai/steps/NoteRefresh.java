package dev.serai.steps;

import dev.serai.refresh.Change;
import dev.serai.refresh.Outcome;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log what became of a list of models. */
final class NoteRefresh implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(NoteRefresh.class);

    @Override
    public void process(Exchange exchange) {
        for (Object outcome : exchange.getMessage().getBody(List.class)) {
            note((Outcome) outcome);
        }
    }

    private static void note(Outcome outcome) {
        if (outcome.isFailed()) {
            LOG.atWarn()
                    .addKeyValue("provider", outcome.provider())
                    .addKeyValue("reason", outcome.failure())
                    .log("list of models not used");
        } else if (outcome.isChanged()) {
            LOG.atInfo()
                    .addKeyValue("provider", outcome.provider())
                    .addKeyValue("added", outcome.count(Change.Kind.ADDED))
                    .addKeyValue("changed", outcome.count(Change.Kind.CHANGED))
                    .addKeyValue("removed", outcome.count(Change.Kind.REMOVED))
                    .addKeyValue("contradictions", outcome.count(Change.Kind.DIFFERS))
                    .log("overlay written");
        } else {
            LOG.atDebug().addKeyValue("provider", outcome.provider()).log("list of models says nothing new");
        }
    }
}
