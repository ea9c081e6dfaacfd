package dev.serai.gateway;

import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.streams.ReadStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a route for each request and writes what the route leaves: a body of {@code byte[]}, {@link Buffer} or text, or a paused
 * {@link ReadStream} of buffers, which is written as it comes, no faster than the client reads. The exchange is done (its
 * completions run) when the last byte is written or the client is gone, not when the route returns.
 */
public final class GatewayConsumer extends DefaultConsumer implements ShutdownAware {
    /** The variable that tells the routes which dialect the client speaks. */
    public static final String DIALECT_VARIABLE = "dialect";

    private static final int OK = 200;

    /** RFC 9113, 7. */
    private static final long INTERNAL_ERROR = 2;

    private static final Logger LOG = LoggerFactory.getLogger(GatewayConsumer.class);

    private final GatewayComponent component;
    private final AtomicInteger open = new AtomicInteger();

    GatewayConsumer(GatewayEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.component = (GatewayComponent) endpoint.getComponent();
    }

    @Override
    public GatewayEndpoint getEndpoint() {
        return (GatewayEndpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        component.register(this);
    }

    @Override
    protected void doStop() throws Exception {
        component.unregister(this);
        super.doStop();
    }

    /** Called on the event loop of the call. */
    void handle(ClientCall call) {
        open.incrementAndGet();
        Exchange exchange = createExchange(false);
        exchange.setPattern(ExchangePattern.InOnly);
        exchange.setProperty(ClientCall.PROPERTY, call);
        exchange.setVariable(DIALECT_VARIABLE, call.dialect());
        call.sent(RequestHeaders.copy(call.request().headers(), exchange.getMessage()));
        RequestIds.tell(call.request(), call.requestId());
        HttpServerResponse response = call.request().response();
        response.closeHandler(closed -> {
            if (!response.ended()) { // otherwise it is the end of an HTTP/2 stream, or the last write tells
                call.leave();
            }
        });
        try {
            createUoW(exchange);
        } catch (Exception e) {
            exchange.setException(e);
            write(call, exchange);
            return;
        }
        getAsyncProcessor().process(exchange, doneSync -> call.loop().run(() -> write(call, exchange)));
        call.requestBody().pauseUnlessAskedFor();
    }

    private void write(ClientCall call, Exchange exchange) {
        HttpServerResponse response = call.request().response();
        if (response.closed()) {
            call.leave();
            finish(call, exchange);
            return;
        }
        Exception failure = exchange.getException();
        if (failure != null) {
            LOG.atError()
                    .setCause(failure)
                    .addKeyValue("request_id", call.requestId())
                    .log("A route failed and did not answer");
            writeFailure(call, exchange);
            return;
        }
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, OK, Integer.class);
        call.answered(status);
        if (!response.headWritten()) {
            writeHead(call, message, status);
        } else if (!LateAnswer.mayFollow(call, message, status)) {
            writeLateFailure(call, exchange, LateAnswer.failure(call, status));
            return;
        }
        if (message.getBody() instanceof ReadStream<?> stream) {
            writeStream(call, exchange, buffers(stream));
        } else {
            writeWhole(call, exchange, bytes(exchange));
        }
    }

    private void writeHead(ClientCall call, Message message, int status) {
        HttpServerResponse response = call.request().response();
        response.setStatusCode(status);
        RequestHeaders.writeReply(message, response, call.sent());
        if (component.isDraining() && call.request().version() != HttpVersion.HTTP_2) {
            response.putHeader("connection", "close");
        }
    }

    private void writeLateFailure(ClientCall call, Exchange exchange, GatewayError error) {
        call.failedLate(error.status());
        writeLast(call, exchange, LateAnswer.lastEvent(call, error, component.words()));
    }

    /** The last resort: the routes answer their own failures, so this is a bug of theirs or ours. */
    private void writeFailure(ClientCall call, Exchange exchange) {
        HttpServerResponse response = call.request().response();
        if (response.headWritten()) {
            writeLateFailure(call, exchange, internalError(call));
            return;
        }
        response.headers().clear();
        response.setStatusCode(ErrorCode.INTERNAL_ERROR.status());
        response.putHeader("content-type", "application/json");
        RequestIds.tell(call.request(), call.requestId());
        writeWhole(call, exchange, Buffer.buffer(component.words().body(call.dialect(), internalError(call))));
    }

    private static GatewayError internalError(ClientCall call) {
        String message = "Serai failed to answer; the log says why under the request id " + call.requestId() + ".";
        return new GatewayError(500, ErrorCode.INTERNAL_ERROR.code(), message, null, call.requestId());
    }

    private void writeWhole(ClientCall call, Exchange exchange, Buffer bytes) {
        ReplyWriter.endAndDiscardRest(call.request(), bytes).onComplete(written -> {
            if (written.failed()) {
                call.leave();
            }
            finish(call, exchange);
        });
    }

    private void writeStream(ClientCall call, Exchange exchange, ReadStream<Buffer> stream) {
        HttpServerRequest request = call.request();
        HttpServerResponse response = request.response();
        if (!response.headWritten()) {
            response.setChunked(true);
        }
        stream.pipe().endOnFailure(false).to(response).onComplete(piped -> {
            if (piped.succeeded()) {
                finish(call, exchange);
            } else if (response.ended() || response.closed()) {
                call.leave();
                finish(call, exchange);
            } else {
                breakOff(call, exchange, piped.cause());
            }
        });
    }

    /**
     * A stream that broke ends with an error the client can read, and without a clean end that it could mistake for success. If
     * it was the client's connection that broke, this is where it shows.
     */
    private void breakOff(ClientCall call, Exchange exchange, Throwable cause) {
        HttpServerResponse response = call.request().response();
        boolean sse = isEventStream(response.headers().get("content-type"));
        Buffer last = Buffer.buffer();
        Optional<GatewayError> error = cause instanceof StreamFailure failure
                ? failure.toError(call.requestId())
                : Optional.of(internalError(call));
        error.ifPresent(told -> last.appendBytes(
                sse
                        ? component.words().event(call.dialect(), told)
                        : component.words().element(call.dialect(), told)));
        writeLast(call, exchange, last);
    }

    private void writeLast(ClientCall call, Exchange exchange, Buffer last) {
        call.stopKeepAlive();
        call.request().response().write(last).onComplete(written -> {
            if (written.failed()) {
                call.leave();
            }
            finish(call, exchange); // before the cut, which looks like a client that leaves
            cut(call);
        });
    }

    /** Nothing said counts as one: a stream of JSON always says that it is. */
    private static boolean isEventStream(@Nullable String contentType) {
        return contentType == null || !contentType.startsWith("application/json");
    }

    private static void cut(ClientCall call) {
        if (call.request().version() == HttpVersion.HTTP_2) {
            call.request().response().reset(INTERNAL_ERROR);
        } else {
            call.connection().close();
        }
    }

    private void finish(ClientCall call, Exchange exchange) {
        if (!call.end()) {
            return;
        }
        component.observer().ended(call, exchange);
        open.decrementAndGet();
        call.release();
        doneUoW(exchange);
        releaseExchange(exchange, false);
    }

    @SuppressWarnings("unchecked") // the contract of this component: streams are of buffers
    private static ReadStream<Buffer> buffers(ReadStream<?> stream) {
        return (ReadStream<Buffer>) stream;
    }

    private static Buffer bytes(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof Buffer buffer) {
            return buffer;
        }
        byte[] bytes = body == null ? null : exchange.getMessage().getBody(byte[].class);
        return bytes == null ? Buffer.buffer() : Buffer.buffer(bytes);
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        return false;
    }

    @Override
    public int getPendingExchangesSize() {
        return open.get();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // nothing to prepare: stopping the consumer stops the intake
    }
}
