package dev.serai.dialect.openai;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.serai.dialect.StreamReading;
import dev.serai.sse.SseFrame;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes numbered events of a stream, or counts for nothing where the answer is wanted whole. Members are written by hand: most events
 * are a few letters of text in a frame that is always the same. Not thread-safe.
 */
final class ResponsesFrames {
    private final StringBuilder data = new StringBuilder(256);
    private StreamReading.@Nullable Sink sink;
    private long sequence;

    /** Where the next events go; null for nowhere. */
    void to(StreamReading.@Nullable Sink next) {
        sink = next;
    }

    boolean isWanted() {
        return sink != null;
    }

    /** Begins an event; members follow, then {@link #end}. */
    ResponsesFrames begin(String type) {
        data.setLength(0);
        if (sink == null) {
            return this;
        }
        data.append("{\"type\":\"").append(type).append('"');
        return this;
    }

    /** @param json a valid value */
    ResponsesFrames raw(String name, String json) {
        if (sink != null) {
            data.append(",\"").append(name).append("\":").append(json);
        }
        return this;
    }

    ResponsesFrames number(String name, long value) {
        if (sink != null) {
            data.append(",\"").append(name).append("\":").append(value);
        }
        return this;
    }

    ResponsesFrames text(String name, CharSequence value) {
        if (sink != null) {
            data.append(",\"").append(name).append("\":\"");
            JsonStringEncoder.getInstance().quoteAsString(value, data);
            data.append('"');
        }
        return this;
    }

    void end(String type) {
        number("sequence_number", sequence++);
        if (sink != null) {
            data.append('}');
            write(type, sink);
        }
    }

    private void write(String type, StreamReading.Sink out) {
        boolean oneLine = data.indexOf("\n") < 0;
        byte[] frame = oneLine
                ? ("event: " + type + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8)
                : SseFrame.of(type, data.toString().getBytes(StandardCharsets.UTF_8));
        out.write(frame, 0, frame.length);
    }
}
