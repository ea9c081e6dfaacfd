package dev.serai.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.conversation.ChatEvent;
import dev.serai.dialect.ReplyContext;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.StreamDecoder;
import dev.serai.dialect.StreamEncoder;
import dev.serai.sse.SseException;
import dev.serai.sse.SseReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Streams through the codec, for tests. */
final class ResponsesStreams {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OpenAiResponsesCodec CODEC = new OpenAiResponsesCodec();

    private ResponsesStreams() {}

    static List<ChatEvent> decode(byte[] stream) {
        return decode(stream, Math.max(1, stream.length));
    }

    static List<ChatEvent> decode(byte[] stream, int chunk) {
        StreamDecoder decoder = CODEC.openDecoder(ReplySource.of("m", OpenAiResponsesCodec.ID));
        List<ChatEvent> events = new ArrayList<>();
        SseReader reader = new SseReader(64 * 1024 * 1024);
        try {
            for (int from = 0; from < stream.length; from += chunk) {
                reader.feed(
                        Arrays.copyOfRange(stream, from, Math.min(from + chunk, stream.length)),
                        event -> decoder.on(event, events::add));
            }
        } catch (SseException e) {
            throw new AssertionError(e);
        }
        decoder.end(null, events::add);
        return events;
    }

    static byte[] encode(List<ChatEvent> events, ReplyContext context) {
        StreamEncoder encoder = CODEC.openEncoder(context);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        events.forEach(event -> encoder.on(event, (bytes, from, to) -> out.write(bytes, from, to - from)));
        return out.toByteArray();
    }

    static List<JsonNode> payloads(byte[] stream) {
        return new String(stream, UTF_8)
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> read(line.substring("data: ".length())))
                .toList();
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
