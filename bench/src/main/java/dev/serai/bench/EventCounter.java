package dev.serai.bench;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Counts the events of one OpenAI stream as its bytes arrive, however they are split. */
final class EventCounter {
    private static final String DATA = "data:";
    private static final String DONE = "data: [DONE]";

    private final byte[] lineStart = new byte[DONE.length()];
    private int lineLength;
    private int events;
    private boolean done;

    /** @return how many events this chunk completed, the end marker not counted */
    int feed(Buffer chunk) {
        int before = events;
        for (byte next : chunk.getBytes()) {
            if (next == '\n') {
                endLine();
            } else if (lineLength < lineStart.length) {
                lineStart[lineLength++] = next;
            }
        }
        return events - before;
    }

    int events() {
        return events;
    }

    /** Whether the end marker has arrived. */
    boolean done() {
        return done;
    }

    private void endLine() {
        String line = new String(lineStart, 0, lineLength, StandardCharsets.US_ASCII);
        lineLength = 0;
        if (line.equals(DONE)) {
            done = true;
        } else if (line.startsWith(DATA)) {
            events++;
        }
    }
}
