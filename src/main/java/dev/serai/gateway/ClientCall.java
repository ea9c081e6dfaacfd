package dev.serai.gateway;

import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayError;
import dev.serai.error.GatewayException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One request of one client, from its head to the last byte of its answer. Reached from an exchange with {@link #of}. The state
 * changes on the request's event loop alone; what other threads may call says so.
 */
public final class ClientCall implements Caller {
    static final String PROPERTY = "SeraiClientCall";

    /** Between the elements of an array. */
    private static final byte[] BLANK = {'\n'};

    private final HttpServerRequest request;
    private final EventLoop loop;
    private final Listener listener;
    private final GatewayComponent component;
    private final String dialect;
    private final RequestBody body;
    private final String requestId = RequestIds.next();
    private final long startNanos = System.nanoTime();
    private Object[] sent = {};
    private boolean ended;
    private boolean hasPlace;
    private long servedNanos = startNanos;
    private volatile boolean gone;
    private volatile @Nullable GatewayError failure;
    private volatile int lateStatus;
    private @Nullable KeepAlive keepAlive;
    private @Nullable Runnable whenGone;

    ClientCall(
            HttpServerRequest request, EventLoop loop, Listener listener, GatewayComponent component, String dialect) {
        this.request = request;
        this.loop = loop;
        this.listener = listener;
        this.component = component;
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

    /** From now on it takes one of the places for requests that are served at once. */
    void takePlace(long nowNanos) {
        hasPlace = true;
        servedNanos = nowNanos;
    }

    boolean hasPlace() {
        return hasPlace;
    }

    /** When it was taken out of the line, or else came. */
    long servedNanos() {
        return servedNanos;
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

    /**
     * The status of the answer, 200 before there is any; of a failure that came too late to have one, because the client had been
     * kept waiting with signs of life, the status that it would have had.
     */
    public int status() {
        return lateStatus > 0 ? lateStatus : request.response().getStatusCode();
    }

    /** Its answer is known, and begins to be written. */
    void answered(int answeredStatus) {
        if (answeredStatus < ErrorCode.BAD_REQUEST.status() || answeredStatus == ErrorCode.TIMED_OUT.status()) {
            listener.answered(this); // a refusal is quick, and says nothing about how long answers take
        }
    }

    void failedLate(int status) {
        lateStatus = status;
    }

    /**
     * Says that the client awaits a stream: during a long silence it gets signs of life from now on. What the stream then writes at
     * a time must be whole events, because they may stand between any two writes. Call it on the event loop, once the request has
     * been read.
     */
    public void awaitStream(StreamForm form) {
        if (keepAlive == null && !component.options().keepAlive().isZero()) {
            Supplier<byte[]> words =
                    () -> form == StreamForm.ARRAY ? BLANK : component.words().keepAlive(dialect);
            keepAlive = new KeepAlive(request.response(), form, words, System.nanoTime());
            listener.keepAlive(this);
        }
    }

    /** Null if the client awaits no stream, or none of its signs of life any more. */
    @Nullable
    KeepAlive keepAlive() {
        return keepAlive;
    }

    /** Nothing is said any more but what the answer says. */
    void stopKeepAlive() {
        keepAlive = null;
        listener.forget(this);
    }

    /**
     * Tells why the request failed, for the case that the answer that says so has lost its status: the client then reads it as the
     * last event of a stream. Any thread.
     *
     * @param error without secrets
     */
    public void failed(GatewayError error) {
        failure = error;
    }

    @Nullable
    GatewayError failure() {
        return failure;
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
