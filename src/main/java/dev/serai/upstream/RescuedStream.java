package dev.serai.upstream;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream that goes on with another one when it breaks. Who reads it sees one stream, which breaks only if nobody goes on. All calls on
 * one event loop.
 */
public final class RescuedStream implements ReadStream<Buffer> {
    /** Finds who goes on. */
    @FunctionalInterface
    public interface Rescue {
        /**
         * Called when a stream has broken and all that came of it is delivered.
         *
         * @param then to be called once, on the event loop: with a paused stream and what to say before it, or with null if nobody goes on
         */
        void find(Outcome.Broken why, Consumer<@Nullable Successor> then);
    }

    /** @param note for the client to read between the two streams; may be empty */
    public record Successor(ReplyStream stream, String note) {}

    private final Rescue rescue;
    private ReplyStream current;
    private long demand;
    private boolean seeking;
    private Buffer note = Buffer.buffer();
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;

    /** @param first paused */
    public RescuedStream(ReplyStream first, Rescue rescue) {
        this.rescue = rescue;
        this.current = first;
        listen();
    }

    private void listen() {
        current.exceptionHandler(this::failed);
        current.endHandler(end -> {
            if (endHandler != null) {
                endHandler.handle(null);
            }
        });
        current.handler(this::deliver);
    }

    private void deliver(Buffer chunk) {
        if (demand != Long.MAX_VALUE && demand > 0) {
            demand--;
        }
        if (handler != null) {
            Buffer out = note.length() == 0 ? chunk : note.appendBuffer(chunk);
            note = Buffer.buffer();
            handler.handle(out);
        }
    }

    private void failed(Throwable failure) {
        if (failure instanceof UpstreamException lost
                && lost.outcome() instanceof Outcome.Broken broken
                && !broken.told()) {
            seeking = true;
            rescue.find(broken, successor -> goOn(successor, failure));
        } else {
            fail(failure);
        }
    }

    private void goOn(@Nullable Successor successor, Throwable failure) {
        seeking = false;
        if (successor == null) {
            fail(failure);
            return;
        }
        current = successor.stream();
        note = Buffer.buffer(successor.note());
        listen();
        if (demand > 0) {
            current.fetch(demand);
        }
    }

    private void fail(Throwable failure) {
        if (exceptionHandler != null) {
            exceptionHandler.handle(failure);
        }
    }

    @Override
    public RescuedStream handler(@Nullable Handler<Buffer> newHandler) {
        handler = newHandler;
        return this;
    }

    @Override
    public RescuedStream endHandler(@Nullable Handler<Void> newHandler) {
        endHandler = newHandler;
        return this;
    }

    @Override
    public RescuedStream exceptionHandler(@Nullable Handler<Throwable> newHandler) {
        exceptionHandler = newHandler;
        return this;
    }

    @Override
    public RescuedStream pause() {
        demand = 0;
        if (!seeking) {
            current.pause();
        }
        return this;
    }

    @Override
    public RescuedStream resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public RescuedStream fetch(long amount) {
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        if (!seeking) {
            current.fetch(amount);
        }
        return this;
    }
}
