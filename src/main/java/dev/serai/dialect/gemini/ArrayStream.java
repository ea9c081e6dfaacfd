package dev.serai.dialect.gemini;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.serai.dialect.ReplyFacts;
import dev.serai.dialect.StreamReading;
import dev.serai.sse.SseEvent;
import java.io.ByteArrayOutputStream;

/**
 * Writes the events of a stream as the elements of one JSON array, for a client that did not ask for server-sent events. What is no
 * JSON, comments for example, has no place there.
 */
final class ArrayStream implements StreamReading {
    private static final byte[] OPEN = "[".getBytes(US_ASCII);
    private static final byte[] NEXT = ",\r\n".getBytes(US_ASCII);
    private static final byte[] CLOSE = "]\r\n".getBytes(US_ASCII);

    private final StreamReading events;
    private boolean written;
    private boolean begun;

    ArrayStream(StreamReading events) {
        this.events = events;
    }

    /** The last element of an array that has begun, and its end. */
    static byte[] lastElement(byte[] json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 5);
        out.writeBytes(NEXT);
        out.writeBytes(json);
        out.writeBytes(CLOSE);
        return out.toByteArray();
    }

    @Override
    public Kind on(SseEvent event, Sink out) {
        written = false;
        Kind kind = events.on(event, (bytes, from, to) -> written = true);
        if (written && event.hasData() && !event.dataIs("[DONE]")) {
            write(begun ? NEXT : OPEN, out);
            begun = true;
            out.write(event.data(), event.dataFrom(), event.dataTo());
            if (kind == Kind.ERROR) {
                write(CLOSE, out); // it was the last, and nobody else will close
            }
        }
        return kind;
    }

    @Override
    public boolean end(Sink out) {
        if (isComplete()) {
            write(CLOSE, out);
        }
        return isComplete();
    }

    private static void write(byte[] bytes, Sink out) {
        out.write(bytes, 0, bytes.length);
    }

    @Override
    public boolean isComplete() {
        return events.isComplete();
    }

    @Override
    public String failure() {
        return events.failure();
    }

    @Override
    public ReplyFacts facts() {
        return events.facts();
    }

    @Override
    public long untoldTokens() {
        return events.untoldTokens();
    }
}
