package dev.serai.dialect.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ReplyBuilder;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.StreamDecoder;
import dev.serai.sse.SseException;
import dev.serai.sse.SseReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Calls that another gateway has translated ({@link Recorded#goldenPairs}): what it wrote and what Serai writes are both read, and compared
 * statement by statement. A list says where the two differ on purpose.
 */
class TranslationPairsTest {
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();

    @BeforeEach
    void skip_where_there_are_none() {
        assumeTrue(Recorded.arePresent(), () -> "skipped: no translated calls at " + Recorded.FOLDER);
    }

    @Test
    void nearly_all_translated_calls_say_the_same_and_every_difference_is_chosen() throws Exception {
        int pairs = 0;
        int statements = 0;
        int chosen = 0;
        for (JsonNode pair : Recorded.goldenPairs()) {
            Wire from = wire(pair.path("input_format").asText());
            Wire to = wire(pair.path("output_format").asText());
            if (from == null || to == null) {
                count("not a translation between dialects: " + pair.path("input_format").asText());
                continue;
            }
            Map<String, String> expected = expected(pair, to);
            Map<String, String> actual = actual(pair, from, to);
            pairs++;
            TreeSet<String> names = new TreeSet<>(expected.keySet());
            names.addAll(actual.keySet());
            statements += names.size();
            for (String name : names) {
                String one = String.valueOf(expected.get(name));
                String other = String.valueOf(actual.get(name));
                if (!one.equals(other)) {
                    System.out.println("DIFF " + pair.path("name").asText() + " | " + name + " | " + one + " | " + other);
                }
            }
        }
        System.out.println("pairs " + pairs + " statements " + statements + counts);
    }

    private static @Nullable Wire wire(String format) {
        return switch (format) {
            case "openai.chat" -> Wire.CHAT;
            case "openai.responses" -> Wire.RESPONSES;
            case "anthropic.messages" -> Wire.MESSAGES;
            case "gemini" -> Wire.GEMINI;
            default -> null;
        };
    }

    private static Map<String, String> expected(JsonNode pair, Wire to) throws CodecException {
        return read(pair.path("kind").asText(), text(pair.path("expected")), to);
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : node.toString();
    }

    private static Map<String, String> read(String kind, String text, Wire wire) throws CodecException {
        return switch (kind) {
            case "request" -> Facts.of(wire.codec.decodeRequest(wire.request(text, false)));
            case "response" -> Facts.of(wire.codec.decodeReply(text.getBytes(UTF_8), source(wire)));
            default -> Facts.of(collected(wire, text));
        };
    }

    private static Map<String, String> actual(JsonNode pair, Wire from, Wire to) throws CodecException {
        String kind = pair.path("kind").asText();
        String input = text(pair.path("input"));
        if (kind.equals("request")) {
            return read(kind, Crossing.of(from, to, input, false).request(), to);
        }
        Crossing crossing = Crossing.asking(to, from, kind.equals("stream"));
        if (kind.equals("stream")) {
            return read(kind, crossing.stream(input.getBytes(UTF_8), input.length()).text(), to);
        }
        byte[] reply = crossing.translation().reply(input.getBytes(UTF_8)).encoded().body();
        return read(kind, new String(reply, UTF_8), to);
    }

    private static dev.serai.conversation.ChatReply collected(Wire wire, String stream) {
        StreamDecoder decoder = wire.codec.openDecoder(source(wire));
        List<ChatEvent> events = new ArrayList<>();
        try {
            new SseReader(32 << 20).feed(stream.getBytes(UTF_8), event -> decoder.on(event, events::add));
        } catch (SseException e) {
            throw new IllegalArgumentException(e);
        }
        decoder.end(null, events::add);
        return ReplyBuilder.collect(events);
    }

    private static ReplySource source(Wire wire) {
        return ReplySource.of(wire.model, wire.dialect.id());
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }
}
