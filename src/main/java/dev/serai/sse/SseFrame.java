package dev.serai.sse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writing events. */
public final class SseFrame {
    private static final byte[] EVENT = "event: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);

    private SseFrame() {}

    /**
     * An event in LF lines, one for each line of its data.
     *
     * @param type without line ends; empty for an event without a type
     */
    public static byte[] of(String type, byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(data.length + type.length() + 24);
        if (!type.isEmpty()) {
            out.writeBytes(EVENT);
            out.writeBytes(type.getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        }
        out.writeBytes(DATA);
        for (byte b : data) {
            out.write(b);
            if (b == '\n') {
                out.writeBytes(DATA);
            }
        }
        out.write('\n');
        out.write('\n');
        return out.toByteArray();
    }
}
