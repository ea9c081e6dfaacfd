package dev.serai.dialect.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.dialect.CodecException;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplyContext;
import dev.serai.dialect.ReplyIdentity;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.StreamReading;
import dev.serai.dialect.Translation;
import dev.serai.sse.SseException;
import dev.serai.sse.SseReader;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A client of one dialect and a provider of another, with the request that brought them together. */
record Crossing(Wire client, Wire provider, Translation translation) {
    private static final ReplyIdentity IDENTITY = new ReplyIdentity("made1", 1_700_000_000, ReplyContext.Framing.SSE);

    /**
     * What a stream became.
     *
     * @param whole whether the provider's stream said all that it had to
     */
    record Streamed(String text, List<StreamReading.Kind> kinds, StreamReading reading, boolean whole) {
        byte[] bytes() {
            return text.getBytes(UTF_8);
        }
    }

    static Crossing of(Wire client, Wire provider, ModelRequest request) throws CodecException {
        return new Crossing(
                client,
                provider,
                Wire.TRANSLATOR
                        .decode(request, IDENTITY)
                        .to(
                                provider.dialect.id(),
                                new EncodingTarget(provider.model, null),
                                ReplySource.of(provider.model, provider.dialect.id())));
    }

    static Crossing of(Wire client, Wire provider, String request, boolean stream) throws CodecException {
        return of(client, provider, client.request(request, stream));
    }

    /** With a short question before it, for what comes back. */
    static Crossing asking(Wire client, Wire provider, boolean stream) {
        try {
            return of(client, provider, client.question(stream), stream);
        } catch (CodecException e) {
            throw new IllegalStateException(e);
        }
    }

    String request() {
        return new String(translation.request().body(), UTF_8);
    }

    List<String> dropped() {
        return translation.request().dropped().stream()
                .map(dropped -> dropped.name())
                .distinct()
                .toList();
    }

    /** The provider's stream, arriving in pieces of so many bytes. */
    Streamed stream(byte[] stream, int piece) {
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < stream.length; from += piece) {
            pieces.add(Arrays.copyOfRange(stream, from, Math.min(from + piece, stream.length)));
        }
        return stream(pieces);
    }

    Streamed stream(Iterable<byte[]> pieces) {
        StreamReading reading = translation.openStream();
        List<StreamReading.Kind> kinds = new ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StreamReading.Sink sink = (bytes, from, to) -> out.write(bytes, from, to - from);
        SseReader reader = new SseReader(32 << 20);
        try {
            for (byte[] piece : pieces) {
                reader.feed(piece, event -> kinds.add(reading.on(event, sink)));
            }
        } catch (SseException e) {
            throw new IllegalArgumentException(e);
        }
        boolean whole = reading.end(sink);
        return new Streamed(out.toString(UTF_8), kinds, reading, whole);
    }
}
