package dev.serai.dialect;

import dev.serai.sse.SseEvent;

/**
 * The reading of a stream where there must be none: every event is an error.
 *
 * @param failure says so in one line
 */
public record NoStream(String failure) implements StreamReading {
    @Override
    public Kind on(SseEvent event, Sink out) {
        return Kind.ERROR;
    }

    @Override
    public boolean isComplete() {
        return false;
    }

    @Override
    public ReplyFacts facts() {
        return ReplyFacts.NONE;
    }

    @Override
    public long untoldTokens() {
        return 0;
    }
}
