package dev.serai.dialect;

import dev.serai.conversation.Usage;
import dev.serai.sse.SseEvent;

/**
 * Follows one streamed reply, event by event, as it passes through. One instance per stream, one thread at a time;
 * keeps no event longer than the call.
 */
public interface StreamReading {
    /** What an event means for the stream as a whole. */
    enum Kind {
        /** Says nothing yet: a comment, a ping, an opening without content. Commits nothing. */
        SILENT,
        /** Carries a part of the answer. The first of these commits the answer to this provider. */
        CONTENT,
        /** The provider reports a failure in the stream. */
        ERROR,
        /** The terminal event of the dialect. */
        END
    }

    /** Where the bytes go that the client shall see. */
    @FunctionalInterface
    interface Sink {
        void write(byte[] bytes, int from, int to);
    }

    /**
     * Takes the next event, writes to {@code out} what the client shall see of it (as it came, changed, or nothing),
     * and says what it is. An event that is no JSON where the dialect wants JSON is {@link Kind#ERROR} and is not
     * written; an error that the provider reports is written as it came.
     */
    Kind on(SseEvent event, Sink out);

    /** Whether the answer is whole: the terminal event came, or all that the dialect demands before it. */
    boolean isComplete();

    /**
     * The provider's stream is over, without its terminal event. Writes what the client shall still see, if the answer was whole: the
     * terminal events of its dialect, the end of its array.
     *
     * @return {@link #isComplete}
     */
    default boolean end(Sink out) {
        return isComplete();
    }

    /** What the provider reported in an {@link Kind#ERROR} event, in one line for logs and errors; empty before. */
    String failure();

    /** What the answer has said of itself so far; its usage is {@link Usage#NONE} before the provider states any. */
    ReplyFacts facts();

    /** The usage stated so far; {@link Usage#NONE} before the provider states any. */
    default Usage usage() {
        return facts().usage();
    }

    /**
     * About how many tokens of the answer have passed that the usage stated so far does not count: all of them while none is stated, those
     * since the last statement of an answer that has not ended, and 0 when the whole answer has stated its usage.
     */
    long untoldTokens();
}
