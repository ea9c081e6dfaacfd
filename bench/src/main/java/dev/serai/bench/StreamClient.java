package dev.serai.bench;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;

/**
 * One client that reads one stream and notes when its events come. A stream is complete if it has status 200, all its
 * events and the end marker. Lives on one event loop.
 */
final class StreamClient {
    private final HttpClient client;
    private final RequestOptions target;
    private final Buffer body;
    private final int expectedEvents;
    private final Observed observed;
    private final EventCounter counter = new EventCounter();
    private long lastNanos;

    StreamClient(HttpClient client, Peer peer, Answer answer, Observed observed) {
        this.client = client;
        this.target = peer.target();
        this.body = peer.request(answer);
        this.expectedEvents = answer.chunks() + 1; // the content, and the reason why it ended
        this.observed = observed;
    }

    /** @return succeeds in any case, as soon as the stream is over */
    Future<Void> run() {
        lastNanos = System.nanoTime();
        return client.request(target)
                .compose(request -> request.send(body))
                .compose(this::read)
                .otherwise(false)
                .map(complete -> {
                    if (complete) {
                        observed.complete();
                    } else {
                        observed.failed();
                    }
                    return null;
                });
    }

    private Future<Boolean> read(HttpClientResponse response) {
        response.handler(this::arrived);
        return response.end()
                .map(end -> response.statusCode() == 200 && counter.done() && counter.events() >= expectedEvents);
    }

    private void arrived(Buffer chunk) {
        boolean first = counter.events() == 0;
        if (counter.feed(chunk) == 0) {
            return;
        }
        long now = System.nanoTime();
        if (first) {
            observed.waited(now - lastNanos);
        } else {
            observed.gap(now - lastNanos);
        }
        lastNanos = now;
    }
}
