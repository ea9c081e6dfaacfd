package dev.serai.steps;

import dev.serai.dialect.ModelRequest;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * Goes on elsewhere if what is to be translated is large: it would hold up every other request of the event loop. What follows may
 * run on either; {@code upstream:} and {@code gateway:} find back by themselves.
 */
final class LeaveEventLoop extends AsyncProcessorSupport {
    private static final int MAX_BYTES_ON_LOOP = 256 << 10;

    private final Executor workers;

    /** @param workers bounded; may refuse, which the client sees as {@code overloaded} */
    LeaveEventLoop(Executor workers) {
        this.workers = workers;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (!isTranslated(exchange) || size(exchange) <= MAX_BYTES_ON_LOOP) {
            callback.done(true);
            return true;
        }
        try {
            workers.execute(() -> callback.done(false));
            return false;
        } catch (RejectedExecutionException full) {
            exchange.setException(new GatewayException(
                    ErrorCode.OVERLOADED, "Too many large requests at once; try again in a moment."));
            callback.done(true);
            return true;
        }
    }

    private static boolean isTranslated(Exchange exchange) {
        ModelRequest request = Variables.request(exchange);
        return !Variables.attempts(exchange).current().candidate().dialect().equals(request.dialect());
    }

    /** Of the answer, once there is one; before, the body is still the client's request. */
    private static int size(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof byte[] answer
                ? answer.length
                : Variables.request(exchange).body().size();
    }
}
