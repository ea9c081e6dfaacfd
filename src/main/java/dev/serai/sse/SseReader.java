package dev.serai.sse;

import java.util.function.Consumer;

/**
 * Cuts a byte stream into events as it arrives, however it is split: line ends LF, CRLF or CR, comments, a byte-order mark,
 * several data lines. Holds at most one unfinished event. Not thread-safe.
 */
public final class SseReader {
    private final int maxEventBytes;

    /** @param maxEventBytes an event longer than this is refused */
    public SseReader(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    /**
     * Takes the next bytes and hands over every event that they complete, in order.
     *
     * @throws SseException if an event grows over the limit
     */
    public void feed(byte[] chunk, Consumer<SseEvent> events) throws SseException {
        throw new UnsupportedOperationException("next commit: " + maxEventBytes);
    }

    /**
     * The stream has ended. An event without its blank line is dropped, as the standard says.
     *
     * @return whether bytes of an unfinished event were left
     */
    public boolean end() {
        return false;
    }
}
