package dev.serai.bench;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request on its way through the bare proxy. Lives on the event loop that accepted it. */
final class ProxiedCall {
    private static final int MAX_BODY_BYTES = 32 * 1024 * 1024;
    private static final long DEADLINE_MILLIS = 60_000;
    private static final Set<String> TO_UPSTREAM = Set.of("content-type", "accept", "traceparent", "openai-beta");
    private static final Set<String> TO_CLIENT =
            Set.of("content-type", "content-length", "retry-after", "openai-processing-ms");

    private final Vertx vertx;
    private final HttpClient client;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Buffer body = Buffer.buffer();
    private @Nullable HttpClientRequest upstream;
    private long deadline = -1;
    private boolean over;

    ProxiedCall(Vertx vertx, HttpClient client, HttpServerRequest request) {
        this.vertx = vertx;
        this.client = client;
        this.request = request;
        this.response = request.response();
    }

    void start() {
        response.closeHandler(gone -> {
            settle();
            cancelUpstream();
        });
        request.handler(this::collect);
        request.endHandler(complete -> forward());
    }

    private void collect(Buffer chunk) {
        if (body.length() + chunk.length() <= MAX_BODY_BYTES) {
            body.appendBuffer(chunk);
        } else if (!over) {
            refuse(413);
        }
    }

    private void forward() {
        if (over) {
            return;
        }
        deadline = vertx.setTimer(DEADLINE_MILLIS, late -> {
            refuse(504);
            cancelUpstream();
        });
        client.request(target()).compose(this::send).onSuccess(this::relay).onFailure(cause -> refuse(502));
    }

    private Future<HttpClientResponse> send(HttpClientRequest opened) {
        upstream = opened;
        if (over) {
            opened.reset();
            return Future.failedFuture("nobody waits for the answer");
        }
        return opened.send(body);
    }

    private RequestOptions target() {
        MultiMap headers = HttpHeaders.headers();
        copy(request.headers(), headers, TO_UPSTREAM);
        headers.add(HttpHeaders.AUTHORIZATION, "Bearer upstream");
        return new RequestOptions()
                .setMethod(request.method())
                .setURI(request.path())
                .setHeaders(headers);
    }

    private void relay(HttpClientResponse answer) {
        vertx.cancelTimer(deadline);
        response.setStatusCode(answer.statusCode());
        copy(answer.headers(), response.headers(), TO_CLIENT);
        if (!response.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            response.setChunked(true);
        }
        answer.pipe()
                .endOnFailure(false)
                .to(response)
                .onSuccess(sent -> over = true)
                .onFailure(this::cut);
    }

    /** An answer that broke off must not look complete. */
    private void cut(Throwable cause) {
        settle();
        request.connection().close();
    }

    private void refuse(int status) {
        if (!over && !response.headWritten() && !response.closed()) {
            response.setStatusCode(status).end();
        }
        settle();
    }

    private void settle() {
        over = true;
        vertx.cancelTimer(deadline);
    }

    private void cancelUpstream() {
        if (upstream != null) {
            upstream.reset();
        }
    }

    private static void copy(MultiMap from, MultiMap to, Set<String> allowed) {
        for (Map.Entry<String, String> header : from) {
            if (allowed.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                to.add(header.getKey(), header.getValue());
            }
        }
    }
}
