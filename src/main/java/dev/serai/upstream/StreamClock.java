package dev.serai.upstream;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Watches one stream for silence and for length. Content costs one assignment; the timer looks only when the limit could have
 * been reached. A client that does not read is not the provider's silence. On one event loop.
 */
final class StreamClock {
    private final Vertx vertx;
    private final long idleNanos;
    private final long longestNanos;
    private final Consumer<String> tooLong;
    private long startedAt;
    private long lastContentAt;
    private boolean paused;
    private long timer = -1;

    StreamClock(Vertx vertx, Duration idle, Duration longest, Consumer<String> tooLong) {
        this.vertx = vertx;
        this.idleNanos = idle.toNanos();
        this.longestNanos = longest.toNanos();
        this.tooLong = tooLong;
    }

    void start() {
        startedAt = System.nanoTime();
        lastContentAt = startedAt;
        schedule(startedAt);
    }

    void content() {
        lastContentAt = System.nanoTime();
    }

    void pause() {
        paused = true;
    }

    void resume() {
        if (paused) {
            paused = false;
            lastContentAt = System.nanoTime();
        }
    }

    void stop() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }

    private void schedule(long now) {
        long idleLeft = paused ? idleNanos : lastContentAt + idleNanos - now;
        long left = Math.min(idleLeft, startedAt + longestNanos - now);
        timer = vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left) + 1), tick -> look());
    }

    private void look() {
        long now = System.nanoTime();
        if (now - startedAt >= longestNanos) {
            tooLong.accept("was longer than " + TimeUnit.NANOSECONDS.toMillis(longestNanos) + " ms");
        } else if (!paused && now - lastContentAt >= idleNanos) {
            tooLong.accept("sent no content for " + TimeUnit.NANOSECONDS.toMillis(idleNanos) + " ms");
        } else {
            schedule(now);
        }
    }
}
