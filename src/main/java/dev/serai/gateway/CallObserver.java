package dev.serai.gateway;

import org.apache.camel.Exchange;

/** Told once of every request that a route served, when its last byte is written or its client is gone. */
@FunctionalInterface
public interface CallObserver {
    CallObserver NONE = (call, exchange) -> {};

    /** Called on the request's event loop; must not block. */
    void ended(ClientCall call, Exchange exchange);
}
