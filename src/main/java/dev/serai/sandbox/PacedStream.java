package dev.serai.sandbox;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Plays cues: each at its time, but none before it is asked for. Paused at first; the pause before a cue begins when
 * the one before it has been delivered. Ends after the last cue, or fails with {@link SilenceException} at one that
 * breaks off, or when it is cancelled. All calls on one event loop.
 */
final class PacedStream implements ReadStream<Buffer> {
    private static final long NO_TIMER = -1;

    private final Iterator<Cue> cues;
    private final Vertx vertx;
    private @Nullable Cue next;
    private @Nullable SilenceException failure;
    private long demand;
    private long timer = NO_TIMER;
    private boolean playing;
    private boolean ended;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;

    PacedStream(Iterator<Cue> cues, Vertx vertx) {
        this.cues = cues;
        this.vertx = vertx;
    }

    /** Plays no further. Does nothing after the end. */
    void cancel() {
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
            timer = NO_TIMER;
        }
        fail();
    }

    /** As far as there is demand. A handler may pause, fetch or cancel meanwhile; what it asks for is played here. */
    private void play() {
        if (playing) {
            return;
        }
        playing = true;
        while (demand > 0 && timer == NO_TIMER && !ended && handler != null) {
            step(handler);
        }
        playing = false;
    }

    private void step(Handler<Buffer> receiver) {
        Cue cue = next;
        if (cue == null) {
            prepare();
        } else if (cue.bytes() == null) {
            fail();
        } else {
            next = null;
            demand = demand == Long.MAX_VALUE ? demand : demand - 1;
            receiver.handle(cue.bytes());
        }
    }

    private void prepare() {
        if (!cues.hasNext()) {
            end();
            return;
        }
        next = cues.next();
        if (next.afterMillis() > 0) {
            timer = vertx.setTimer(next.afterMillis(), due -> {
                timer = NO_TIMER;
                play();
            });
        }
    }

    private void end() {
        ended = true;
        if (endHandler != null) {
            endHandler.handle(null);
        }
    }

    private void fail() {
        if (!ended) {
            ended = true;
            failure = new SilenceException();
            if (exceptionHandler != null) {
                exceptionHandler.handle(failure);
            }
        }
    }

    @Override
    public PacedStream handler(@Nullable Handler<Buffer> newHandler) {
        handler = newHandler;
        return this;
    }

    @Override
    public PacedStream endHandler(@Nullable Handler<Void> newHandler) {
        endHandler = newHandler;
        return this;
    }

    @Override
    public PacedStream exceptionHandler(@Nullable Handler<Throwable> newHandler) {
        exceptionHandler = newHandler;
        return this;
    }

    @Override
    public PacedStream pause() {
        demand = 0;
        return this;
    }

    @Override
    public PacedStream resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public PacedStream fetch(long amount) {
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        play();
        return this;
    }
}
