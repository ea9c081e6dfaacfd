package dev.serai.dialect.pairs;

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
import org.jspecify.annotations.Nullable;

/**
 * Recorded traffic of real providers, which is not part of this repository: the folder is named by the system property {@code
 * serai.fixtures} or the environment variable {@code SERAI_FIXTURES}, or lies at {@code ../shared/fixtures}.
 *
 * @param streamed whether the answer was, or shall be, a stream
 * @param refused  whether the provider answered a request with an error
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Recorded(String name, Wire wire, byte[] body, boolean streamed, boolean refused) {
    static final Path FOLDER = located();
    private static final ObjectMapper TREE = new ObjectMapper();

    private static Path located() {
        String named = System.getProperty("serai.fixtures", System.getenv().getOrDefault("SERAI_FIXTURES", ""));
        return Path.of(named.isEmpty() ? "../shared/fixtures" : named);
    }

    static boolean arePresent() {
        return Files.isDirectory(FOLDER);
    }

    JsonNode tree() {
        return parsed(new String(body, UTF_8));
    }

    /** What clients sent. */
    static List<Recorded> requests() {
        List<Recorded> requests = new ArrayList<>();
        eachExchange((name, wire, exchange) -> {
            JsonNode body = exchange.at("/request/body");
            if (body.isObject()) {
                boolean stream = name.contains("streamGenerateContent")
                        || body.path("stream").asBoolean();
                requests.add(new Recorded(
                        name,
                        wire,
                        body.toString().getBytes(UTF_8),
                        stream,
                        exchange.at("/response/status").asInt() >= 400));
            }
        });
        return requests;
    }

    /** Whole answers with a success status. */
    static List<Recorded> replies() {
        List<Recorded> replies = new ArrayList<>();
        eachExchange((name, wire, exchange) -> {
            JsonNode json = exchange.at("/response/json");
            if (exchange.at("/response/status").asInt() == 200 && wire == wireOfReply(json)) {
                replies.add(new Recorded(name, wire, json.toString().getBytes(UTF_8), false, false));
            }
        });
        for (Path file : files("streams", ".json")) {
            JsonNode json = parsed(text(file));
            Wire wire = wireOfReply(json);
            if (wire != null) {
                replies.add(new Recorded(name(file), wire, json.toString().getBytes(UTF_8), false, false));
            }
        }
        return replies;
    }

    /** Streamed answers; where a file holds several, one behind the other, each is one of its own. */
    static List<Recorded> streams() {
        List<Recorded> streams = new ArrayList<>();
        eachExchange((name, wire, exchange) -> {
            String sse = exchange.at("/response/sse").asText();
            // Some were recorded compressed and are no text any more.
            if (!sse.isEmpty() && !sse.contains("\ufffd")) {
                streams.add(new Recorded(name, wire, sse.getBytes(UTF_8), true, false));
            }
        });
        for (Path file : files("streams", ".chunks.txt")) {
            List<String> payloads =
                    text(file).lines().filter(line -> !line.isBlank()).toList();
            Wire wire = wireOfStream(payloads.get(0));
            if (wire != null) {
                answers(payloads, wire)
                        .forEach(answer -> streams.add(new Recorded(
                                name(file), wire, framed(answer, wire).getBytes(UTF_8), true, false)));
            }
        }
        return streams;
    }

    /** A file of translated calls, as another gateway translates them. */
    static JsonNode goldenPairs() {
        return parsed(text(FOLDER.resolve("golden/translation-pairs.json")));
    }

    static JsonNode parsed(String json) {
        try {
            return TREE.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Visit {
        void on(String name, Wire wire, JsonNode exchange);
    }

    private static void eachExchange(Visit visit) {
        for (Path file : files("exchanges", ".jsonl")) {
            Wire wire = wireOfApi(name(file));
            int line = 0;
            for (String json : text(file).lines().toList()) {
                line++;
                if (wire != null && !json.isBlank()) {
                    visit.on(name(file) + ":" + line, wire, parsed(json));
                }
            }
        }
    }

    private static @Nullable Wire wireOfApi(String file) {
        if (file.contains(".openai.chat.")) {
            return Wire.CHAT;
        }
        if (file.contains(".openai.responses.")) {
            return Wire.RESPONSES;
        }
        if (file.contains(".anthropic.messages.")) {
            return Wire.MESSAGES;
        }
        return file.contains("enerateContent.") ? Wire.GEMINI : null;
    }

    private static @Nullable Wire wireOfReply(JsonNode json) {
        if (json.path("choices").isArray()) {
            return Wire.CHAT;
        }
        if (json.path("object").asText().equals("response")) {
            return Wire.RESPONSES;
        }
        if (json.path("type").asText().equals("message")) {
            return Wire.MESSAGES;
        }
        return json.has("candidates") ? Wire.GEMINI : null;
    }

    private static @Nullable Wire wireOfStream(String first) {
        if (first.contains("\"response.created\"")) {
            return Wire.RESPONSES;
        }
        if (first.contains("\"message_start\"") || first.contains("\"message-start\"")) {
            return first.contains("\"message_start\"") ? Wire.MESSAGES : null;
        }
        if (first.contains("\"choices\":[")) {
            return Wire.CHAT;
        }
        return first.contains("\"candidates\"") ? Wire.GEMINI : null;
    }

    private static List<List<String>> answers(List<String> payloads, Wire wire) {
        String beginning = wire == Wire.MESSAGES ? "\"message_start\"" : "\"type\":\"response.created\"";
        List<List<String>> answers = new ArrayList<>();
        for (String payload : payloads) {
            boolean begins = payload.contains(beginning) && (wire == Wire.MESSAGES || wire == Wire.RESPONSES);
            if (answers.isEmpty() || (begins && isOver(answers.get(answers.size() - 1), wire))) {
                answers.add(new ArrayList<>());
            }
            answers.get(answers.size() - 1).add(payload);
        }
        return answers;
    }

    private static boolean isOver(List<String> answer, Wire wire) {
        String last = answer.get(answer.size() - 1);
        return wire != Wire.MESSAGES || last.contains("\"message_stop\"");
    }

    private static String framed(List<String> payloads, Wire wire) {
        String end = wire == Wire.CHAT ? "data: [DONE]\n\n" : "";
        return payloads.stream().map(payload -> "data: " + payload + "\n\n").collect(Collectors.joining("", "", end));
    }

    private static List<Path> files(String folder, String suffix) {
        try (Stream<Path> files = Files.walk(FOLDER.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
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

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
