package dev.serai.gateway;

import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One request of one client, from its head to the last byte of its answer. Reached from an exchange with {@link #of}. The state
 * changes on the request's event loop alone; what other threads may call says so.
 */
public final class ClientCall implements Caller {
    static final String PROPERTY = "SeraiClientCall";

    private final HttpServerRequest request;
    private final EventLoop loop;
    private final Listener listener;
    private final String dialect;
    private final RequestBody body;
    private final String requestId = RequestIds.next();
    private final long startNanos = System.nanoTime();
    private Object[] sent = {};
    private boolean ended;
    private volatile boolean gone;
    private @Nullable Runnable whenGone;

    ClientCall(
            HttpServerRequest request, EventLoop loop, Listener listener, GatewayComponent component, String dialect) {
        this.request = request;
        this.loop = loop;
        this.listener = listener;
        this.dialect = dialect;
        this.body = new RequestBody(request, component.options().maxBodyBytes());
    }

    /** The call that an exchange serves; null if the exchange did not come from {@code gateway:}. */
    public static @Nullable ClientCall of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, ClientCall.class);
    }

    HttpServerRequest request() {
        return request;
    }

    HttpConnection connection() {
        return request.connection();
    }

    /** The header values that the client sent, as the message holds them. */
    Object[] sent() {
        return sent;
    }

    void sent(Object[] values) {
        sent = values;
    }

    RequestBody requestBody() {
        return body;
    }

    /** The event loop that this call lives on. Any thread. */
    @Override
    public EventLoop loop() {
        return loop;
    }

    /** Serai's id of this request. Any thread. */
    public String requestId() {
        return requestId;
    }

    /** The id the client gave, if it gave one that can be echoed; otherwise Serai's own. Any thread. */
    public String clientRequestId() {
        String own = RequestIds.acceptable(request.getHeader("x-request-id"));
        return own == null ? requestId : own;
    }

    /** The dialect of the path that was called. Any thread. */
    public String dialect() {
        return dialect;
    }

    /** {@code GET}, {@code POST} and so on. Any thread. */
    public String method() {
        return request.method().name();
    }

    /** The path without the query. Any thread. */
    public String path() {
        String path = request.path();
        return path == null ? "" : path;
    }

    /** A parameter of the query; null if it is absent. Query parameters are read only here and never become headers. */
    public @Nullable String queryParameter(String name) {
        return request.query() == null ? null : request.getParam(name);
    }

    /** When the request's head arrived, by {@link System#nanoTime}. Any thread. */
    public long startNanos() {
        return startNanos;
    }

    /** The status that was sent to the client; 200 before any was. */
    public int status() {
        return request.response().getStatusCode();
    }

    /** Whether the client has left. Any thread. */
    public boolean isGone() {
        return gone;
    }

    /**
     * The request body, read now: nothing of it was taken from the network before, and a client that waits for {@code 100
     * Continue} gets it now. The stage completes on the event loop, or with a {@link GatewayException} ({@code body_too_large},
     * {@code request_timeout}) if the body cannot be had. Any thread; call it once.
     */
    public CompletableFuture<byte[]> readBody() {
        CompletableFuture<byte[]> read = new CompletableFuture<>();
        loop.run(() -> {
            listener.waitForBody(this);
            body.read((bytes, refusal) -> {
                listener.gotBody(this);
                if (refusal != null) {
                    read.completeExceptionally(refusal);
                } else {
                    read.complete(bytes);
                }
            });
        });
        return read;
    }

    void bodyTooSlow(long seconds) {
        body.fail(new GatewayException(
                ErrorCode.REQUEST_TIMEOUT, "The request body did not arrive within " + seconds + " s."));
    }

    @Override
    public void whenGone(Runnable action) {
        whenGone = action;
        if (gone) {
            runWhenGone();
        }
    }

    @Override
    public void clearWhenGone(Runnable action) {
        if (whenGone == action) {
            whenGone = null;
        }
    }

    void leave() {
        if (!gone) {
            gone = true;
            body.fail(new GatewayException(ErrorCode.BAD_REQUEST, "The client closed the connection."));
            runWhenGone();
        }
    }

    private void runWhenGone() {
        Runnable action = whenGone;
        whenGone = null;
        if (action != null) {
            action.run();
        }
    }

    /** Marks the call as ended; false if it was already. */
    boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    /** The last thing that happens to a call: its connection may serve another, or close. */
    void release() {
        listener.ended(this);
    }
}
