package dev.serai.upstream.media;

import dev.serai.dialect.MediaUrl;
import dev.serai.gateway.Caller;
import dev.serai.gateway.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what requests name by URL, without ever blocking: names are resolved on threads of their own, everything else happens on the
 * request's event loop. Each address is checked before it is connected to, and it is that address which is connected to: a name that
 * resolves to another one a moment later leads nowhere else. No connection is used twice.
 */
public final class MediaFetcher {
    private static final int NAME_THREADS = 4;
    private static final int MAX_CONNECTIONS = 64;
    private static final int MAX_WAITING = 256;
    private static final int MAX_HEADER_BYTES = 16 << 10;
    private static final int CONNECT_MILLIS = 5_000;
    /** So many requests may fetch as much as they may at the same time. */
    private static final int FULL_REQUESTS = 4;

    /** Resolves a name; may block. */
    @FunctionalInterface
    interface Names {
        InetAddress[] of(String host) throws Exception;
    }

    private final MediaOptions options;
    private final Names names;
    private final String userAgent;
    private final Vertx vertx;
    private final WorkerExecutor nameThreads;
    private final HttpClient client;
    private final AtomicLong bytesLeft;

    /**
     * @param vertx     closed by whoever made it, and this with it
     * @param userAgent what Serai says of itself to the servers
     */
    public MediaFetcher(Vertx vertx, MediaOptions options, String userAgent) {
        this(vertx, options, userAgent, InetAddress::getAllByName);
    }

    MediaFetcher(Vertx vertx, MediaOptions options, String userAgent, Names names) {
        this.options = options;
        this.names = names;
        this.userAgent = userAgent;
        this.vertx = vertx;
        this.nameThreads = vertx.createSharedWorkerExecutor("serai-names", NAME_THREADS);
        this.client = vertx.createHttpClient(client(options));
        this.bytesLeft = new AtomicLong((long) FULL_REQUESTS * options.maxBytes());
    }

    private static HttpClientOptions client(MediaOptions options) {
        HttpClientOptions http = new HttpClientOptions()
                .setKeepAlive(false)
                .setVerifyHost(true)
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxPoolSize(MAX_CONNECTIONS)
                .setMaxWaitQueueSize(MAX_WAITING)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_HEADER_BYTES);
        if (options.trustPem() != null) {
            http.setTrustOptions(
                    new PemTrustOptions().addCertPath(options.trustPem().toString()));
        }
        return http;
    }

    public boolean isEnabled() {
        return options.enabled();
    }

    /**
     * Fetches all of them, or tells the first failure. {@code done} is called once, on an event loop: that of the call if there is one.
     *
     * @param call the client's, who may leave meanwhile; null for a request from elsewhere in an application
     */
    public void fetch(List<MediaUrl> urls, @Nullable Caller caller, MediaListener done) {
        EventLoop loop = caller == null ? null : caller.loop();
        if (loop == null) {
            Context context = vertx.getOrCreateContext();
            context.runOnContext(ignored -> new MediaRequest(this, caller, done).start(urls));
        } else {
            loop.run(() -> new MediaRequest(this, caller, done).start(urls));
        }
    }

    MediaOptions options() {
        return options;
    }

    Vertx vertx() {
        return vertx;
    }

    HttpClient client() {
        return client;
    }

    String userAgent() {
        return userAgent;
    }

    /** @param over asked on another thread, when a name's turn comes: whether nobody wants to know any more */
    Future<InetAddress[]> resolve(String host, BooleanSupplier over) {
        return nameThreads.executeBlocking(() -> over.getAsBoolean() ? new InetAddress[0] : names.of(host), false);
    }

    /** Takes room for bytes that have come; false if all requests together hold too much already. Whoever took it gives it back. */
    boolean reserve(long bytes) {
        if (bytesLeft.addAndGet(-bytes) >= 0) {
            return true;
        }
        bytesLeft.addAndGet(bytes);
        return false;
    }

    void release(long bytes) {
        bytesLeft.addAndGet(bytes);
    }
}
