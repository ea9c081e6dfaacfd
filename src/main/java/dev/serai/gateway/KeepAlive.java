package dev.serai.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Supplier;

/**
 * The signs of life that one client gets while the stream that it awaits is silent. The first of them takes the head of the answer
 * with it: from then on a failure has no status any more. Looks at how much was written now and then, so that writing costs nothing
 * more. On the call's event loop alone.
 */
final class KeepAlive {
    private static final int OK = 200;

    private final HttpServerResponse response;
    private final StreamForm form;
    private final Supplier<byte[]> words;
    private long bytes;
    private long quietSince;

    /** @param words what says nothing in this form: between its events, before the first and behind the last */
    KeepAlive(HttpServerResponse response, StreamForm form, Supplier<byte[]> words, long nowNanos) {
        this.response = response;
        this.form = form;
        this.words = words;
        this.quietSince = nowNanos;
    }

    StreamForm form() {
        return form;
    }

    /** Says something if nothing was said for so long, and the client reads. */
    void look(long nowNanos, long silenceNanos) {
        if (response.ended() || response.closed()) {
            return;
        }
        long now = response.bytesWritten();
        if (now != bytes || response.writeQueueFull()) {
            bytes = now;
            quietSince = nowNanos; // whoever has not read what there is, is not kept waiting
        } else if (nowNanos - quietSince >= silenceNanos) {
            say();
            bytes = response.bytesWritten();
            quietSince = nowNanos;
        }
    }

    private void say() {
        if (!response.headWritten()) {
            response.setStatusCode(OK);
            response.putHeader("content-type", form.contentType());
            response.setChunked(true);
        }
        response.write(Buffer.buffer(words.get())); // if the client is gone, its connection tells
    }
}
