package dev.serai.gateway;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Who waits for what is done, and may leave before it is done. */
public interface Caller {
    /** The property of an exchange with somebody who waits in the place of the client. */
    String PROPERTY = "SeraiCaller";

    /** Who waits for this exchange; null if nobody can leave. */
    static @Nullable Caller of(Exchange exchange) {
        Caller other = exchange.getProperty(PROPERTY, Caller.class);
        return other == null ? ClientCall.of(exchange) : other;
    }

    /** The event loop to work on. Any thread. */
    EventLoop loop();

    /**
     * What to do when the caller leaves, such as closing the call to the provider; replaces what was set before. Runs once, on the event
     * loop; at once if the caller is gone already. Call it on the event loop.
     */
    void whenGone(Runnable action);

    /** Forgets the action if it is still the one that {@link #whenGone} was told last. Call it on the event loop. */
    void clearWhenGone(Runnable action);
}
