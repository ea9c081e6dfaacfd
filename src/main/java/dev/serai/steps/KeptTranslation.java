package dev.serai.steps;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.dialect.CodecException;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.ReplyFacts;
import dev.serai.dialect.StreamReading;
import dev.serai.dialect.Translation;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import dev.serai.sse.SseEvent;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A translation into a response, which is told as a whole when it is complete. A stream is not collected: its last event holds the
 * response.
 */
final class KeptTranslation implements Translation {
    private static final String COMPLETED = "event: response.completed\n";
    private static final String INCOMPLETE = "event: response.incomplete\n";
    private static final List<byte[]> LAST_EVENTS = List.of(COMPLETED.getBytes(UTF_8), INCOMPLETE.getBytes(UTF_8));
    private static final String DATA = "\ndata: ";

    private final Translation translation;
    private final Consumer<byte[]> whenComplete;

    /** @param whenComplete told of the response object */
    KeptTranslation(Translation translation, Consumer<byte[]> whenComplete) {
        this.translation = translation;
        this.whenComplete = whenComplete;
    }

    @Override
    public Encoded request() {
        return translation.request();
    }

    @Override
    public Reply reply(byte[] body) throws CodecException {
        Reply reply = translation.reply(body);
        byte[] written = reply.encoded().body();
        if (reply.isStream()) {
            String text = new String(written, UTF_8);
            int last = Math.max(text.lastIndexOf(COMPLETED), text.lastIndexOf(INCOMPLETE));
            if (last >= 0) {
                tell(text.substring(last));
            }
        } else {
            whenComplete.accept(written);
        }
        return reply;
    }

    @Override
    public StreamReading openStream() {
        return new Watching(translation.openStream());
    }

    /** @param event the last of a stream, framed */
    private void tell(String event) {
        int data = event.indexOf(DATA);
        String json = event.substring(data + DATA.length()).strip().replace(DATA, "\n");
        try {
            byte[] response = JsonDocument.parse(json.getBytes(UTF_8)).json("response");
            if (response != null) {
                whenComplete.accept(response);
            }
        } catch (JsonException e) {
            throw new IllegalStateException("a codec wrote what is no JSON", e);
        }
    }

    /** Hands on what is written, and looks at how each event begins. */
    private final class Watching implements StreamReading {
        private final StreamReading reading;
        private String last = "";

        Watching(StreamReading reading) {
            this.reading = reading;
        }

        @Override
        public Kind on(SseEvent event, Sink out) {
            Kind kind = reading.on(event, watching(out));
            tellLast();
            return kind;
        }

        @Override
        public boolean end(Sink out) {
            boolean complete = reading.end(watching(out));
            tellLast();
            return complete;
        }

        private Sink watching(Sink out) {
            return (bytes, from, to) -> {
                out.write(bytes, from, to);
                if (LAST_EVENTS.stream().anyMatch(beginning -> begins(bytes, from, to, beginning))) {
                    last = new String(bytes, from, to - from, UTF_8);
                }
            };
        }

        private void tellLast() {
            if (!last.isEmpty()) {
                String event = last;
                last = "";
                tell(event);
            }
        }

        private static boolean begins(byte[] bytes, int from, int to, byte[] with) {
            return to - from >= with.length && Arrays.equals(bytes, from, from + with.length, with, 0, with.length);
        }

        @Override
        public boolean isComplete() {
            return reading.isComplete();
        }

        @Override
        public String failure() {
            return reading.failure();
        }

        @Override
        public ReplyFacts facts() {
            return reading.facts();
        }

        @Override
        public long untoldTokens() {
            return reading.untoldTokens();
        }
    }
}
