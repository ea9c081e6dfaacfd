package dev.serai.gateway;

import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayError;
import io.vertx.core.buffer.Buffer;
import org.apache.camel.Message;

/**
 * An answer whose head has gone out before it, with a sign of life: that of a stream which is a success. It is the body of one, or
 * it is a failure that has no status any more. On the call's event loop.
 */
final class LateAnswer {
    private static final int HIGHEST_STATUS = 599;

    private LateAnswer() {}

    /** Whether the head that went out is the head of this answer too. */
    static boolean mayFollow(ClientCall call, Message message, int status) {
        KeepAlive keepAlive = call.keepAlive();
        return isSuccess(status)
                && keepAlive != null
                && keepAlive.form().takes(message.getHeader("Content-Type", String.class));
    }

    /** What the routes told of the failure; otherwise what can be said of their answer. */
    static GatewayError failure(ClientCall call, int status) {
        GatewayError told = call.failure();
        if (told != null && !isSuccess(status)) {
            return told;
        }
        String code = ErrorCode.PROVIDER_FAILED.code();
        return isSuccess(status)
                ? new GatewayError(
                        ErrorCode.PROVIDER_FAILED.status(),
                        code,
                        "The answer is no stream, and came when its client had been told to expect one.",
                        null,
                        call.requestId())
                : new GatewayError(
                        Math.min(status, HIGHEST_STATUS),
                        code,
                        "The answer has the status " + status + ".",
                        null,
                        call.requestId());
    }

    private static boolean isSuccess(int status) {
        return status < ErrorCode.BAD_REQUEST.status();
    }

    /** The failure as all that the client gets of the stream. */
    static Buffer lastEvent(ClientCall call, GatewayError error, OwnWords words) {
        KeepAlive keepAlive = call.keepAlive();
        return keepAlive != null && keepAlive.form() == StreamForm.ARRAY
                ? Buffer.buffer("[")
                        .appendBytes(words.body(call.dialect(), error))
                        .appendString("]")
                : Buffer.buffer(words.event(call.dialect(), error));
    }
}
