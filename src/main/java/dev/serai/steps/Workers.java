package dev.serai.steps;

import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** Where large bodies are read and translated: on an event loop they would hold up every other request. Thread-safe. */
final class Workers implements Executor {
    private static final int MAX_BYTES_ON_LOOP = 256 << 10;

    private final Executor threads;

    /** @param threads bounded; what they refuse, the client sees as {@code overloaded} */
    Workers(Executor threads) {
        this.threads = threads;
    }

    /** Whether work on so many bytes may stay on an event loop. */
    static boolean mayStay(long bytes) {
        return bytes <= MAX_BYTES_ON_LOOP;
    }

    /** @throws GatewayException {@code overloaded}, if too much is waiting */
    @Override
    public void execute(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException full) {
            throw new GatewayException(ErrorCode.OVERLOADED, "Too many large requests at once; try again in a moment.");
        }
    }

    /**
     * Has the rest of a step done here. If too much is waiting, the exchange fails instead, at once.
     *
     * @param task calls back when it is done
     * @return what the step returns
     */
    boolean finish(Exchange exchange, AsyncCallback callback, Runnable task) {
        try {
            execute(task);
            return false;
        } catch (GatewayException full) {
            exchange.setException(full);
            callback.done(true);
            return true;
        }
    }
}
