package dev.serai.gateway;

import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Collects the body of one request, up to a limit, when it is asked for. On the request's event loop alone. */
final class RequestBody {
    /** Exactly one of the two is not null. */
    @FunctionalInterface
    interface Receiver {
        void accept(byte @Nullable [] body, @Nullable GatewayException refusal);
    }

    private static final byte[] EMPTY = {};

    private final HttpServerRequest request;
    private final int maxBytes;
    private @Nullable Buffer collected;
    private @Nullable Receiver receiver;
    private boolean settled;

    RequestBody(HttpServerRequest request, int maxBytes) {
        this.request = request;
        this.maxBytes = maxBytes;
    }

    /** If the route did not ask for the body in its first breath, the client has to wait with sending it. */
    void pauseUnlessAskedFor() {
        if (receiver == null
                && !settled
                && !request.isEnded()
                && !request.response().ended()) {
            request.pause();
        }
    }

    void read(Receiver whenRead) {
        if (receiver != null) {
            throw new IllegalStateException("the request body is read once");
        }
        receiver = whenRead;
        if (settled) {
            whenRead.accept(null, new GatewayException(ErrorCode.BAD_REQUEST, "The client closed the connection."));
        } else if (request.isEnded()) {
            settle(EMPTY, null);
        } else if (announcedLength() > maxBytes) {
            fail(tooLarge());
        } else {
            request.exceptionHandler(broken ->
                    fail(new GatewayException(ErrorCode.BAD_REQUEST, "The request body broke off before its end.")));
            request.handler(this::chunk);
            request.endHandler(end -> settle(collected == null ? EMPTY : collected.getBytes(), null));
            if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
                request.response().writeContinue();
            }
            request.resume();
        }
    }

    private void chunk(Buffer bytes) {
        if (settled) {
            return;
        }
        int size = (collected == null ? 0 : collected.length()) + bytes.length();
        if (size > maxBytes) {
            fail(tooLarge());
        } else if (collected == null) {
            collected = bytes;
        } else {
            collected.appendBuffer(bytes);
        }
    }

    void fail(GatewayException refusal) {
        settle(null, refusal);
    }

    private void settle(byte @Nullable [] body, @Nullable GatewayException refusal) {
        if (!settled) {
            settled = true;
            collected = null;
            if (receiver != null) {
                receiver.accept(body, refusal);
            }
        }
    }

    private long announcedLength() {
        String length = request.getHeader("content-length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    private GatewayException tooLarge() {
        return new GatewayException(
                ErrorCode.BODY_TOO_LARGE, "The request body is larger than the limit of " + maxBytes + " bytes.");
    }
}
