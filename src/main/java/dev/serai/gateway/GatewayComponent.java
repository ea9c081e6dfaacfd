package dev.serai.gateway;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * The {@code gateway:} component: one HTTP server whose every path is a route. Each event loop has its own listener on the same
 * port; a request is served on the loop that accepted its connection, without any other thread.
 *
 * <p>The port opens when the component starts. It closes to new connections as soon as the first route is stopped; connections
 * that are open then finish what they are at, and the component's own stop closes the rest.
 */
public final class GatewayComponent extends DefaultComponent {
    /**
     * A negative port is Vert.x's way to say "any free one, the same for all instances" of whoever says the same number. Two
     * components that said the same would share a port, and each would get requests of the other.
     */
    private static final AtomicInteger FREE_PORTS = new AtomicInteger();

    /** How often an adaptive limit is thought over. */
    private static final long ADJUST_MILLIS = 1_000;

    private final Vertx vertx;
    private final GatewayOptions options;
    private final OwnWords words;
    private final CallObserver observer;
    private final Admission admission;
    private final Paths paths = new Paths();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile String deployment = "";
    private long adjusting;
    private volatile boolean draining;
    private volatile boolean up;

    /** @param vertx closed by whoever made it, never by this component */
    public GatewayComponent(Vertx vertx, GatewayOptions options, OwnWords words, CallObserver observer) {
        this.vertx = vertx;
        this.options = options;
        this.words = words;
        this.admission = new Admission(options.load());
        this.observer = observer;
    }

    /** The port that is really listened on; of use where 0 was asked for. */
    public int port() {
        return listeners.isEmpty() ? 0 : listeners.get(0).port();
    }

    GatewayOptions options() {
        return options;
    }

    OwnWords words() {
        return words;
    }

    CallObserver observer() {
        return observer;
    }

    Admission admission() {
        return admission;
    }

    /** How full it is, for meters. */
    public Load load() {
        return admission;
    }

    Paths paths() {
        return paths;
    }

    boolean isDraining() {
        return draining;
    }

    /** Whether all routes have been started: one that has may call one that has not. */
    boolean isUp() {
        if (!up) {
            CamelContext context = getCamelContext(); // none, if the port was wanted early
            up = context != null && context.isStarted();
        }
        return up;
    }

    /** How many requests are being served. */
    public int openCalls() {
        int open = 0;
        for (Listener listener : listeners) {
            open += listener.openCalls();
        }
        return open;
    }

    void register(GatewayConsumer consumer) {
        paths.add(consumer);
    }

    /** The first route to stop says that the whole gateway stops: refuse new connections from now on. */
    void unregister(GatewayConsumer consumer) {
        paths.remove(consumer);
        if (getCamelContext().isStopping() && !draining) {
            draining = true;
            admission.refuseLine();
            listeners.forEach(Listener::drain);
        }
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        GatewayEndpoint endpoint = new GatewayEndpoint(uri, this, remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        listen();
    }

    /**
     * Opens the port, if it is not open yet. Starting the component does so; to call this before is of use where the port is
     * "any free one" and must be known early. Until the routes start, requests are told to come back.
     *
     * @return the port
     * @throws IllegalStateException if the port cannot be had
     */
    public synchronized int listen() throws Exception {
        if (deployment.isEmpty()) {
            draining = false;
            int port = options.port() == 0 ? FREE_PORTS.decrementAndGet() : options.port();
            DeploymentOptions instances = new DeploymentOptions().setInstances(options.eventLoops());
            deployment = await(vertx.deployVerticle(() -> listener(port), instances));
            adjusting = vertx.setPeriodic(ADJUST_MILLIS, tick -> admission.adjust());
        }
        return port();
    }

    private Listener listener(int port) {
        Listener listener = new Listener(this, port);
        listeners.add(listener);
        return listener;
    }

    @Override
    protected void doStop() throws Exception {
        if (!deployment.isEmpty()) {
            vertx.cancelTimer(adjusting);
            await(vertx.undeploy(deployment));
            deployment = "";
            listeners.clear();
        }
        super.doStop();
    }

    private <T> T await(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(
                    "cannot listen on " + options.host() + ":" + options.port() + ": " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer from the event loops within 10 s", e);
        }
    }
}
