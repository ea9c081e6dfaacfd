package dev.serai.sse;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a byte stream into events as it arrives, however it is split: line ends LF, CRLF or CR, comments, a byte-order
 * mark, several data lines. Every byte belongs to one event, so that writing what is handed over writes the stream:
 * comments and blank lines on their own come as events without data. Holds at most one unfinished event. Not
 * thread-safe.
 */
public final class SseReader {
    private static final byte[] NONE = {};
    private static final int KEPT_CAPACITY = 64 * 1024;

    private final int maxEventBytes;
    private final SseFields fields = new SseFields();

    /** The bytes of the unfinished event, as far as they have come. */
    private byte[] held = NONE;

    private int heldLength;

    /** Where the unfinished line begins and how far it has been looked through, counted from where the event begins. */
    private int line;

    private int scanned;

    private boolean begun;
    private boolean afterCrLf;
    private boolean lineFeedMayFollow;

    /** @param maxEventBytes an event longer than this is refused */
    public SseReader(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    /**
     * Takes the next bytes and hands over every event that they complete, in order. A blank line that ends in CR
     * completes its event without waiting for an LF that might follow, unless the line before ended in CRLF; such an LF
     * comes with the next event.
     *
     * @param chunk read during the call only; events may be views on it
     * @throws SseException if an event grows over the limit
     */
    public void feed(byte[] chunk, Consumer<SseEvent> events) throws SseException {
        if (heldLength == 0) {
            hold(chunk, read(chunk, chunk.length, events), chunk.length);
            return;
        }
        append(chunk);
        int done = read(held, heldLength, events);
        if (done > 0) {
            hold(held, done, heldLength);
        }
    }

    /**
     * The stream has ended. An event without its blank line is dropped, as the standard says.
     *
     * @return whether bytes of an unfinished event were left
     */
    public boolean end() {
        return heldLength > line || fields.begun();
    }

    /** @return where the event begins that is still unfinished */
    private int read(byte[] bytes, int limit, Consumer<SseEvent> events) throws SseException {
        int event = 0;
        boolean more = begin(bytes, limit);
        while (more) {
            scanned = SseLines.endOfLine(bytes, scanned, limit);
            int next = nextLine(bytes, scanned, limit);
            more = next > scanned;
            if (more && scanned > line) {
                fields.line(bytes, line, scanned);
            } else if (more) {
                check(next - event);
                events.accept(fields.finish(bytes, event, next));
                event = next;
            }
            line = more ? next : line;
            scanned = more ? next : scanned;
        }
        check(limit - event);
        rebase(event);
        return event;
    }

    /**
     * Leaves out what is at the very beginning and no line: the byte-order mark, or the LF of a CR that came before.
     */
    private boolean begin(byte[] bytes, int limit) {
        if (!begun) {
            int mark = SseLines.byteOrderMark(bytes, limit);
            if (mark < 0) {
                return false;
            }
            begun = true;
            line = mark;
            scanned = mark;
        }
        if (lineFeedMayFollow && limit > 0) {
            lineFeedMayFollow = false;
            afterCrLf = bytes[0] == '\n';
            line = afterCrLf ? 1 : 0;
            scanned = line;
        }
        return true;
    }

    /** Where the line begins behind the one that ends at {@code end}; {@code end} itself if that is not yet known. */
    private int nextLine(byte[] bytes, int end, int limit) {
        if (end == limit) {
            return end;
        }
        boolean carriageReturn = bytes[end] == '\r';
        if (carriageReturn && end + 1 == limit) {
            boolean wait = end > line || afterCrLf;
            lineFeedMayFollow = !wait;
            return wait ? end : limit;
        }
        afterCrLf = carriageReturn && bytes[end + 1] == '\n';
        return afterCrLf ? end + 2 : end + 1;
    }

    private void check(int eventBytes) throws SseException {
        if (eventBytes > maxEventBytes) {
            throw new SseException("an event of the stream is longer than " + maxEventBytes + " bytes");
        }
    }

    private void rebase(int by) {
        line -= by;
        scanned -= by;
        fields.rebase(by);
    }

    private void append(byte[] chunk) {
        int length = heldLength + chunk.length;
        if (length > held.length) {
            held = Arrays.copyOf(held, Math.max(length, 2 * held.length));
        }
        System.arraycopy(chunk, 0, held, heldLength, chunk.length);
        heldLength = length;
    }

    private void hold(byte[] bytes, int from, int to) {
        heldLength = to - from;
        if (heldLength == 0) {
            held = held.length > KEPT_CAPACITY ? NONE : held;
            return;
        }
        if (heldLength > held.length) {
            held = new byte[heldLength];
        }
        System.arraycopy(bytes, from, held, 0, heldLength);
    }
}
