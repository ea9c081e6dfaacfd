package dev.serai.sse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The fields of the unfinished event: its type and where its data is. Not thread-safe. */
final class SseFields {
    private static final int KNOWN_TYPES = 64;
    private static final byte[] NONE = {};
    private static final byte[] DATA = {'d', 'a', 't', 'a'};
    private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};

    private final @Nullable String[] knownTypes = new String[KNOWN_TYPES];

    private boolean begun;
    private String type = "";
    private int dataLines;
    private int dataFrom;
    private int dataTo;
    private byte[] joined = NONE;

    /** Whether the event has any line yet, be it a comment. */
    boolean begun() {
        return begun;
    }

    /** Takes a line that is not empty, without its end. */
    void line(byte[] bytes, int from, int to) {
        begun = true;
        int data = valueOf(DATA, bytes, from, to);
        if (data >= 0) {
            addData(bytes, data, to);
            return;
        }
        int event = valueOf(EVENT, bytes, from, to);
        if (event >= 0) {
            type = type(bytes, event, to);
        }
    }

    /** The event in these bytes; the next line begins another. */
    SseEvent finish(byte[] bytes, int from, int to) {
        SseEvent event =
                switch (dataLines) {
                    case 0 -> new SseEvent(bytes, from, to, type, bytes, to, to);
                    case 1 -> new SseEvent(bytes, from, to, type, bytes, dataFrom, dataTo);
                    default -> new SseEvent(bytes, from, to, type, joined, 0, dataTo);
                };
        begun = false;
        type = "";
        dataLines = 0;
        joined = NONE;
        return event;
    }

    /** The bytes have moved towards the beginning of their array. */
    void rebase(int by) {
        if (dataLines == 1) {
            dataFrom -= by;
            dataTo -= by;
        }
    }

    /**
     * Where the value of the field with this name begins, one leading space left out; -1 if the line is another field.
     */
    private static int valueOf(byte[] name, byte[] bytes, int from, int to) {
        int behind = from + name.length;
        if (behind > to || !Arrays.equals(name, 0, name.length, bytes, from, behind)) {
            return -1;
        }
        if (behind == to) {
            return to;
        }
        if (bytes[behind] != ':') {
            return -1;
        }
        return behind + 1 < to && bytes[behind + 1] == ' ' ? behind + 2 : behind + 1;
    }

    private void addData(byte[] bytes, int from, int to) {
        dataLines++;
        if (dataLines == 1) {
            dataFrom = from;
            dataTo = to;
            return;
        }
        if (dataLines == 2) {
            joined = Arrays.copyOfRange(bytes, dataFrom, dataTo);
            dataTo -= dataFrom;
        }
        int length = dataTo + 1 + to - from;
        if (length > joined.length) {
            joined = Arrays.copyOf(joined, Math.max(length, 2 * joined.length));
        }
        joined[dataTo] = '\n';
        System.arraycopy(bytes, from, joined, dataTo + 1, to - from);
        dataTo = length;
    }

    /** Streams repeat a few types over and over: each is made a string once. */
    private String type(byte[] bytes, int from, int to) {
        if (from == to) {
            return "";
        }
        int slot = (31 * (to - from) + 7 * bytes[to - 1] + bytes[(from + to) >>> 1]) & (KNOWN_TYPES - 1);
        String known = knownTypes[slot];
        if (known == null || !isSame(known, bytes, from, to)) {
            known = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            knownTypes[slot] = known;
        }
        return known;
    }

    private static boolean isSame(String text, byte[] bytes, int from, int to) {
        if (text.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0 || text.charAt(i - from) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
