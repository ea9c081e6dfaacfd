package dev.serai.sse;

import java.nio.charset.StandardCharsets;

/**
 * One event of an event stream (https://html.spec.whatwg.org/multipage/server-sent-events.html): a view on the reader's
 * bytes, valid only during the call that hands it over.
 *
 * @param bytes    the array that holds the event as it came
 * @param from     where it begins: its first line, comments included
 * @param to       behind the blank line that ends it
 * @param type     the {@code event} field; empty if there was none
 * @param data     the array that holds the data: {@code bytes} itself for one data line, a joined copy for several
 * @param dataFrom where the data begins
 * @param dataTo   behind its last byte; equal to {@code dataFrom} if there was no data
 */
@SuppressWarnings("ArrayRecordComponent") // a view on an array, never compared
public record SseEvent(byte[] bytes, int from, int to, String type, byte[] data, int dataFrom, int dataTo) {
    public boolean hasData() {
        return dataTo > dataFrom;
    }

    /** The data as text; for logs and tests, not for the hot path. */
    public String text() {
        return new String(data, dataFrom, dataTo - dataFrom, StandardCharsets.UTF_8);
    }

    /** Whether the data is exactly this ASCII text. */
    public boolean dataIs(String ascii) {
        if (dataTo - dataFrom != ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (data[dataFrom + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
