package dev.serai.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.catalog.UsageTotals;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Role;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplyContext;
import dev.serai.dialect.ReplyContext.Framing;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.StreamDecoder;
import dev.serai.dialect.StreamEncoder;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import dev.serai.sse.SseException;
import dev.serai.sse.SseReader;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The codec, in texts. */
final class Wire {
    static final GeminiCodec CODEC = new GeminiCodec();
    static final String MODEL = "gemini-2.5-flash";
    static final ReplySource SOURCE = ReplySource.of(MODEL, "gemini");

    private Wire() {}

    static ModelRequest modelRequest(String json, boolean stream) {
        try {
            return new ModelRequest("gemini", List.of(MODEL), stream, true, JsonDocument.parse(json.getBytes(UTF_8)));
        } catch (JsonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static ChatRequest request(String json) throws CodecException {
        return CODEC.decodeRequest(modelRequest(json, false));
    }

    /** A request with one question and these further members. */
    static ChatRequest requestWith(String members) throws CodecException {
        return request("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]," + members + "}");
    }

    static Encoded encode(ChatRequest request, String model) throws CodecException {
        return CODEC.encodeRequest(request, new EncodingTarget(model, null));
    }

    static Encoded encode(ChatRequest request) throws CodecException {
        return encode(request, MODEL);
    }

    static ChatReply reply(String json) throws CodecException {
        return CODEC.decodeReply(json.getBytes(UTF_8), SOURCE);
    }

    static ReplySource counting(boolean inputIncludesCache, boolean outputIncludesReasoning) {
        return new ReplySource(MODEL, new UsageTotals(inputIncludesCache, true, outputIncludesReasoning));
    }

    static ReplyContext context(Framing framing) {
        ChatRequest asked = ChatRequest.builder(MODEL).add(Role.USER, "hi").build();
        return new ReplyContext(asked, "id0", 1_700_000_000, framing);
    }

    static Encoded encode(ChatReply reply) {
        return CODEC.encodeReply(reply, context(Framing.SSE));
    }

    static String text(Encoded encoded) {
        return new String(encoded.body(), UTF_8);
    }

    static JsonNode tree(String json) {
        JsonNode tree = Json.parse(json);
        if (tree == null) {
            throw new IllegalArgumentException("no JSON: " + json);
        }
        return tree;
    }

    static JsonNode tree(Encoded encoded) {
        return tree(text(encoded));
    }

    static List<String> dropped(Encoded encoded) {
        return encoded.dropped().stream().map(Dropped::name).toList();
    }

    static String framed(List<String> payloads) {
        return payloads.stream().map(p -> "data: " + p + "\r\n\r\n").collect(Collectors.joining());
    }

    static String framed(String... payloads) {
        return framed(List.of(payloads));
    }

    /** What a stream says that comes in chunks of so many bytes and ends by itself. */
    static List<ChatEvent> events(byte[] stream, int chunk) {
        List<ChatEvent> events = new ArrayList<>();
        StreamDecoder decoder = CODEC.openDecoder(SOURCE);
        SseReader reader = new SseReader(64 << 20);
        try {
            for (int from = 0; from < stream.length; from += chunk) {
                byte[] bytes = Arrays.copyOfRange(stream, from, Math.min(from + chunk, stream.length));
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

    static List<ChatEvent> eventsOf(String... payloads) {
        return events(framed(payloads));
    }

    static String stream(List<ChatEvent> events, Framing framing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StreamEncoder encoder = CODEC.openEncoder(context(framing));
        events.forEach(event -> encoder.on(event, (bytes, from, to) -> out.write(bytes, from, to - from)));
        return out.toString(UTF_8);
    }

    static String stream(List<ChatEvent> events) {
        return stream(events, Framing.SSE);
    }

    /** The JSON of each event of a stream. */
    static List<JsonNode> pieces(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> tree(line.substring("data: ".length())))
                .toList();
    }
}
