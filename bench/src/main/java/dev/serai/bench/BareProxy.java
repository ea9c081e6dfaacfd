package dev.serai.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;

/**
 * The yardstick: what a gateway cannot do without, written by hand on the same Vert.x. Server and pooled client on each
 * event loop, a limit for bodies, filtered headers, its own credential, a deadline for the answer, and an upstream call
 * that ends when the client leaves. No routes, no keys, no parsing, no metrics.
 *
 * <p>Usage: {@code BareProxy PORT UPSTREAM_PORT}; both on loopback.
 */
public final class BareProxy extends AbstractVerticle {
    /** More than any stage of the benchmark opens at once. */
    private static final int MAX_CONNECTIONS_PER_LOOP = 10_000;

    private static final int KEEP_ALIVE_SECONDS = 30;

    private final int port;
    private final int upstreamPort;

    BareProxy(int port, int upstreamPort) {
        this.port = port;
        this.upstreamPort = upstreamPort;
    }

    public static void main(String[] args) {
        int port = Integer.parseInt(args[0]);
        int upstreamPort = Integer.parseInt(args[1]);
        Servers.serve(() -> new BareProxy(port, upstreamPort));
    }

    @Override
    public void start(Promise<Void> started) {
        var client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setDefaultHost(Servers.LOOPBACK)
                        .setDefaultPort(upstreamPort)
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
                new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS_PER_LOOP));
        vertx.createHttpServer(new HttpServerOptions().setAcceptBacklog(Servers.ACCEPT_BACKLOG))
                .requestHandler(request -> {
                    if (request.path().equals(Servers.HEALTH)) {
                        request.response().end();
                    } else {
                        new ProxiedCall(vertx, client, request).start();
                    }
                })
                .listen(port, Servers.LOOPBACK)
                .<Void>mapEmpty()
                .onComplete(started);
    }
}
