package dev.serai.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Puts a load on a peer from every event loop of this process, and waits for the end of it. */
final class LoadGenerator implements AutoCloseable {
    private static final Duration START_WITHIN = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final List<LoadLoop> loops = new CopyOnWriteArrayList<>();

    LoadGenerator() {
        int cores = Runtime.getRuntime().availableProcessors();
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(cores));
        await(vertx.deployVerticle(this::newLoop, new DeploymentOptions().setInstances(cores)), Duration.ofSeconds(10));
    }

    /** Runs the stage to its end. */
    Observed run(Peer peer, Stage stage) {
        if (stage instanceof Stage.ClosedLoop closed) {
            return spread(
                    closed.connections(),
                    closed.duration(),
                    (loop, share) -> loop.closedLoop(peer, share, closed.duration()));
        }
        if (stage instanceof Stage.FirstByte first) {
            Answer shortest = new Answer(true, 1, Duration.ZERO);
            return await(loops.get(0).oneByOne(peer, first.streams(), shortest), GRACE);
        }
        Stage.Streams streams = (Stage.Streams) stage;
        Duration length = streams.answer().gap().multipliedBy(streams.answer().chunks());
        return spread(
                streams.count(), length, (loop, share) -> loop.streams(peer, share, streams.answer(), START_WITHIN));
    }

    @Override
    public void close() {
        await(vertx.close(), Duration.ofSeconds(10));
    }

    private interface Share {
        Future<Observed> on(LoadLoop loop, int share);
    }

    /** Divides {@code count} clients among the loops, as evenly as it goes. */
    private Observed spread(int count, Duration length, Share load) {
        List<Future<Observed>> parts = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            int share = count / loops.size() + (i < count % loops.size() ? 1 : 0);
            if (share > 0) {
                parts.add(load.on(loops.get(i), share));
            }
        }
        Observed sum = new Observed();
        await(Future.all(parts), length.plus(GRACE));
        parts.forEach(part -> sum.add(part.result()));
        return sum;
    }

    private LoadLoop newLoop() {
        LoadLoop loop = new LoadLoop();
        loops.add(loop);
        return loop;
    }

    private static <T> T await(Future<T> future, Duration atMost) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stop);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException("the load did not end as it should", failure);
        }
    }
}
