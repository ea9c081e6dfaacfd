package dev.serai.credits;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.catalog.UsageTotals;
import dev.serai.dialect.Dialect;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.StreamReading;
import dev.serai.dialect.anthropic.AnthropicMessages;
import dev.serai.dialect.gemini.Gemini;
import dev.serai.dialect.openai.OpenAiChat;
import dev.serai.dialect.openai.OpenAiEmbeddings;
import dev.serai.dialect.openai.OpenAiResponses;
import dev.serai.json.JsonDocument;
import dev.serai.sse.SseReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Recorded answers of providers, which are not part of this repository: the folder is named by the system property {@code serai.fixtures} or
 * the environment variable {@code SERAI_FIXTURES}, or lies at {@code ../shared/fixtures}.
 */
final class RecordedAnswers {
    static final Path FOLDER = folder();

    private static final ObjectMapper TREE = new ObjectMapper();
    private static final Map<String, Dialect> BY_API = Map.of(
            "openai.chat", new OpenAiChat(),
            "openai.responses", new OpenAiResponses(),
            "openai.embeddings", new OpenAiEmbeddings(),
            "anthropic.messages", new AnthropicMessages(),
            "gemini.generateContent", new Gemini(),
            "gemini.streamGenerateContent", new Gemini());

    /**
     * An answer.
     *
     * @param bodies the reply, or what the events of a stream hold
     * @param sse    the stream as it came; null if it was none
     */
    record Answer(
            String name,
            Dialect dialect,
            List<JsonNode> bodies,
            @Nullable String sse) {
        /** Read as the gateway reads it when it passes. */
        StreamReading stream() throws Exception {
            return stream(reading -> {});
        }

        /** @param afterEach looks at the reading after each event */
        StreamReading stream(Consumer<StreamReading> afterEach) throws Exception {
            ModelRequest request =
                    new ModelRequest(dialect.id(), List.of("m"), true, true, JsonDocument.parse("{}".getBytes(UTF_8)));
            StreamReading reading = dialect.openStream(request, UsageTotals.of(dialect.id()));
            new SseReader(1 << 24).feed(String.valueOf(sse).getBytes(UTF_8), event -> {
                reading.on(event, (bytes, from, to) -> {});
                afterEach.accept(reading);
            });
            return reading;
        }
    }

    private RecordedAnswers() {}

    private static Path folder() {
        String named = System.getProperty("serai.fixtures", System.getenv().getOrDefault("SERAI_FIXTURES", ""));
        return Path.of(named.isEmpty() ? "../shared/fixtures" : named);
    }

    static List<Answer> all() throws IOException {
        List<Answer> answers = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER.resolve("exchanges"))) {
            for (Path file : files.sorted().toList()) {
                int line = 0;
                for (String text : Files.readAllLines(file)) {
                    line++;
                    addExchange(file.getFileName() + ":" + line, TREE.readTree(text), answers);
                }
            }
        }
        try (Stream<Path> files = Files.walk(FOLDER.resolve("streams"))) {
            for (Path file : files.sorted().toList()) {
                if (file.toString().endsWith(".chunks.txt")) {
                    addChunks(file, answers);
                }
            }
        }
        return answers;
    }

    private static void addExchange(String name, JsonNode exchange, List<Answer> to) throws IOException {
        Dialect dialect = BY_API.get(exchange.path("api").asText());
        JsonNode response = exchange.path("response");
        String sse = response.path("sse").textValue();
        if (dialect == null || response.path("status").asInt() >= 300) {
            return;
        }
        if (response.path("json").isObject()) {
            to.add(new Answer(name, dialect, List.of(response.path("json")), null));
        } else if (sse != null && !sse.contains("\ufffd")) { // some were recorded compressed and are no text any more
            to.add(new Answer(name, dialect, bodies(sse.lines()), sse));
        }
    }

    private static List<JsonNode> bodies(Stream<String> lines) throws IOException {
        List<JsonNode> bodies = new ArrayList<>();
        for (String line : lines.filter(one -> one.startsWith("data: {")).toList()) {
            bodies.add(TREE.readTree(line.substring("data: ".length())));
        }
        return bodies;
    }

    private static void addChunks(Path file, List<Answer> to) throws IOException {
        List<String> lines =
                Files.readAllLines(file).stream().filter(one -> !one.isBlank()).toList();
        Dialect dialect = dialect(lines.get(0));
        if (dialect != null && lines.stream().allMatch(RecordedAnswers::isJson)) {
            StringBuilder sse = new StringBuilder();
            lines.forEach(one -> sse.append("data: ").append(one).append("\n\n"));
            if (dialect instanceof OpenAiChat) {
                sse.append("data: [DONE]\n\n");
            }
            to.add(new Answer(
                    String.valueOf(file.getFileName()),
                    dialect,
                    bodies(lines.stream().map(one -> "data: " + one)),
                    sse.toString()));
        }
    }

    private static boolean isJson(String line) {
        try {
            return TREE.readTree(line).isObject();
        } catch (IOException e) {
            return false;
        }
    }

    private static @Nullable Dialect dialect(String first) throws IOException {
        if (!isJson(first)) {
            return null;
        }
        JsonNode body = TREE.readTree(first);
        String type = body.path("type").asText();
        if (type.equals("message_start")) {
            return new AnthropicMessages();
        }
        if (type.equals("response.created")) {
            return new OpenAiResponses();
        }
        return body.has("choices") ? new OpenAiChat() : body.has("candidates") ? new Gemini() : null;
    }
}
