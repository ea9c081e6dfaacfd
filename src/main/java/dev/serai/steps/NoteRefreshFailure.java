package dev.serai.steps;

import dev.serai.access.Secrets;
import dev.serai.config.ConfigurationException;
import dev.serai.refresh.ListException;
import dev.serai.refresh.ListRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log why a list of models could not be had; the next one is tried all the same. */
final class NoteRefreshFailure implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(NoteRefreshFailure.class);

    private final Secrets secrets;

    NoteRefreshFailure(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public void process(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Object list = exchange.getVariable(Variables.LIST);
        LOG.atWarn()
                .addKeyValue("list", list instanceof ListRequest request ? request.by() : "")
                .addKeyValue("reason", secrets.redact(reason(failure)))
                .log("list of models not used");
    }

    private static String reason(Throwable failure) {
        boolean isForPeople = failure instanceof ListException || failure instanceof ConfigurationException;
        return isForPeople ? String.valueOf(failure.getMessage()) : failure.toString();
    }
}
