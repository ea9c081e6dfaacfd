package dev.serai.gateway;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The server of one event loop: takes connections, finds the route of a request, refuses what no route may see. */
final class Listener extends AbstractVerticle {
    /** How often connections, slow bodies and silent streams are looked over; the clocks they are held to are tens of seconds. */
    private static final long SWEEP_MILLIS = 1_000;

    private static final int BACKLOG = 8_192;
    private static final int MAX_STREAMS_PER_CONNECTION = 1_000;

    private final GatewayComponent component;
    private final int askedPort;
    private final Connections connections;
    private final Set<ClientCall> waitingForBody = new HashSet<>();
    private final Set<ClientCall> keptAlive = new HashSet<>();
    private final AtomicInteger openCalls = new AtomicInteger();
    private final Refusals refusals;
    private Latency latency = new Latency();
    private volatile int port;
    private @Nullable EventLoop loop;

    Listener(GatewayComponent component, int port) {
        this.component = component;
        this.askedPort = port;
        this.refusals = new Refusals(component);
        this.connections = new Connections(component.options());
    }

    int port() {
        return port;
    }

    int openCalls() {
        return openCalls.get();
    }

    @Override
    public void start(Promise<Void> started) {
        EventLoop here = EventLoop.current(context);
        loop = here;
        HttpServer http = vertx.createHttpServer(serverOptions());
        http.connectionHandler(this::opened);
        http.invalidRequestHandler(refusals::unreadable);
        http.requestHandler(request -> route(request, here));
        vertx.setPeriodic(sweepMillis(), tick -> sweep());
        http.listen()
                .onSuccess(listening -> port = listening.actualPort())
                .<Void>mapEmpty()
                .onComplete(started);
    }

    /** Short keep-alives want a closer look. */
    private long sweepMillis() {
        long keepAlive = component.options().keepAlive().toMillis();
        return keepAlive == 0 ? SWEEP_MILLIS : Math.max(1, Math.min(SWEEP_MILLIS, keepAlive / 2));
    }

    private HttpServerOptions serverOptions() {
        GatewayOptions options = component.options();
        HttpServerOptions http = new HttpServerOptions()
                .setHost(options.host())
                .setPort(askedPort)
                .setAcceptBacklog(BACKLOG)
                .setTcpKeepAlive(true)
                .setHandle100ContinueAutomatically(false)
                // No web sockets here; what would compress them would look at every message.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setHttp2ClearTextEnabled(options.cleartextHttp2())
                .setMaxInitialLineLength(options.maxUrlBytes())
                .setMaxHeaderSize(options.maxHeaderBytes())
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(MAX_STREAMS_PER_CONNECTION)
                        .setMaxHeaderListSize(options.maxHeaderBytes()));
        GatewayOptions.Tls tls = options.tls();
        if (tls != null) {
            http.setSsl(true).setUseAlpn(true);
            http.setKeyCertOptions(new PemKeyCertOptions()
                    .setCertPath(tls.certificate().toString())
                    .setKeyPath(tls.key().toString()));
        }
        return http;
    }

    private void opened(HttpConnection connection) {
        if (component.isDraining()) {
            connection.close();
            return;
        }
        connections.add(connection);
    }

    private void route(HttpServerRequest request, EventLoop here) {
        String path = request.path();
        List<GatewayConsumer> consumers = component.paths().serving(path == null ? "" : path);
        if (component.isDraining() || !component.isUp() || (consumers != null && consumers.isEmpty())) {
            refusals.stopping(request);
        } else if (consumers == null) {
            refusals.notFound(request);
        } else {
            GatewayConsumer consumer = forMethod(consumers, request.method().name());
            if (consumer == null) {
                refusals.method(request, consumers);
            } else {
                String dialect = consumer.getEndpoint().getDialect();
                admit(new ClientCall(request, here, this, component, dialect), consumer);
            }
        }
    }

    private static @Nullable GatewayConsumer forMethod(List<GatewayConsumer> consumers, String method) {
        for (GatewayConsumer consumer : consumers) {
            if (consumer.getEndpoint().getMethodSet().contains(method)) {
                return consumer;
            }
        }
        return null;
    }

    /** Requests for models take a place, or wait for one; the others ask for little. */
    private void admit(ClientCall call, GatewayConsumer consumer) {
        connections.begin(call.connection());
        if (!call.request().method().equals(HttpMethod.POST)) {
            serve(call, consumer);
        } else if (component.admission().enter()) {
            call.takePlace(call.startNanos());
            serve(call, consumer);
        } else {
            line(new Waiting(call, consumer, this));
        }
    }

    private void serve(ClientCall call, GatewayConsumer consumer) {
        openCalls.incrementAndGet();
        consumer.handle(call);
    }

    private void line(Waiting one) {
        Admission admission = component.admission();
        HttpServerRequest request = one.call().request();
        request.pause();
        request.exceptionHandler(broken -> {}); // its end is told below
        request.response().closeHandler(left -> {
            if (admission.giveUp(one)) {
                vertx.cancelTimer(one.timer());
                leftAlone(one.call());
            }
        });
        one.timer(vertx.setTimer(component.options().load().longestWait().toMillis(), late -> {
            if (admission.giveUp(one)) {
                turnedAway(one);
            }
        }));
        if (!admission.join(one)) {
            turnedAway(one);
        }
    }

    /** There is a place for one of the line. Its client may have left in the meantime. */
    void called(Waiting one) {
        ClientCall call = one.call();
        vertx.cancelTimer(one.timer());
        call.takePlace(System.nanoTime());
        if (call.request().response().closed()) {
            component.admission().leave();
            leftAlone(call);
        } else {
            serve(call, one.consumer());
        }
    }

    /** There was no place for it in time, or will be none. */
    void turnedAway(Waiting one) {
        ClientCall call = one.call();
        vertx.cancelTimer(one.timer());
        component.admission().turnedAway();
        Future<Void> told = component.isDraining()
                ? refusals.stopping(call.request())
                : refusals.full(call.request(), call.requestId());
        told.onComplete(written -> leftAlone(call));
    }

    /** The call's last byte is written, or its client is gone. */
    void ended(ClientCall call) {
        openCalls.decrementAndGet();
        waitingForBody.remove(call);
        keptAlive.remove(call);
        if (call.hasPlace()) {
            component.admission().leave();
        }
        leftAlone(call);
    }

    private void leftAlone(ClientCall call) {
        if (connections.end(call.connection()) && component.isDraining()) {
            call.connection().close();
        }
    }

    /** The call's client has its answer from now on, or the begin of it. */
    void answered(ClientCall call) {
        Admission admission = component.admission();
        if (admission.isAdaptive() && call.hasPlace()) {
            latency.add(System.nanoTime() - call.servedNanos(), admission.served());
        }
    }

    void keepAlive(ClientCall call) {
        keptAlive.add(call);
    }

    void forget(ClientCall call) {
        keptAlive.remove(call);
    }

    void waitForBody(ClientCall call) {
        waitingForBody.add(call);
    }

    void gotBody(ClientCall call) {
        waitingForBody.remove(call);
    }

    /** Closes what is held for nothing, gives up on bodies that do not come, and gives signs of life. */
    private void sweep() {
        connections.sweep();
        long now = System.nanoTime();
        long bodyNanos = component.options().bodyTimeout().toNanos();
        for (ClientCall call : List.copyOf(waitingForBody)) {
            if (now - call.startNanos() > bodyNanos) {
                call.bodyTooSlow(TimeUnit.NANOSECONDS.toSeconds(bodyNanos));
            }
        }
        long silenceNanos = component.options().keepAlive().toNanos();
        for (ClientCall call : List.copyOf(keptAlive)) {
            KeepAlive keepAlive = call.keepAlive();
            if (keepAlive != null) {
                keepAlive.look(now, silenceNanos);
            }
        }
        component.admission().answered(latency);
        latency = new Latency();
    }

    /** Refuses new connections, closes those without a call; the others close when they are done. */
    void drain() {
        if (loop != null) {
            loop.run(connections::drain);
        }
    }
}
