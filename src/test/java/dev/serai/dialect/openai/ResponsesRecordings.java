package dev.serai.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Recorded traffic of providers that speak responses, which is not part of this repository: found by the system property {@code
 * serai.fixtures}, the environment variable {@code SERAI_FIXTURES}, or beside the repository.
 */
final class ResponsesRecordings {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ResponsesRecordings() {}

    /**
     * An exchange.
     *
     * @param reply  null if it was streamed or cannot be read
     * @param stream empty if it was not streamed
     */
    record Exchange(
            String name,
            JsonNode request,
            int status,
            @Nullable JsonNode reply,
            List<String> stream) {}

    /** What stands in the data lines of a stream. */
    record Recorded(String name, List<String> payloads) {
        byte[] framed() {
            StringBuilder framed = new StringBuilder();
            payloads.forEach(payload -> framed.append("data: ").append(payload).append("\n\n"));
            return framed.toString().getBytes(UTF_8);
        }
    }

    static Path located() {
        String named = System.getProperty("serai.fixtures", System.getenv().getOrDefault("SERAI_FIXTURES", ""));
        Path path = Path.of(named.isEmpty() ? "../shared/fixtures" : named);
        assumeTrue(Files.isDirectory(path), () -> "skipped: no recorded traffic at " + path);
        return path;
    }

    static List<Exchange> exchanges() throws IOException {
        List<Exchange> exchanges = new ArrayList<>();
        for (Path file : files(located().resolve("exchanges"), ".openai.responses.jsonl")) {
            int line = 0;
            for (String text : Files.readAllLines(file)) {
                JsonNode exchange = JSON.readTree(text);
                JsonNode response = exchange.path("response");
                JsonNode json = response.path("json");
                exchanges.add(new Exchange(
                        file.getFileName() + ":" + ++line,
                        exchange.path("request").path("body"),
                        response.path("status").asInt(),
                        json.isObject() ? json : null,
                        payloads(response.path("sse").asText())));
            }
        }
        return exchanges;
    }

    private static List<String> payloads(String sse) {
        return sse.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    /** Single replies and errors. */
    static List<Exchange> replies() throws IOException {
        List<Exchange> replies = new ArrayList<>();
        for (Path file : files(located().resolve("streams"), ".json")) {
            JsonNode json = JSON.readTree(file.toFile());
            if (json.path("object").asText().equals("response")) {
                replies.add(new Exchange(file.toString(), JSON.missingNode(), 200, json, List.of()));
            }
        }
        return replies;
    }

    /** Streams; where a file holds several, one after the other, each is one of its own. */
    static List<Recorded> streams() throws IOException {
        List<Recorded> streams = new ArrayList<>();
        for (Path file : files(located().resolve("streams"), ".chunks.txt")) {
            List<String> lines = Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
            if (lines.get(0).contains("\"response.created\"")) {
                split(file.toString(), lines, streams);
            }
        }
        for (Exchange exchange : exchanges()) {
            if (!exchange.stream.isEmpty()) {
                streams.add(new Recorded(exchange.name, exchange.stream));
            }
        }
        return streams;
    }

    private static void split(String name, List<String> lines, List<Recorded> into) throws IOException {
        List<String> one = new ArrayList<>();
        for (String line : lines) {
            if (type(line).equals("response.created") && !one.isEmpty()) {
                into.add(new Recorded(name, List.copyOf(one)));
                one.clear();
            }
            one.add(line);
        }
        into.add(new Recorded(name, List.copyOf(one)));
    }

    private static String type(String line) {
        try {
            return JSON.readTree(line).path("type").asText();
        } catch (IOException e) {
            return "";
        }
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
