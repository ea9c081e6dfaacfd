package dev.serai.steps;

import dev.serai.dialect.ModelRequest;
import dev.serai.failover.Rescue;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * Goes on elsewhere if what is to be translated is large: it would hold up every other request of the event loop. What follows may
 * run on either; {@code upstream:} and {@code gateway:} find back by themselves.
 */
final class LeaveEventLoop extends AsyncProcessorSupport {
    private final Workers workers;

    LeaveEventLoop(Workers workers) {
        this.workers = workers;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (!isTranslated(exchange) || Workers.mayStay(size(exchange))) {
            callback.done(true);
            return true;
        }
        return workers.finish(exchange, callback, () -> callback.done(false));
    }

    private static boolean isTranslated(Exchange exchange) {
        ModelRequest request = Variables.request(exchange);
        return Variables.attempts(exchange).course().rescue() == Rescue.CONTINUE
                || !Variables.attempt(exchange).candidate().dialect().equals(request.dialect());
    }

    /** Of the answer, once there is one; before, the body is still the client's request. */
    private static int size(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof byte[] answer
                ? answer.length
                : Variables.request(exchange).body().size();
    }
}
