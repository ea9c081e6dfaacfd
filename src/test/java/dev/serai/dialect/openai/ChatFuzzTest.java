package dev.serai.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.EmbeddingReply;
import dev.serai.conversation.EmbeddingRequest;
import dev.serai.conversation.EventGrammar;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.ReplySource;
import dev.serai.error.GatewayException;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever comes in, the codecs throw their own exception or none; and what they have read they can write. What comes in is the golden
 * files with values exchanged, cut, doubled and bent, and JSON that never was one of them.
 */
class ChatFuzzTest {
    private static final Path GOLDEN = Path.of("src/test/resources/codec");
    private static final List<String> STRANGE = List.of(
            "null",
            "true",
            "-1",
            "1e400",
            "12345678901234567890123456789",
            "0.1",
            "\"\"",
            "\"\\ud800\"",
            "\"text\"",
            "[]",
            "[null]",
            "[[[]]]",
            "{}",
            "{\"type\":null}",
            "{\"type\":\"text\"}",
            "{\"index\":-1}",
            "{\"url\":\"data:,\"}",
            "[{}]",
            "[\"a\",1]",
            "[".repeat(600) + "]".repeat(600));

    private static final OpenAiEmbeddingsCodec EMBEDDINGS = new OpenAiEmbeddingsCodec();
    private static final EncodingTarget TARGET = new EncodingTarget("m", null);

    @Provide
    Arbitrary<String> requests() {
        return bent("request.json");
    }

    @Provide
    Arbitrary<String> replies() {
        return bent("reply.json");
    }

    @Provide
    Arbitrary<String> streams() {
        return bent(".sse");
    }

    @Provide
    Arbitrary<String> errors() {
        return bent("error.json");
    }

    private static Arbitrary<String> bent(String suffix) {
        return Combinators.combine(
                        Arbitraries.of(golden(suffix)),
                        Arbitraries.longs(),
                        Arbitraries.integers().between(0, 6))
                .as((text, seed, times) -> {
                    Random random = new Random(seed);
                    String bent = text;
                    for (int i = 0; i < times; i++) {
                        bent = bend(bent, random);
                    }
                    return bent;
                });
    }

    private static List<String> golden(String suffix) {
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            return files.filter(file -> file.toString().contains("openai-chat")
                            || file.toString().contains("openai-embeddings"))
                    .filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .map(ChatFuzzTest::text)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Mostly exchanges a value for a strange one, so that the result is still JSON; sometimes breaks it. */
    private static String bend(String text, Random random) {
        if (text.length() < 2) {
            return "{}";
        }
        int at = random.nextInt(text.length());
        int colon = text.indexOf(':', at);
        if (colon > 0 && random.nextInt(8) != 0) {
            int end = endOfValue(text, colon + 1);
            return text.substring(0, colon + 1) + STRANGE.get(random.nextInt(STRANGE.size())) + text.substring(end);
        }
        int to = Math.min(text.length(), at + 1 + random.nextInt(12));
        return random.nextBoolean()
                ? text.substring(0, at) + text.substring(to)
                : text.substring(0, to) + text.substring(at);
    }

    private static int endOfValue(String text, int from) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && text.charAt(i - 1) != '\\') {
                quoted = !quoted;
            } else if (!quoted && (c == '{' || c == '[')) {
                depth++;
            } else if (!quoted && (c == '}' || c == ']')) {
                if (depth == 0) {
                    return i;
                }
                depth--;
            } else if (!quoted && depth == 0 && c == ',') {
                return i;
            }
        }
        return text.length();
    }

    @Property(seed = "1", tries = 3000)
    void a_bent_request_is_read_or_refused(@ForAll("requests") String json) {
        try {
            ChatRequest request = ChatBench.request(json);
            ChatBench.CODEC.encodeRequest(request, TARGET);
        } catch (CodecException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        } catch (GatewayException | AssertionError e) {
            assertThat(e).matches(x -> x instanceof GatewayException || x.getCause() instanceof JsonException);
        }
    }

    @Property(seed = "1", tries = 3000)
    void a_bent_reply_is_read_or_refused(@ForAll("replies") String json) {
        try {
            ChatReply reply = ChatBench.reply(json);
            ChatBench.CODEC.encodeReply(reply, ChatBench.context(ChatBench.ASKED));
        } catch (CodecException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        }
    }

    @Property(seed = "1", tries = 3000)
    void a_bent_stream_is_legal_and_can_be_written(@ForAll("streams") String stream) {
        List<ChatEvent> events = ChatBench.events(stream);
        EventGrammar.check(events);
        ChatBench.stream(events, ChatBench.context(ChatBench.ASKED));
    }

    @Property(seed = "1", tries = 2000)
    void a_bent_error_is_told_in_one_line(@ForAll("errors") String json, @ForAll("statuses") int status) {
        assertThat(ChatBench.CODEC
                        .decodeError(status, json.getBytes(UTF_8), null)
                        .message())
                .isNotBlank()
                .doesNotContain("\n");
    }

    @Provide
    Arbitrary<Integer> statuses() {
        return Arbitraries.integers().between(300, 599);
    }

    @Property(seed = "1", tries = 1000)
    void bytes_that_are_anything_are_read_or_refused(@ForAll byte[] bytes) {
        ChatBench.CODEC.decodeError(500, bytes, null);
        EventGrammar.check(ChatBench.events(framed(bytes), ChatBench.SOURCE, 3));
        try {
            ChatBench.CODEC.decodeReply(bytes, ChatBench.SOURCE);
        } catch (CodecException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static byte[] framed(byte[] data) {
        byte[] head = "data: ".getBytes(UTF_8);
        byte[] framed = new byte[head.length + data.length + 2];
        System.arraycopy(head, 0, framed, 0, head.length);
        System.arraycopy(data, 0, framed, head.length, data.length);
        framed[framed.length - 2] = '\n';
        framed[framed.length - 1] = '\n';
        return framed;
    }

    @Property(seed = "1", tries = 1000)
    void bent_embeddings_are_read_or_refused(@ForAll("requests") String request, @ForAll("replies") String reply) {
        EmbeddingRequest asked = null;
        try {
            JsonDocument body = JsonDocument.parse(request.getBytes(UTF_8));
            asked = EMBEDDINGS.decodeRequest(new OpenAiEmbeddings().readRequest(body));
            EMBEDDINGS.encodeRequest(asked, TARGET);
            EmbeddingReply read =
                    EMBEDDINGS.decodeReply(reply.getBytes(UTF_8), ReplySource.of("m", "openai-embeddings"));
            EMBEDDINGS.encodeReply(read, asked);
        } catch (CodecException | GatewayException | JsonException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
