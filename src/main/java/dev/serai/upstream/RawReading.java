package dev.serai.upstream;

import dev.serai.dialect.ReplyFacts;
import dev.serai.dialect.StreamReading;
import dev.serai.sse.SseEvent;

/** An event stream of no known dialect: every event with data is content, a clean end is an end, no usage is known. */
final class RawReading implements StreamReading {
    @Override
    public Kind on(SseEvent event, Sink out) {
        out.write(event.bytes(), event.from(), event.to());
        return event.hasData() ? Kind.CONTENT : Kind.SILENT;
    }

    @Override
    public boolean isComplete() {
        return true;
    }

    @Override
    public String failure() {
        return "";
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
