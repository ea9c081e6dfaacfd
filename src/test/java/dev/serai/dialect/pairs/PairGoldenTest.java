package dev.serai.dialect.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.serai.catalog.UsageTotals;
import dev.serai.conversation.Usage;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Translation;
import dev.serai.dialect.UnusableReplyException;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Walks {@code src/test/resources/pairs}. A case is a folder that holds what is said in one dialect or several: a client's request in
 * {@code requests}, a provider's whole reply in {@code replies}, its stream in {@code streams}; named {@code chat.json}, {@code
 * gemini.sse} and so on. Beside each stands what it becomes in every other dialect, {@code chat-to-gemini.json}, and {@code outcome.txt}
 * says of each what was dropped, the usage, and how a stream ended. A client's request before a reply or a stream is a short question, or
 * {@code <client>.request.json}.
 *
 * <p>With {@code -Dserai.golden=write} the translations are written anew: read what changed before you commit it.
 */
class PairGoldenTest {
    private static final Path ROOT = Path.of("src/test/resources/pairs");
    private static final boolean WRITES = "write".equals(System.getProperty("serai.golden"));
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final DefaultPrettyPrinter INDENTED = new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));

    /** What one translation gave: its text, and what is to be said of it. */
    private record Translated(String text, Map<String, String> outcome) {}

    private interface Way {
        Translated translate(Path folder, Wire from, Wire to, byte[] source) throws IOException, CodecException;
    }

    @TestFactory
    Stream<DynamicTest> a_request_of_a_client_becomes_one_for_any_provider() {
        return cases("requests", ".json", PairGoldenTest::request);
    }

    @TestFactory
    Stream<DynamicTest> a_reply_of_a_provider_becomes_one_for_any_client() {
        return cases("replies", ".json", PairGoldenTest::reply);
    }

    @TestFactory
    Stream<DynamicTest> a_stream_of_a_provider_becomes_one_for_any_client_however_it_is_cut() {
        return cases("streams", ".sse", PairGoldenTest::stream);
    }

    @Test
    void every_pair_has_its_cases() {
        Map<String, Integer> pairs = new TreeMap<>();
        for (Path folder : folders("requests")) {
            sources(folder, ".json").forEach((from, file) -> from.others()
                    .forEach(
                            to -> pairs.merge(from.label() + " client, " + to.label() + " provider", 1, Integer::sum)));
        }
        for (String kind : List.of("replies", "streams")) {
            for (Path folder : folders(kind)) {
                sources(folder, kind.equals("replies") ? ".json" : ".sse").forEach((from, file) -> from.others()
                        .forEach(to ->
                                pairs.merge(to.label() + " client, " + from.label() + " provider", 1, Integer::sum)));
            }
        }
        System.out.println("golden files between dialects: " + pairs);
        assertThat(pairs).hasSize(12).allSatisfy((pair, cases) -> assertThat(cases)
                .isGreaterThanOrEqualTo(25));
    }

    private static Translated request(Path folder, Wire client, Wire provider, byte[] source) throws CodecException {
        boolean stream = client != Wire.GEMINI && tree(source).path("stream").asBoolean();
        Map<String, String> outcome = new LinkedHashMap<>();
        try {
            Crossing crossing = Crossing.of(client, provider, client.request(source, stream));
            outcome.put("dropped", String.join(", ", crossing.dropped()));
            JsonNode written = tree(crossing.request().getBytes(UTF_8));
            OfficialTypes.wrongRequest(provider, written).ifPresent(why -> outcome.put("invalid", why));
            return new Translated(indented(written), outcome);
        } catch (CodecException e) {
            outcome.put("refused", String.valueOf(e.getMessage()));
            return new Translated("", outcome);
        }
    }

    private static Crossing crossing(Path folder, Wire client, Wire provider, boolean stream)
            throws IOException, CodecException {
        Path own = folder.resolve(client.label() + ".request.json");
        return Files.exists(own)
                ? Crossing.of(client, provider, client.request(Files.readAllBytes(own), stream))
                : Crossing.asking(client, provider, stream);
    }

    private static Translated reply(Path folder, Wire provider, Wire client, byte[] source)
            throws IOException, CodecException {
        Map<String, String> outcome = new LinkedHashMap<>();
        Translation.Reply reply;
        try {
            reply = crossing(folder, client, provider, false).translation().reply(source);
        } catch (CodecException e) {
            outcome.put("refused", String.valueOf(e.getMessage()));
            return new Translated("", outcome);
        }
        outcome.put(
                "dropped",
                reply.encoded().dropped().stream().map(Dropped::name).distinct().collect(Collectors.joining(", ")));
        JsonNode written = tree(reply.encoded().body());
        OfficialTypes.wrongReply(client, written).ifPresent(why -> outcome.put("invalid", why));
        Usage stated = stated(provider, source);
        assertThat(stated(client, reply.encoded().body())).isEqualTo(Sayable.usage(stated, client));
        outcome.put("usage", told(stated));
        return new Translated(indented(written), outcome);
    }

    private static Usage stated(Wire wire, byte[] reply) {
        try {
            return wire.dialect
                    .readReply(JsonDocument.parse(reply), UsageTotals.of(wire.dialect.id()))
                    .usage();
        } catch (UnusableReplyException | JsonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Translated stream(Path folder, Wire provider, Wire client, byte[] source)
            throws IOException, CodecException {
        Crossing crossing = crossing(folder, client, provider, true);
        Crossing.Streamed streamed = crossing.stream(source, source.length);
        for (int piece : List.of(1, 2, 3, 7, 50)) {
            assertThat(crossing.stream(source, piece).text()).isEqualTo(streamed.text());
        }
        Usage usage = streamed.reading().usage();
        if (streamed.whole()) {
            assertThat(provider.usageOfStream(source))
                    .as("usage, passed through")
                    .isEqualTo(usage);
            assertThat(client.usageOfStream(streamed.bytes())).isEqualTo(Sayable.usage(usage, client));
        }
        Map<String, String> outcome = new LinkedHashMap<>();
        outcome.put("ends", streamed.whole() ? "whole" : "broken off");
        outcome.put("failure", streamed.reading().failure());
        outcome.put("usage", told(usage));
        streamed.text()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> tree(line.substring("data: ".length()).getBytes(UTF_8)))
                .filter(event -> !event.has("error"))
                .flatMap(event -> OfficialTypes.wrongEvent(client, event).stream())
                .forEach(why -> outcome.put("invalid", why));
        return new Translated(streamed.text(), outcome);
    }

    /** The kinds of tokens that there are, each once. */
    private static String told(Usage usage) {
        Map<String, Long> kinds = new LinkedHashMap<>();
        kinds.put("input", usage.input());
        kinds.put("cache read", usage.cacheRead());
        kinds.put("cache write 5m", usage.cacheWrite5m());
        kinds.put("cache write 1h", usage.cacheWrite1h());
        kinds.put("audio input", usage.inputAudio());
        kinds.put("output", usage.output());
        kinds.put("reasoning", usage.reasoning());
        kinds.put("audio output", usage.outputAudio());
        kinds.put("image input", usage.inputImage());
        kinds.put("image output", usage.outputImage());
        kinds.put("searches", usage.webSearches());
        kinds.values().removeIf(tokens -> tokens == 0);
        return kinds.entrySet().stream()
                .map(kind -> kind.getKey() + " " + kind.getValue())
                .collect(Collectors.joining(", "));
    }

    private static Stream<DynamicTest> cases(String kind, String suffix, Way way) {
        return folders(kind).stream()
                .map(folder -> DynamicTest.dynamicTest(
                        String.valueOf(folder.getFileName()).replace('-', ' '), () -> check(folder, suffix, way)));
    }

    private static void check(Path folder, String suffix, Way way) throws IOException, CodecException {
        Map<String, String> actual = new TreeMap<>();
        StringBuilder outcomes = new StringBuilder();
        for (Map.Entry<Wire, Path> source : sources(folder, suffix).entrySet()) {
            for (Wire to : source.getKey().others()) {
                String name = source.getKey().label() + "-to-" + to.label();
                Translated translated =
                        way.translate(folder, source.getKey(), to, Files.readAllBytes(source.getValue()));
                if (!translated.text().isEmpty()) {
                    actual.put(name + suffix, translated.text());
                }
                outcomes.append(name).append('\n');
                translated.outcome().forEach((what, value) -> {
                    if (!value.isEmpty()) {
                        outcomes.append("  ")
                                .append(what)
                                .append(": ")
                                .append(value)
                                .append('\n');
                    }
                });
            }
        }
        actual.put("outcome.txt", outcomes.toString());
        if (WRITES) {
            write(folder, actual);
        }
        assertThat(actual).isEqualTo(golden(folder));
    }

    private static void write(Path folder, Map<String, String> actual) throws IOException {
        for (String name : golden(folder).keySet()) {
            Files.delete(folder.resolve(name));
        }
        for (Map.Entry<String, String> file : actual.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private static Map<String, String> golden(Path folder) throws IOException {
        Map<String, String> golden = new TreeMap<>();
        for (Path file : files(folder)) {
            String name = String.valueOf(file.getFileName());
            if (name.contains("-to-") || name.equals("outcome.txt")) {
                golden.put(name, Files.readString(file));
            }
        }
        return golden;
    }

    private static Map<Wire, Path> sources(Path folder, String suffix) {
        Map<Wire, Path> sources = new TreeMap<>();
        for (Wire wire : Wire.values()) {
            Path file = folder.resolve(wire.label() + suffix);
            if (Files.exists(file)) {
                sources.put(wire, file);
            }
        }
        return sources;
    }

    private static List<Path> folders(String kind) {
        return files(ROOT.resolve(kind));
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String indented(JsonNode tree) throws CodecException {
        try {
            return JSON.writer(INDENTED).writeValueAsString(tree) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
