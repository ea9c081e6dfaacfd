package dev.serai.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Delivery;
import dev.serai.conversation.ReplyBuilder;
import dev.serai.conversation.Role;
import dev.serai.dialect.CodecException;
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
import java.util.function.Consumer;

/** The codec of Chat on the bench: bytes in, what they mean out, and back. */
final class ChatBench {
    static final OpenAiChatCodec CODEC = new OpenAiChatCodec();
    static final String MODEL = "model-1";
    static final ReplySource SOURCE = ReplySource.of(MODEL, "openai-chat");
    static final ChatRequest ASKED = ChatRequest.builder(MODEL)
            .add(Role.USER, "Hello")
            .delivery(new Delivery(true, true, null, null, null))
            .build();

    private ChatBench() {}

    static ReplyContext context(ChatRequest asked) {
        return new ReplyContext(asked, "abc123", 1_800_000_000L, Framing.SSE);
    }

    static ChatRequest request(String json) throws CodecException {
        try {
            return CODEC.decodeRequest(new OpenAiChat().readRequest(JsonDocument.parse(json.getBytes(UTF_8))));
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    static ChatReply reply(String json) throws CodecException {
        return CODEC.decodeReply(json.getBytes(UTF_8), SOURCE);
    }

    static List<ChatEvent> events(String stream) {
        byte[] bytes = stream.getBytes(UTF_8);
        return events(bytes, SOURCE, Math.max(1, bytes.length));
    }

    /** Decodes a stream that comes in pieces of this many bytes, to its end. */
    static List<ChatEvent> events(byte[] stream, ReplySource source, int piece) {
        List<ChatEvent> events = new ArrayList<>();
        StreamDecoder decoder = CODEC.openDecoder(source);
        feed(decoder, stream, piece, events::add);
        decoder.end(null, events::add);
        return events;
    }

    /** Hands a part of a stream to a decoder. */
    static void feed(StreamDecoder decoder, byte[] stream, Consumer<ChatEvent> out) {
        feed(decoder, stream, Math.max(1, stream.length), out);
    }

    private static void feed(StreamDecoder decoder, byte[] stream, int piece, Consumer<ChatEvent> out) {
        SseReader reader = new SseReader(64 * 1024 * 1024);
        try {
            for (int from = 0; from < stream.length; from += Math.max(1, piece)) {
                byte[] bytes = Arrays.copyOfRange(stream, from, Math.min(from + piece, stream.length));
                reader.feed(bytes, event -> decoder.on(event, out));
            }
        } catch (SseException e) {
            throw new AssertionError(e);
        }
    }

    /** The reply that a stream says, which must be legal and whole. */
    static ChatReply collected(String stream) {
        return ReplyBuilder.collect(events(stream));
    }

    static byte[] stream(List<ChatEvent> events, ReplyContext context) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StreamEncoder encoder = CODEC.openEncoder(context);
        events.forEach(event -> encoder.on(event, (bytes, from, to) -> out.write(bytes, from, to - from)));
        return out.toByteArray();
    }

    /** A stream of these chunks, each one a JSON object, and the closing line. */
    static String sse(String... chunks) {
        StringBuilder stream = new StringBuilder();
        for (String chunk : chunks) {
            stream.append("data: ").append(chunk).append("\n\n");
        }
        return stream.append("data: [DONE]\n\n").toString();
    }

    /** A chunk with one choice. */
    static String chunk(String choice) {
        return "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":7,\"model\":\"m\",\"choices\":["
                + choice + "]}";
    }

    /** A chunk with a delta of the first choice. */
    static String delta(String delta) {
        return chunk("{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}");
    }

    /** The chunk that ends the first choice. */
    static String finish(String reason) {
        return chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}");
    }
}
