package dev.serai.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.catalog.UsageTotals;
import dev.serai.dialect.ChatCodec;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Codecs;
import dev.serai.dialect.Dialect;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplyContext;
import dev.serai.dialect.ReplyIdentity;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.StreamReading;
import dev.serai.dialect.Translation;
import dev.serai.dialect.Translator;
import dev.serai.dialect.anthropic.AnthropicMessages;
import dev.serai.dialect.anthropic.AnthropicMessagesCodec;
import dev.serai.dialect.gemini.Gemini;
import dev.serai.dialect.gemini.GeminiCodec;
import dev.serai.dialect.openai.OpenAiChat;
import dev.serai.dialect.openai.OpenAiChatCodec;
import dev.serai.dialect.openai.OpenAiResponses;
import dev.serai.dialect.openai.OpenAiResponsesCodec;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import dev.serai.sse.SseException;
import dev.serai.sse.SseReader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One event of a stream of words: translated for a client of another dialect, and passed through to one of the same. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class StreamTranslation {
    private static final int WORDS = 1_000;
    private static final String MODEL = "model-1";
    private static final ReplyIdentity IDENTITY = new ReplyIdentity("made1", 1, ReplyContext.Framing.SSE);
    private static final Map<String, Dialect> DIALECTS = Map.of(
            "chat", new OpenAiChat(),
            "responses", new OpenAiResponses(),
            "messages", new AnthropicMessages(),
            "gemini", new Gemini());
    private static final List<ChatCodec> CODECS = List.of(
            new OpenAiChatCodec(), new OpenAiResponsesCodec(), new AnthropicMessagesCodec(), new GeminiCodec());

    /** What the provider speaks. */
    @Param({"chat", "responses", "messages", "gemini"})
    String from;

    /** What the client speaks. */
    @Param({"chat", "responses", "messages", "gemini"})
    String to;

    private byte[] stream = {};
    private ModelRequest request = request("chat");
    private int bytes;

    @Setup
    public void prepare() {
        stream = words(from).getBytes(UTF_8);
        request = request(to);
    }

    @Benchmark
    @OperationsPerInvocation(WORDS)
    public int event() throws CodecException, SseException {
        StreamReading reading = from.equals(to)
                ? DIALECTS.get(to).openStream(request, UsageTotals.of(DIALECTS.get(to).id()))
                : translation().openStream();
        bytes = 0;
        new SseReader(1 << 20).feed(stream, event -> reading.on(event, (written, start, end) -> bytes += end - start));
        return bytes;
    }

    private Translation translation() throws CodecException {
        String provider = DIALECTS.get(from).id();
        return new Translator(new Codecs(CODECS, List.of()))
                .decode(request, IDENTITY)
                .to(provider, new EncodingTarget(MODEL, null), ReplySource.of(MODEL, provider));
    }

    private static ModelRequest request(String dialect) {
        String body =
                switch (dialect) {
                    case "responses" -> "{\"model\":\"model-1\",\"stream\":true,\"input\":\"Hi\"}";
                    case "gemini" -> "{\"model\":\"model-1\",\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}";
                    default ->
                        "{\"model\":\"model-1\",\"stream\":true,\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
                };
        try {
            ModelRequest read = DIALECTS.get(dialect).readRequest(JsonDocument.parse(body.getBytes(UTF_8)));
            return new ModelRequest(read.dialect(), read.models(), true, true, read.body());
        } catch (JsonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String words(String dialect) {
        String beginning =
                switch (dialect) {
                    case "responses" ->
                        data("{\"type\":\"response.created\",\"response\":{\"id\":\"r\",\"model\":\"m\"}}")
                                + data("{\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":"
                                        + "{\"id\":\"i\",\"type\":\"message\",\"content\":[]}}");
                    case "messages" ->
                        data("{\"type\":\"message_start\",\"message\":{\"id\":\"r\",\"model\":\"m\",\"usage\":{\"input_tokens\":9}}}")
                                + data("{\"type\":\"content_block_start\",\"index\":0,\"content_block\":"
                                        + "{\"type\":\"text\",\"text\":\"\"}}");
                    default -> "";
                };
        return beginning + data(word(dialect)).repeat(WORDS);
    }

    private static String data(String json) {
        return "data: " + json + "\n\n";
    }

    private static String word(String dialect) {
        return switch (dialect) {
            case "chat" ->
                "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"gpt-5-mini\","
                        + "\"system_fingerprint\":\"fp_1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"},"
                        + "\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}";
            case "responses" ->
                "{\"type\":\"response.output_text.delta\",\"sequence_number\":7,\"item_id\":\"i\",\"output_index\":0,"
                        + "\"content_index\":0,\"delta\":\" word\",\"logprobs\":[]}";
            case "messages" ->
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\" word\"}}";
            default ->
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\" word\"}],\"role\":\"model\"},\"index\":0}],"
                        + "\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":7,\"totalTokenCount\":16},"
                        + "\"modelVersion\":\"gemini-2.5-flash\",\"responseId\":\"r\"}";
        };
    }
}
