package dev.serai.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The clients of one event loop. Its methods may be called from any thread; everything they start runs on the loop. */
final class LoadLoop extends AbstractVerticle {
    private static final int SILENCE_SECONDS = 30;

    /** Keeps so many connections busy for so long. */
    Future<Observed> closedLoop(Peer peer, int connections, Duration duration) {
        return onLoop(connections, client -> {
            long end = System.nanoTime() + duration.toNanos();
            Observed observed = new Observed();
            return all(IntStream.range(0, connections)
                            .mapToObj(i -> new ClosedLoopClient(client, peer, end, observed).run())
                            .toList())
                    .map(observed);
        });
    }

    /** Opens streams that begin evenly within {@code within}. */
    Future<Observed> streams(Peer peer, int count, Answer answer, Duration within) {
        return onLoop(Math.max(1, count), client -> {
            Observed observed = new Observed();
            return all(IntStream.range(0, count)
                            .mapToObj(i -> after(within.toMillis() * i / count)
                                    .compose(due -> new StreamClient(client, peer, answer, observed).run()))
                            .toList())
                    .map(observed);
        });
    }

    /** Opens one stream after the other. */
    Future<Observed> oneByOne(Peer peer, int count, Answer answer) {
        return onLoop(1, client -> {
            Observed observed = new Observed();
            Future<Void> last = Future.succeededFuture();
            for (int i = 0; i < count; i++) {
                last = last.compose(previous -> new StreamClient(client, peer, answer, observed).run());
            }
            return last.map(observed);
        });
    }

    private interface Load {
        Future<Observed> over(HttpClient client);
    }

    private Future<Observed> onLoop(int connections, Load load) {
        Promise<Observed> result = Promise.promise();
        context.runOnContext(now -> {
            HttpClient client = vertx.createHttpClient(
                    new HttpClientOptions().setIdleTimeout(SILENCE_SECONDS).setIdleTimeoutUnit(TimeUnit.SECONDS),
                    new PoolOptions().setHttp1MaxSize(Math.max(1, connections)));
            load.over(client).eventually(() -> client.close()).onComplete(result);
        });
        return result.future();
    }

    private Future<Void> after(long millis) {
        Promise<Void> due = Promise.promise();
        vertx.setTimer(Math.max(1, millis), timer -> due.complete());
        return due.future();
    }

    private static CompositeFuture all(java.util.List<Future<Void>> futures) {
        return Future.all(futures);
    }
}
