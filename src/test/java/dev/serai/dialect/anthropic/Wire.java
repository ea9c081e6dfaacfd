package dev.serai.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Role;
import dev.serai.dialect.ChatCodec;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.ReplyContext;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.StreamDecoder;
import dev.serai.dialect.StreamEncoder;
import dev.serai.dialect.ThinkingControl;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import dev.serai.sse.SseException;
import dev.serai.sse.SseReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The codec, from text to text. */
final class Wire {
    static final ChatCodec CODEC = new AnthropicMessagesCodec();
    static final String MODEL = "model-1";
    static final ReplySource SOURCE = ReplySource.of(MODEL, AnthropicMessagesCodec.DIALECT);

    /** A target that takes every word about thinking. */
    static final EncodingTarget TARGET = new EncodingTarget(MODEL, null, ThinkingControl.BOTH);

    static final ReplyContext CONTEXT = new ReplyContext(
            ChatRequest.builder(MODEL).add(Role.USER, "Hi").build(), "made1", 1_700_000_000L, ReplyContext.Framing.SSE);

    private static final ObjectMapper TREE = new ObjectMapper();

    private Wire() {}

    static ChatRequest request(String json) throws CodecException {
        try {
            return CODEC.decodeRequest(new AnthropicMessages().readRequest(JsonDocument.parse(json.getBytes(UTF_8))));
        } catch (JsonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Encoded encode(ChatRequest request) throws CodecException {
        return CODEC.encodeRequest(request, TARGET);
    }

    static ChatReply reply(String json) throws CodecException {
        return CODEC.decodeReply(json.getBytes(UTF_8), SOURCE);
    }

    static Encoded encode(ChatReply reply) {
        return CODEC.encodeReply(reply, CONTEXT);
    }

    /** The events of a stream that comes in pieces of so many bytes. */
    static List<ChatEvent> events(byte[] stream, int piece) {
        StreamDecoder decoder = CODEC.openDecoder(SOURCE);
        List<ChatEvent> events = new ArrayList<>();
        SseReader reader = new SseReader(32 * 1024 * 1024);
        try {
            for (int from = 0; from < stream.length; from += piece) {
                byte[] bytes = Arrays.copyOfRange(stream, from, Math.min(from + piece, stream.length));
                reader.feed(bytes, event -> decoder.on(event, events::add));
            }
        } catch (SseException e) {
            throw new IllegalArgumentException(e);
        }
        decoder.end(null, events::add);
        return events;
    }

    static List<ChatEvent> events(String stream) {
        byte[] bytes = stream.getBytes(UTF_8);
        return events(bytes, Math.max(1, bytes.length));
    }

    /** A stream of these events, each a JSON object with its type. */
    static String framed(Iterable<String> payloads) {
        StringBuilder stream = new StringBuilder();
        for (String payload : payloads) {
            stream.append("event: ")
                    .append(tree(payload).path("type").asText())
                    .append("\ndata: ")
                    .append(payload)
                    .append("\n\n");
        }
        return stream.toString();
    }

    static String stream(List<ChatEvent> events) {
        StreamEncoder encoder = CODEC.openEncoder(CONTEXT);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        events.forEach(event -> encoder.on(event, (bytes, from, to) -> out.write(bytes, from, to - from)));
        return out.toString(UTF_8);
    }

    static String text(Encoded encoded) {
        return new String(encoded.body(), UTF_8);
    }

    static List<String> dropped(Encoded encoded) {
        return encoded.dropped().stream()
                .map(dropped -> dropped.name())
                .distinct()
                .toList();
    }

    static JsonNode tree(String json) {
        try {
            return TREE.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
