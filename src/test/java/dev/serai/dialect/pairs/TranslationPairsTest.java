package dev.serai.dialect.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ReplyBuilder;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.StreamDecoder;
import dev.serai.sse.SseException;
import dev.serai.sse.SseReader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Calls that another gateway has translated ({@link Recorded#goldenPairs}): what it wrote and what Serai writes are both read, and compared
 * statement by statement. {@link Chosen} lists where the two differ, and why.
 */
class TranslationPairsTest {
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final EnumSet<Chosen> unused = EnumSet.allOf(Chosen.class);

    @BeforeEach
    void skip_where_there_are_none() {
        assumeTrue(Recorded.arePresent(), () -> "skipped: no translated calls at " + Recorded.FOLDER);
    }

    @Test
    void nearly_all_translated_calls_say_the_same_and_every_difference_is_chosen() throws Exception {
        int statements = 0;
        for (JsonNode pair : Recorded.goldenPairs()) {
            Wire from = wire(pair, pair.path("input_format").asText());
            Wire to = wire(pair, pair.path("output_format").asText());
            if (from == null || to == null) {
                count("no translation between dialects");
                continue;
            }
            Map<String, String> expected = read(pair.path("kind").asText(), text(pair.path("expected")), to);
            Map<String, String> actual = actual(pair, from, to);
            int differences = compare(pair.path("name").asText(), expected, actual);
            statements += Math.max(expected.size(), actual.size());
            count("pairs");
            count(differences == 0 ? "pairs that are equal in every word" : "pairs with differences");
        }
        int different = counts.getOrDefault("statements that say something else", 0);
        System.out.println("translated calls: " + counts + ", statements " + statements);
        assertThat(wrong).isEmpty();
        assertThat(unused).isEmpty();
        assertThat(different).isLessThanOrEqualTo(statements * 5 / 100);
    }

    private int compare(String pair, Map<String, String> expected, Map<String, String> actual) {
        TreeSet<String> names = new TreeSet<>(expected.keySet());
        names.addAll(actual.keySet());
        names.removeIf(name -> Objects.equals(expected.get(name), actual.get(name)));
        for (String name : names) {
            String difference = pair + " | " + name + " | " + expected.get(name) + " | " + actual.get(name);
            Chosen.of(difference)
                    .ifPresentOrElse(
                            chosen -> {
                                unused.remove(chosen);
                                count(
                                        chosen.means()
                                                ? "statements that say something else"
                                                : "statements in other words");
                            },
                            () -> wrong.add(difference));
        }
        return names.size();
    }

    private static @Nullable Wire wire(JsonNode pair, String format) {
        return switch (format) {
            case "openai.chat" -> Wire.CHAT;
            case "openai.responses" -> Wire.RESPONSES;
            case "anthropic.messages" -> Wire.MESSAGES;
            // Some that are called so were written for Google's interface in OpenAI's dialect.
            case "gemini" -> pair.path("expected").has("messages") ? Wire.CHAT : Wire.GEMINI;
            default -> null;
        };
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
            return read(
                    kind, crossing.stream(input.getBytes(UTF_8), input.length()).text(), to);
        }
        byte[] reply =
                crossing.translation().reply(input.getBytes(UTF_8)).encoded().body();
        return read(kind, new String(reply, UTF_8), to);
    }

    private static ChatReply collected(Wire wire, String stream) {
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
