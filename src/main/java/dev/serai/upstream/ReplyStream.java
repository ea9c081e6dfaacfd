package dev.serai.upstream;

import dev.serai.access.Secrets;
import dev.serai.dialect.StreamReading;
import dev.serai.sse.SseEvent;
import dev.serai.sse.SseException;
import dev.serai.sse.SseReader;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.streams.ReadStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A provider's event stream on its way to the client. Until the first content it collects; from then on every chunk that arrives
 * is handed on at once, and demand is passed back, so that a client that reads slowly slows the provider down. It ends cleanly
 * only if the answer was whole. All calls on one event loop.
 */
public final class ReplyStream implements ReadStream<Buffer> {
    /** What a provider may send before its first content (comments, an opening) before it is taken for a flood. */
    private static final int MAX_OPENING_BYTES = 1 << 20;

    /** After the terminal event the connection has this long to end the response before it is closed. */
    private static final long MAX_TAIL_MILLIS = 1_000;

    /** Told once whether the stream began: null if it did. */
    @FunctionalInterface
    interface Begun {
        void accept(Outcome.@Nullable Failure failure);
    }

    /** Asked when the answer is whole, the client has all but its end, and everybody knows what became of it. */
    @FunctionalInterface
    public interface Gate {
        /**
         * @param open to be called once, on the event loop of the stream: with null, and the end goes out, or with a reason why the client must
         *     not see it, and the stream breaks
         */
        void beforeEnd(Consumer<@Nullable String> open);
    }

    private enum State {
        OPENING,
        /** The answer has begun, and is kept until it is whole. */
        HELD,
        FLOWING,
        /** The answer is whole, and its end waits for the gate. */
        AT_GATE,
        ENDED
    }

    private final HttpClientResponse source;
    private final StreamReading reading;
    private final SseReader events;
    private final StreamClock clock;
    private final Vertx vertx;
    private final Runnable abort;
    private final int maxHeldBytes;
    private final @Nullable Gate gate;
    private Buffer ready = Buffer.buffer();

    /** The end of the answer, which waits for the gate. */
    private Buffer last = Buffer.buffer();

    private State state = State.OPENING;
    private long demand;
    private boolean gateAsked;
    private boolean tailDelivered;
    private @Nullable Outcome outcome;
    private @Nullable UpstreamException failure;
    private Begun begun = nothing -> {};
    private Runnable firstContent = () -> {};
    private Consumer<Outcome> onEnd = nothing -> {};
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;

    ReplyStream(
            HttpClientResponse source,
            StreamReading reading,
            UpstreamEndpoint endpoint,
            Vertx vertx,
            Runnable abort,
            Terms terms) {
        this.source = source;
        this.reading = reading;
        this.events = new SseReader(endpoint.component().options().maxEventBytes());
        this.clock = new StreamClock(
                vertx,
                Terms.shorter(terms.idle(), endpoint.idleTimeout()),
                Terms.shorter(terms.stream(), endpoint.longestStream()),
                this::broken);
        this.vertx = vertx;
        this.abort = abort;
        this.gate = terms.gate();
        this.maxHeldBytes = terms.hold() ? endpoint.component().options().maxReplyBytes() : 0;
    }

    /** What was read of the stream so far; its usage is final when the stream has ended. */
    public StreamReading reading() {
        return reading;
    }

    /** Adds somebody to tell, once, what became of the stream; at once if it has ended already. */
    public void onEnd(Consumer<Outcome> listener) {
        if (outcome == null) {
            onEnd = onEnd.andThen(listener);
        } else {
            listener.accept(outcome);
        }
    }

    /** @param whenContent told when the first content is there, which of a stream that is held back is before it begins */
    void start(Begun whenBegun, Runnable whenContent) {
        begun = whenBegun;
        firstContent = whenContent;
        source.exceptionHandler(cause -> lost(Reasons.of(cause)));
        source.endHandler(end -> sourceEnded());
        source.handler(this::received);
    }

    /** The client has left: nothing more is delivered, the provider's connection is closed. */
    void cancel() {
        ready = Buffer.buffer();
        if (state == State.AT_GATE) {
            close(new Outcome.Cancelled());
        } else if (state != State.ENDED) {
            end(new Outcome.Cancelled());
        }
    }

    private boolean isOver() {
        return state == State.ENDED || state == State.AT_GATE;
    }

    private void received(Buffer chunk) {
        if (isOver()) {
            return;
        }
        try {
            events.feed(chunk.getBytes(), this::event);
        } catch (SseException e) {
            broken(String.valueOf(e.getMessage()));
        }
        if (state == State.OPENING && ready.length() > MAX_OPENING_BYTES) {
            broken("sent " + MAX_OPENING_BYTES + " bytes without content");
        } else if (state == State.HELD && ready.length() > maxHeldBytes) {
            broken("sent more than " + maxHeldBytes + " bytes to hold back");
        }
        deliver();
        if (state == State.FLOWING && demand > 0 && demand < Long.MAX_VALUE) {
            source.fetch(1); // the chunk completed no event, and whoever waits for one still waits
        }
    }

    private void event(SseEvent event) {
        if (isOver()) {
            return;
        }
        int before = ready.length();
        switch (reading.on(event, this::append)) {
            case SILENT -> {}
            case CONTENT -> content();
            case ERROR -> {
                boolean told = ready.length() > before;
                maskFrom(before);
                broken("reported an error in the stream: " + reading.failure(), told);
            }
            case END -> {
                holdBackFrom(before);
                content();
                release();
                finish();
            }
        }
    }

    /** A provider that refuses a key may well say which: the client must not learn it. */
    private void maskFrom(int position) {
        String event = ready.getString(position, ready.length());
        ready = ready.getBuffer(0, position).appendString(Secrets.ofProcess().redactRegistered(event));
    }

    private void append(byte[] bytes, int from, int to) {
        ready.appendBytes(bytes, from, to - from);
    }

    private void content() {
        clock.content();
        if (state == State.OPENING) {
            state = State.HELD;
            clock.start();
            firstContent.run();
            if (maxHeldBytes == 0) {
                release();
            }
        }
    }

    /** From now on the client gets what there is. */
    private void release() {
        if (state == State.HELD) {
            state = State.FLOWING;
            source.pause(); // until the client's side asks for more
            begun.accept(null);
        }
    }

    /** The terminal event came: the answer is whole, whatever the connection does next. */
    private void finish() {
        source.resume(); // what is left is thrown away, so that the connection can be used again
        long timer = vertx.setTimer(MAX_TAIL_MILLIS, late -> abort.run());
        source.exceptionHandler(ignored -> vertx.cancelTimer(timer));
        source.endHandler(ended -> vertx.cancelTimer(timer));
        answered();
    }

    /** Whether the answer was whole although its terminal event did not come. */
    private boolean endsWhole() {
        int before = ready.length();
        if (!hasContent() || !reading.end(this::append)) {
            return false;
        }
        holdBackFrom(before);
        release();
        answered();
        return true;
    }

    private void sourceEnded() {
        if (!isOver() && !endsWhole()) {
            broken(state == State.OPENING ? "ended without content" : "ended before the answer was complete");
        }
    }

    /** The connection is gone. If the answer was whole by then, that does no harm. */
    private void lost(String reason) {
        if (state == State.OPENING) {
            end(new Outcome.Reset(reason));
        } else if (!isOver() && !endsWhole()) {
            broken(reason);
        }
    }

    private boolean hasContent() {
        return state == State.HELD || state == State.FLOWING;
    }

    private void broken(String reason) {
        broken(reason, false);
    }

    private void broken(String reason, boolean told) {
        if (!isOver()) {
            end(state == State.OPENING ? new Outcome.Unusable(reason) : new Outcome.Broken(reason, told));
        }
    }

    /** The end of the answer is not handed on with what comes before it. */
    private void holdBackFrom(int position) {
        last = ready.getBuffer(position, ready.length());
        ready = ready.getBuffer(0, position);
    }

    private void answered() {
        Outcome whole = new Outcome.Answered(source.statusCode());
        if (gate == null) {
            ready.appendBuffer(last);
            end(whole);
            return;
        }
        state = State.AT_GATE;
        outcome = whole;
        clock.stop();
        onEnd.accept(whole);
        deliver();
    }

    /** Everything before the end is with the client, which wants to know how it ends. */
    private void askGate(Gate asked) {
        gateAsked = true;
        asked.beforeEnd(this::passGate);
    }

    private void passGate(@Nullable String refusal) {
        if (state != State.AT_GATE) {
            return;
        }
        if (refusal == null) {
            ready.appendBuffer(last);
            state = State.ENDED;
            deliver();
        } else {
            close(new Outcome.Unusable(refusal));
        }
    }

    /** The answer is whole, and the client does not see its end. */
    private void close(Outcome.Failure why) {
        failure = new UpstreamException(why);
        state = State.ENDED;
        deliver();
    }

    private void end(Outcome became) {
        boolean unseen = state == State.OPENING || state == State.HELD;
        state = State.ENDED;
        outcome = became;
        clock.stop();
        if (became instanceof Outcome.Failure failed) {
            failure = new UpstreamException(failed);
            if (unseen) {
                begun.accept(failed);
            } else {
                abort.run();
            }
        }
        onEnd.accept(became);
        deliver();
    }

    /** Hands on what is ready, as far as it is asked for; then the end or the failure. */
    private void deliver() {
        if (ready.length() > 0 && demand > 0 && handler != null && state != State.OPENING && state != State.HELD) {
            if (demand != Long.MAX_VALUE) {
                demand--;
            }
            Buffer out = ready;
            ready = Buffer.buffer();
            handler.handle(out);
        }
        if (state == State.AT_GATE && !gateAsked && gate != null && ready.length() == 0 && demand > 0) {
            askGate(gate);
        }
        boolean cancelled = failure != null && failure.outcome() instanceof Outcome.Cancelled;
        if (state == State.ENDED && !tailDelivered && ready.length() == 0 && (demand > 0 || cancelled)) {
            deliverTail();
        }
    }

    private void deliverTail() {
        if (failure == null && endHandler != null) {
            tailDelivered = true;
            endHandler.handle(null);
        } else if (failure != null && exceptionHandler != null) {
            tailDelivered = true;
            exceptionHandler.handle(failure);
        }
    }

    @Override
    public ReplyStream handler(@Nullable Handler<Buffer> newHandler) {
        handler = newHandler;
        return this;
    }

    @Override
    public ReplyStream endHandler(@Nullable Handler<Void> newHandler) {
        endHandler = newHandler;
        return this;
    }

    @Override
    public ReplyStream exceptionHandler(@Nullable Handler<Throwable> newHandler) {
        exceptionHandler = newHandler;
        return this;
    }

    @Override
    public ReplyStream pause() {
        demand = 0;
        clock.pause();
        if (state == State.FLOWING) {
            source.pause();
        }
        return this;
    }

    @Override
    public ReplyStream resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public ReplyStream fetch(long amount) {
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        clock.resume();
        deliver();
        if (state == State.FLOWING && demand == Long.MAX_VALUE) {
            source.resume();
        } else if (state == State.FLOWING && demand > 0) {
            source.fetch(demand);
        }
        return this;
    }
}
