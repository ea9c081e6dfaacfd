package dev.serai.dialect.gemini;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.dialect.ReplyContext.Framing;
import dev.serai.dialect.StreamReading.Sink;

/** The pieces of a stream as events, or as the elements of one array. Not thread-safe. */
final class StreamFrames {
    private static final byte[] DATA = "data: ".getBytes(US_ASCII);
    private static final byte[] END_OF_EVENT = "\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] OPEN = "[".getBytes(US_ASCII);
    private static final byte[] NEXT = ",\r\n".getBytes(US_ASCII);
    private static final byte[] CLOSE = "]\r\n".getBytes(US_ASCII);

    private final Framing framing;
    private boolean begun;

    StreamFrames(Framing framing) {
        this.framing = framing;
    }

    boolean isArray() {
        return framing == Framing.JSON_ARRAY;
    }

    void write(ObjectNode piece, Sink out) {
        byte[] json = Json.bytes(piece);
        if (isArray()) {
            all(begun ? NEXT : OPEN, out);
            all(json, out);
        } else {
            byte[] event = new byte[DATA.length + json.length + END_OF_EVENT.length];
            System.arraycopy(DATA, 0, event, 0, DATA.length);
            System.arraycopy(json, 0, event, DATA.length, json.length);
            System.arraycopy(END_OF_EVENT, 0, event, DATA.length + json.length, END_OF_EVENT.length);
            all(event, out);
        }
        begun = true;
    }

    /** The last piece, and what closes the stream. */
    void writeLast(ObjectNode piece, Sink out) {
        write(piece, out);
        if (isArray()) {
            all(CLOSE, out);
        }
    }

    private static void all(byte[] bytes, Sink out) {
        out.write(bytes, 0, bytes.length);
    }
}
