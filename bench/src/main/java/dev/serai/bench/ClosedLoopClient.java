package dev.serai.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;

/** One client that asks again as soon as it is answered, until its time is over. Lives on one event loop. */
final class ClosedLoopClient {
    private final HttpClient client;
    private final RequestOptions target;
    private final Buffer body;
    private final long endNanos;
    private final Observed observed;
    private final Promise<Void> over = Promise.promise();

    /** @param endNanos when to stop asking, on the clock of {@link System#nanoTime} */
    ClosedLoopClient(HttpClient client, Peer peer, long endNanos, Observed observed) {
        this.client = client;
        this.target = peer.target();
        this.body = peer.request(new Answer(false, 0, Duration.ZERO));
        this.endNanos = endNanos;
        this.observed = observed;
    }

    Future<Void> run() {
        ask();
        return over.future();
    }

    private void ask() {
        long asked = System.nanoTime();
        if (asked >= endNanos) {
            over.complete();
            return;
        }
        client.request(target).compose(this::exchange).otherwise(false).onSuccess(answered -> {
            if (answered) {
                observed.complete();
                observed.waited(System.nanoTime() - asked);
            } else {
                observed.failed();
            }
            ask();
        });
    }

    private Future<Boolean> exchange(HttpClientRequest request) {
        return request.send(body).compose(response -> response.body()
                .map(received -> response.statusCode() == 200 && received.length() > 0));
    }
}
