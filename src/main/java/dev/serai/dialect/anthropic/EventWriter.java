package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.StreamReading.Sink;
import dev.serai.json.JsonText;
import dev.serai.sse.SseFrame;
import java.nio.charset.StandardCharsets;

/** Frames the events of a message. Deltas, which are most of a stream, are put together from bytes. */
final class EventWriter {
    private static final byte[] END = "}}\n\n".getBytes(StandardCharsets.US_ASCII);

    private EventWriter() {}

    /** One of the deltas that hold a single text. */
    enum Delta {
        TEXT("text_delta", "text"),
        THINKING("thinking_delta", "thinking"),
        SIGNATURE("signature_delta", "signature"),
        ARGUMENTS("input_json_delta", "partial_json");

        @SuppressWarnings("ImmutableEnumChecker") // read only, by this class
        private final byte[] middle;

        Delta(String type, String member) {
            middle = (",\"delta\":{\"type\":\"" + type + "\",\"" + member + "\":").getBytes(StandardCharsets.US_ASCII);
        }
    }

    private static final byte[] BEGINNING =
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":"
                    .getBytes(StandardCharsets.US_ASCII);

    static void delta(int index, Delta kind, String text, Sink out) {
        byte[] number = Integer.toString(index).getBytes(StandardCharsets.US_ASCII);
        byte[] quoted = JsonText.quoted(text);
        byte[] frame = new byte[BEGINNING.length + number.length + kind.middle.length + quoted.length + END.length];
        int at = copy(BEGINNING, frame, 0);
        at = copy(number, frame, at);
        at = copy(kind.middle, frame, at);
        at = copy(quoted, frame, at);
        at = copy(END, frame, at);
        out.write(frame, 0, at);
    }

    private static int copy(byte[] part, byte[] frame, int at) {
        System.arraycopy(part, 0, frame, at, part.length);
        return at + part.length;
    }

    static void citation(int index, JsonNode citation, Sink out) {
        ObjectNode event = Json.ofType("content_block_delta").put("index", index);
        event.set("delta", Json.ofType("citations_delta").set("citation", citation));
        write(event, out);
    }

    static void blockStart(int index, JsonNode block, Sink out) {
        write(Json.ofType("content_block_start").put("index", index).set("content_block", block), out);
    }

    static void blockStop(int index, Sink out) {
        write(Json.ofType("content_block_stop").put("index", index), out);
    }

    /** Any event; its {@code type} is that of the frame. */
    static void write(ObjectNode event, Sink out) {
        byte[] frame = SseFrame.of(event.path("type").asText(), JsonTree.write(event));
        out.write(frame, 0, frame.length);
    }
}
