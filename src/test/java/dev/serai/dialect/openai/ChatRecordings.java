package dev.serai.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recorded traffic of real providers in Chat, which is not part of this repository: see {@code RecordedTrafficTest} for where it is looked
 * for.
 */
final class ChatRecordings {
    static final Path FIXTURES = located();
    private static final ObjectMapper TREE = new ObjectMapper();

    private ChatRecordings() {}

    /** One exchange over HTTP. */
    record Exchange(String name, JsonNode request, int status, JsonNode response) {
        boolean hasRequest() {
            return request.isObject();
        }
    }

    /** A body or a stream, as the provider sent it. */
    record Body(String name, byte[] bytes) {}

    static boolean arePresent() {
        return Files.isDirectory(FIXTURES);
    }

    private static Path located() {
        String named = System.getProperty("serai.fixtures", System.getenv().getOrDefault("SERAI_FIXTURES", ""));
        return Path.of(named.isEmpty() ? "../shared/fixtures" : named);
    }

    static List<Exchange> exchanges(String suffix) {
        List<Exchange> exchanges = new ArrayList<>();
        for (Path file : files("exchanges")) {
            if (file.toString().endsWith(suffix)) {
                int line = 0;
                for (String json : lines(file)) {
                    JsonNode exchange = parsed(json);
                    exchanges.add(new Exchange(
                            name(file) + ":" + ++line,
                            exchange.path("request").path("body"),
                            exchange.path("response").path("status").asInt(),
                            exchange.path("response")));
                }
            }
        }
        return exchanges;
    }

    /** Complete replies with a success status: of the exchanges, and the bodies beside the streams. */
    static List<Body> replies() {
        List<Body> replies = new ArrayList<>();
        for (Exchange exchange : exchanges("openai.chat.jsonl")) {
            if (exchange.status == 200 && exchange.response.has("json")) {
                replies.add(new Body(
                        exchange.name, exchange.response.path("json").toString().getBytes(UTF_8)));
            }
        }
        for (Path file : files("streams")) {
            if (file.toString().endsWith(".json")
                    && parsed(text(file)).path("choices").isArray()) {
                replies.add(new Body(name(file), text(file).getBytes(UTF_8)));
            }
        }
        return replies;
    }

    static List<Body> streams() {
        List<Body> streams = new ArrayList<>();
        for (Exchange exchange : exchanges("openai.chat.jsonl")) {
            if (exchange.response.has("sse")) {
                streams.add(new Body(
                        exchange.name, exchange.response.path("sse").asText().getBytes(UTF_8)));
            }
        }
        for (Path file : files("streams")) {
            if (file.toString().endsWith(".chunks.txt") && lines(file).get(0).contains("\"choices\":[")) {
                String framed = lines(file).stream()
                        .map(chunk -> "data: " + chunk + "\n\n")
                        .collect(Collectors.joining());
                streams.add(new Body(name(file), (framed + "data: [DONE]\n\n").getBytes(UTF_8)));
            }
        }
        return streams;
    }

    static JsonNode parsed(String json) {
        try {
            return TREE.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(String folder) {
        try (Stream<Path> files = Files.walk(FIXTURES.resolve(folder))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        return text(file).lines().filter(line -> !line.isBlank()).toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
