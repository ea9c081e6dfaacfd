package dev.serai.gateway;

import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayError;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The server of one event loop: takes connections, finds the route of a request, refuses what no route may see. */
final class Listener extends AbstractVerticle {
    /** How often connections and slow bodies are looked over; the clocks they are held to are tens of seconds. */
    private static final long SWEEP_MILLIS = 1_000;

    private static final int BACKLOG = 8_192;
    private static final int MAX_STREAMS_PER_CONNECTION = 1_000;

    private final GatewayComponent component;
    private final int askedPort;
    private final Connections connections;
    private final Set<ClientCall> waitingForBody = new HashSet<>();
    private final AtomicInteger openCalls = new AtomicInteger();
    private volatile int port;
    private @Nullable EventLoop loop;

    Listener(GatewayComponent component, int port) {
        this.component = component;
        this.askedPort = port;
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
        http.invalidRequestHandler(this::refuseUnreadable);
        http.requestHandler(request -> route(request, here));
        vertx.setPeriodic(SWEEP_MILLIS, tick -> sweep());
        http.listen()
                .onSuccess(listening -> port = listening.actualPort())
                .<Void>mapEmpty()
                .onComplete(started);
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
        if (component.isDraining() || (consumers != null && consumers.isEmpty())) {
            refuse(request, ErrorCode.OVERLOADED, "This gateway is starting or stopping; try again in a moment.");
        } else if (consumers == null) {
            refuse(request, ErrorCode.NOT_FOUND, "There is nothing at " + printable(path) + "; see GET /v1/models.");
        } else {
            GatewayConsumer consumer = forMethod(consumers, request.method().name());
            if (consumer == null) {
                refuseMethod(request, consumers);
            } else if (request.method().equals(HttpMethod.POST)
                    && component.openCalls() >= component.options().maxRequests()) {
                refuse(
                        request,
                        ErrorCode.OVERLOADED,
                        "This gateway serves as many requests as it may (serai.max-requests); try again in a moment.");
            } else {
                serve(
                        new ClientCall(
                                request,
                                here,
                                this,
                                component,
                                consumer.getEndpoint().getDialect()),
                        consumer);
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

    private void serve(ClientCall call, GatewayConsumer consumer) {
        openCalls.incrementAndGet();
        connections.begin(call.connection());
        consumer.handle(call);
    }

    /** The call's last byte is written, or its client is gone. */
    void ended(ClientCall call) {
        openCalls.decrementAndGet();
        waitingForBody.remove(call);
        if (connections.end(call.connection()) && component.isDraining()) {
            call.connection().close();
        }
    }

    void waitForBody(ClientCall call) {
        waitingForBody.add(call);
    }

    void gotBody(ClientCall call) {
        waitingForBody.remove(call);
    }

    /** Closes what is held for nothing, and gives up on bodies that do not come. */
    private void sweep() {
        connections.sweep();
        long now = System.nanoTime();
        long bodyNanos = component.options().bodyTimeout().toNanos();
        for (ClientCall call : List.copyOf(waitingForBody)) {
            if (now - call.startNanos() > bodyNanos) {
                call.bodyTooSlow(TimeUnit.NANOSECONDS.toSeconds(bodyNanos));
            }
        }
    }

    /** Refuses new connections, closes those without a call; the others close when they are done. */
    void drain() {
        if (loop != null) {
            loop.run(connections::drain);
        }
    }

    private void refuseMethod(HttpServerRequest request, List<GatewayConsumer> consumers) {
        String allowed = String.join(
                ", ",
                consumers.stream()
                        .flatMap(consumer -> consumer.getEndpoint().getMethodSet().stream())
                        .sorted()
                        .toList());
        request.response().putHeader("allow", allowed);
        refuse(
                request,
                ErrorCode.METHOD_NOT_ALLOWED,
                printable(request.path()) + " takes " + allowed + ", not "
                        + request.method().name() + ".");
    }

    /** Vert.x hands over what Netty could not decode: too long a line, too many headers, or no HTTP at all. */
    private void refuseUnreadable(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        GatewayOptions options = component.options();
        if (cause instanceof TooLongHttpLineException) {
            refuse(request, ErrorCode.URL_TOO_LONG, "The URL is longer than " + options.maxUrlBytes() + " bytes.");
        } else if (cause instanceof TooLongHttpHeaderException) {
            refuse(
                    request,
                    ErrorCode.HEADERS_TOO_LARGE,
                    "The headers are larger than " + options.maxHeaderBytes() + " bytes in all.");
        } else {
            refuse(request, ErrorCode.BAD_REQUEST, "This is not a readable HTTP request.");
        }
    }

    private void refuse(HttpServerRequest request, ErrorCode code, String message) {
        String path = request.path();
        String dialect = component
                .errors()
                .guessDialect(path == null ? "" : path, request.headers().contains("anthropic-version"));
        String id = RequestIds.next();
        GatewayError error = new GatewayError(code.status(), code.code(), message, null, id);
        HttpServerResponse response = request.response();
        response.setStatusCode(code.status());
        response.putHeader("content-type", "application/json");
        RequestIds.tell(request, id);
        if (code == ErrorCode.OVERLOADED) {
            response.putHeader("retry-after", "1");
        }
        ReplyWriter.endAndDiscardRest(request, Buffer.buffer(component.errors().body(dialect, error)));
    }

    /** A path as it may be shown: no query (it can hold a key), no control characters, not endless. */
    private static String printable(@Nullable String path) {
        String shown = path == null ? "" : path.replaceAll("[^\\x21-\\x7e]", "?");
        return shown.length() <= 100 ? shown : shown.substring(0, 100) + "…";
    }
}
