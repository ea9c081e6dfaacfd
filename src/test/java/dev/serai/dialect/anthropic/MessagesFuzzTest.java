package dev.serai.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.EventGrammar;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.ModelRequest;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import dev.serai.testing.OddJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever comes in, nothing but {@link CodecException} comes out, and every stream that is read is legal. */
class MessagesFuzzTest {
    private static final Path GOLDEN = Path.of("src/test/resources/codec/anthropic-messages");
    private static final List<JsonNode> REQUESTS = trees("requests");
    private static final List<JsonNode> REPLIES = trees("replies");
    private static final List<List<String>> STREAMS = streams();

    /** What stands where in messages. */
    private static final List<JsonNode> STRANGE = List.of(
            JsonNodeFactory.instance.textNode("tool_use"),
            JsonNodeFactory.instance.objectNode().put("type", "tool_result"),
            JsonNodeFactory.instance.objectNode().put("type", "thinking"));

    /** The same with up to three values replaced, removed or moved. */
    private static JsonNode odd(JsonNode good, long seed) {
        Random random = new Random(seed);
        OddJson odd = new OddJson(random, STRANGE, 400);
        JsonNode changed = good.deepCopy();
        for (int i = random.nextInt(3); i >= 0; i--) {
            odd.change(changed);
        }
        return changed;
    }

    @Property(seed = "1")
    void a_request_that_went_wrong_is_read_or_refused_with_its_place(@ForAll long seed) {
        request(odd(pick(REQUESTS, seed), seed).toString().getBytes(UTF_8));
    }

    @Property(seed = "1")
    void a_request_of_broken_bytes_is_read_or_refused(@ForAll long seed) {
        request(broken(pick(REQUESTS, seed).toString().getBytes(UTF_8), seed));
    }

    private static void request(byte[] body) {
        ModelRequest request;
        try {
            request = new ModelRequest(MessagesSayable.ID, List.of("m"), false, true, JsonDocument.parse(body));
        } catch (JsonException e) {
            return; // refused before it comes to a codec
        }
        try {
            ChatRequest read = Wire.CODEC.decodeRequest(request);
            JsonNode written = Wire.tree(Wire.text(Wire.encode(read)));
            assertThat(written.path("messages").isArray()).isTrue();
        } catch (CodecException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        }
    }

    @Property(seed = "1")
    void a_reply_that_went_wrong_is_read_or_refused(@ForAll long seed) {
        reply(odd(pick(REPLIES, seed), seed).toString().getBytes(UTF_8));
    }

    @Property(seed = "1")
    void a_reply_of_broken_bytes_is_read_or_refused(@ForAll long seed) {
        reply(broken(pick(REPLIES, seed).toString().getBytes(UTF_8), seed));
    }

    private static void reply(byte[] body) {
        try {
            ChatReply reply = Wire.CODEC.decodeReply(body, Wire.SOURCE);
            assertThat(Wire.tree(Wire.text(Wire.encode(reply))).path("content").isArray())
                    .isTrue();
        } catch (CodecException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        assertThat(Wire.CODEC.decodeError(400, body, null).message()).isNotBlank();
    }

    @Property(seed = "1")
    void a_stream_whose_events_went_wrong_is_read_as_a_legal_one(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> payloads = new ArrayList<>();
        for (String payload : pick(STREAMS, seed)) {
            switch (random.nextInt(8)) {
                case 0 ->
                    payloads.add(odd(Wire.tree(payload), random.nextLong()).toString());
                case 1 -> payloads.addAll(List.of(payload, payload));
                case 2 -> payloads.add(0, payload);
                case 3 -> {}
                default -> payloads.add(payload);
            }
        }
        stream(Wire.framed(payloads).getBytes(UTF_8));
    }

    @Property(seed = "1")
    void a_stream_of_broken_bytes_is_read_as_a_legal_one(@ForAll long seed) {
        stream(broken(Wire.framed(pick(STREAMS, seed)).getBytes(UTF_8), seed));
    }

    private static void stream(byte[] stream) {
        List<ChatEvent> events = Wire.events(stream, Math.max(1, stream.length));
        EventGrammar.check(events);
        EventGrammar.check(Wire.events(Wire.stream(events)));
    }

    @Property(seed = "1")
    void an_error_of_any_bytes_is_read(@ForAll byte[] body, @ForAll long seed) {
        int status = 300 + Math.floorMod(seed, 300);
        assertThat(Wire.CODEC.decodeError(status, body, null).status()).isEqualTo(status);
    }

    private static <T> T pick(List<T> values, long seed) {
        return values.get(Math.floorMod(seed, values.size()));
    }

    private static byte[] broken(byte[] good, long seed) {
        Random random = new Random(seed);
        byte[] bytes = good.clone();
        for (int i = 0; i <= random.nextInt(4); i++) {
            bytes[random.nextInt(bytes.length)] =
                    (byte) (random.nextBoolean() ? random.nextInt(256) : "{}[]\",:0\n".charAt(random.nextInt(9)));
        }
        return random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }

    private static List<JsonNode> trees(String folder) {
        return files(folder, ".json").stream()
                .filter(text -> !text.contains("\ndropped: "))
                .map(Wire::tree)
                .toList();
    }

    private static List<List<String>> streams() {
        return files("streams", ".sse").stream()
                .map(text -> text.lines()
                        .filter(line -> line.startsWith("data: {") && line.endsWith("}"))
                        .map(line -> line.substring("data: ".length()))
                        .toList())
                .filter(payloads -> !payloads.isEmpty())
                .toList();
    }

    private static List<String> files(String folder, String suffix) {
        try (Stream<Path> all = Files.list(GOLDEN.resolve(folder))) {
            List<String> texts = new ArrayList<>();
            for (Path file : all.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
