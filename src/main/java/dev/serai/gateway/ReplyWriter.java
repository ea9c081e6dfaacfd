package dev.serai.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/** Ends responses in the way that lets the client read them, whatever it is still sending. */
final class ReplyWriter {
    /** A client in the middle of sending gets this much longer to notice the answer before the connection closes. */
    private static final long LINGER_MILLIS = 2_000;

    /** And no more than this much is read and thrown away meanwhile. */
    private static final long LINGER_BYTES = 1 << 20;

    private ReplyWriter() {}

    /**
     * Writes the last (or only) bytes of a response. If the request was not read to its end, the rest is thrown away for a
     * moment and the connection closed: closing at once would reset it, and the client might never see the answer.
     *
     * @return done when the last byte is with the operating system; failed if the client is gone before
     */
    static Future<Void> endAndDiscardRest(HttpServerRequest request, Buffer bytes) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return Future.failedFuture("nobody is listening");
        }
        if (request.isEnded() || request.version() == HttpVersion.HTTP_2) {
            return response.end(bytes);
        }
        response.putHeader("connection", "close");
        long[] discarded = {0};
        request.exceptionHandler(gone -> {});
        request.endHandler(end -> {});
        request.handler(chunk -> {
            discarded[0] += chunk.length();
            if (discarded[0] > LINGER_BYTES) {
                request.connection().close();
            }
        });
        request.resume();
        Future<Void> written = response.end(bytes);
        Vertx.currentContext().owner().setTimer(LINGER_MILLIS, late -> {
            if (!request.isEnded()) {
                request.connection().close();
            }
        });
        return written;
    }
}
