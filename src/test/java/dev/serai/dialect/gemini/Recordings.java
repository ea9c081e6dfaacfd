package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Recorded traffic of Google's: the folder is named by the system property {@code serai.fixtures} or the environment variable {@code
 * SERAI_FIXTURES}, or lies at {@code ../shared/fixtures}.
 */
final class Recordings {
    static final Path FOLDER = located();

    private Recordings() {}

    private static Path located() {
        String named = System.getProperty("serai.fixtures", System.getenv().getOrDefault("SERAI_FIXTURES", ""));
        return Path.of(named.isEmpty() ? "../shared/fixtures" : named);
    }

    static boolean areThere() {
        return Files.isDirectory(FOLDER);
    }

    static List<JsonNode> exchanges() throws IOException {
        List<JsonNode> exchanges = new ArrayList<>();
        for (String provider : List.of("google", "google-vertex")) {
            for (String method : List.of("generateContent", "streamGenerateContent")) {
                Path file = FOLDER.resolve("exchanges/" + provider + ".gemini." + method + ".jsonl");
                Files.readAllLines(file).forEach(line -> exchanges.add(Wire.tree(line)));
            }
        }
        return exchanges;
    }

    /** Complete replies, from exchanges and from files, without those of Google's other interfaces. */
    static List<JsonNode> replies() throws IOException {
        List<JsonNode> replies = new ArrayList<>();
        for (JsonNode exchange : exchanges()) {
            JsonNode json = exchange.at("/response/json");
            if (json.has("candidates")) {
                replies.add(json);
            }
        }
        for (Path file : files(".json")) {
            JsonNode json = Wire.tree(Files.readString(file));
            if (json.has("candidates")) {
                replies.add(json);
            }
        }
        return replies;
    }

    /** The JSON of each event, by the name of the recording. */
    static Map<String, List<String>> streams() throws IOException {
        Map<String, List<String>> streams = new TreeMap<>();
        for (JsonNode exchange : exchanges()) {
            JsonNode sse = exchange.at("/response/sse");
            if (sse.isTextual()) {
                streams.put(
                        "exchange " + streams.size(),
                        sse.textValue()
                                .lines()
                                .filter(line -> line.startsWith("data: "))
                                .map(line -> line.substring("data: ".length()))
                                .toList());
            }
        }
        for (Path file : files(".chunks.txt")) {
            List<String> payloads = Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
            if (payloads.get(0).contains("\"candidates\"")) {
                streams.put(String.valueOf(file.getFileName()), payloads);
            }
        }
        return streams;
    }

    private static List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("streams/google"))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
