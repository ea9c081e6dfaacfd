package dev.serai.gateway;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request that stands in the line for a place, its body not read. What becomes of it is decided once, by whoever comes first: a
 * place, the clock, the client that leaves, the end of the gateway. It happens on the request's event loop.
 */
final class Waiting {
    private final ClientCall call;
    private final GatewayConsumer consumer;
    private final Listener listener;
    private long timer;
    private final AtomicBoolean decided = new AtomicBoolean();

    Waiting(ClientCall call, GatewayConsumer consumer, Listener listener) {
        this.call = call;
        this.consumer = consumer;
        this.listener = listener;
    }

    ClientCall call() {
        return call;
    }

    GatewayConsumer consumer() {
        return consumer;
    }

    /** The clock that ends the wait. */
    long timer() {
        return timer;
    }

    void timer(long id) {
        timer = id;
    }

    /** Whether nobody had decided before. */
    boolean decide() {
        return decided.compareAndSet(false, true);
    }

    /** A place was taken for it. */
    void serve() {
        call.loop().run(() -> listener.called(this));
    }

    /** There will be no place. */
    void refuse() {
        call.loop().run(() -> listener.turnedAway(this));
    }
}
