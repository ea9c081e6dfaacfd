package dev.serai.upstream;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemTrustOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * The {@code upstream:} component: sends one request to one provider without ever blocking. Each event loop has its own pools,
 * so that a connection and the request it serves never leave their thread.
 */
public final class UpstreamComponent extends DefaultComponent {
    /**
     * Until a connection's handshake is over, the pool counts it as HTTP/2, so this is also how large a crowd a provider without
     * open connections can meet; who comes later waits, and may wait to the attempt's deadline.
     */
    private static final int MAX_HTTP2_CONNECTIONS = 1_024;

    private final Vertx vertx;
    private final UpstreamOptions options;
    private final Context ownLoop;
    private final Map<Context, Clients> clients = new ConcurrentHashMap<>();

    /** What one event loop has of its own. HTTP/2 is agreed on inside TLS; without TLS it is HTTP/1.1. */
    private record Clients(HttpClient plain, HttpClient tls, Deadlines deadlines) {}

    /** @param vertx closed by whoever made it, never by this component */
    public UpstreamComponent(Vertx vertx, UpstreamOptions options) {
        this.vertx = vertx;
        this.options = options;
        this.ownLoop = vertx.getOrCreateContext();
    }

    /** For calls without a client: one for all of them, or every calling thread would bring pools of its own. */
    Context ownLoop() {
        return ownLoop;
    }

    UpstreamOptions options() {
        return options;
    }

    /** The pool for a scheme on an event loop. */
    HttpClient client(Context loop, boolean tls) {
        Clients pools = of(loop);
        return tls ? pools.tls() : pools.plain();
    }

    /** The deadlines of an event loop. */
    Deadlines deadlines(Context loop) {
        return of(loop).deadlines();
    }

    private Clients of(Context loop) {
        Clients known = clients.get(loop);
        return known != null
                ? known
                : clients.computeIfAbsent(loop, key -> new Clients(plainClient(), tlsClient(), new Deadlines(vertx)));
    }

    private HttpClient plainClient() {
        return vertx.createHttpClient(common());
    }

    private HttpClient tlsClient() {
        HttpClientOptions http = common().setSsl(true)
                .setVerifyHost(true)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2MaxPoolSize(MAX_HTTP2_CONNECTIONS)
                // Until the first connections know which HTTP they speak, a crowd has to wait; its attempts' deadlines
                // run.
                .setMaxWaitQueueSize(options.maxConnections())
                .setSslHandshakeTimeout(options.connectTimeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        if (options.trustPem() != null) {
            http.setTrustOptions(
                    new PemTrustOptions().addCertPath(options.trustPem().toString()));
        }
        return vertx.createHttpClient(http);
    }

    private HttpClientOptions common() {
        return new HttpClientOptions()
                .setConnectTimeout((int) options.connectTimeout().toMillis())
                .setKeepAliveTimeout((int) options.idleConnection().toSeconds())
                .setHttp2KeepAliveTimeout((int) options.idleConnection().toSeconds())
                .setMaxPoolSize(options.maxConnections())
                .setMaxWaitQueueSize(0)
                .setMaxHeaderSize(options.maxHeaderBytes())
                .setMaxInitialLineLength(options.maxHeaderBytes())
                .setDecompressionSupported(true);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        UpstreamEndpoint endpoint = new UpstreamEndpoint(uri, this);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    protected void doStop() throws Exception {
        for (Clients pools : clients.values()) {
            pools.plain().close();
            pools.tls().close();
        }
        clients.clear();
        super.doStop();
    }
}
