package dev.serai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recorded traffic of real providers, sent once more: from a client through the whole gateway, with the shipped provider files, to a
 * scripted server that gives the recorded answer. Request and answer come out as they were recorded; each difference has a reason,
 * and is counted. The recordings are not part of this repository: the folder is named by the system property
 * {@code serai.fixtures} or the environment variable {@code SERAI_FIXTURES}, or lies at {@code ../shared/fixtures}.
 */
@Timeout(300)
class RecordedExchangesTest {
    private static final ObjectMapper TREE = new ObjectMapper();
    private static final Path EXCHANGES = located().resolve("exchanges");

    /** Beginning of a file's name, and the shipped provider or preset that it was recorded from. */
    private static final Map<String, String> PROVIDERS = Map.of(
            "anthropic", "anthropic",
            "azure", "azure",
            "cerebras", "cerebras",
            "deepseek", "deepseek",
            "google", "google",
            "groq", "groq",
            "mistral", "mistral",
            "openai", "openai",
            "openrouter", "openrouter",
            "zai", "z-ai");

    private static final Map<String, String> PATHS = Map.of(
            "openai.chat", "/v1/chat/completions",
            "openai.responses", "/v1/responses",
            "openai.embeddings", "/v1/embeddings",
            "anthropic.messages", "/v1/messages",
            "gemini.generateContent", "/v1beta/models/",
            "gemini.streamGenerateContent", "/v1beta/models/");

    private static final String ASKED_FOR = "stream_options: Serai asks for the usage of every stream";
    private static final String HIDDEN = "usage: shown in a stream only to who asked for it";
    private static final String CLIENTS_QUERY = "query: what a client writes behind its path stays here";
    private static final String LOST_QUERY = "query: Azure wants a version of its API, which this recording has lost";

    private static final String BROKEN_OFF = "error in a stream: it ends there, and not cleanly";

    /** What becomes of a parameter, and why. */
    private static final Map<String, String> CHANGES = Map.of(
            "openrouter google/gemini-2.0-flash-exp:free models: [\"x-ai/grok-4\"] -> nothing",
            "because Serai tries fallbacks itself",
            "anthropic claude-opus-4-6 output_config: {\"effort\":\"xhigh\"} -> {\"effort\":\"high\"}",
            "because this recording is that of a refusal: the model has no effort 'xhigh'",
            "openai gpt-5-nano max_tokens: 0 -> nothing",
            "because this recording is that of a refusal: the model wants max_completion_tokens",
            "openai gpt-5-nano max_completion_tokens: nothing -> 0",
            "because this recording is that of a refusal: the model wants max_completion_tokens",
            "openai gpt-5-nano temperature: -0.5 -> nothing",
            "because this recording is that of a refusal: the model takes no temperature");

    @TempDir
    static Path home;

    private record Exchange(String provider, String api, JsonNode request, JsonNode response) {
        String url() {
            return request.path("url").asText().replaceFirst("#.*", "");
        }

        JsonNode body() {
            return request.path("body");
        }

        boolean isStreamed() {
            return response.has("sse");
        }

        /** One was recorded with a space before it. */
        String stream() {
            return response.path("sse").asText().stripLeading();
        }

        boolean isText() {
            return response.has("json") || stream().matches("(?s)(event|data|:).*");
        }
    }

    private final Map<String, Integer> all = new TreeMap<>();
    private final Map<String, Integer> passed = new TreeMap<>();
    private final Map<String, Integer> accepted = new TreeMap<>();
    private final Map<String, Integer> leftOut = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();

    private static Path located() {
        String named = System.getProperty("serai.fixtures", System.getenv().getOrDefault("SERAI_FIXTURES", ""));
        return Path.of(named.isEmpty() ? "../shared/fixtures" : named);
    }

    @Test
    void recorded_requests_and_answers_pass_through_as_they_are() throws Exception {
        assumeTrue(Files.isDirectory(EXCHANGES), () -> "skipped: no recorded traffic at " + EXCHANGES);
        List<Exchange> exchanges = exchanges();
        Map<String, String> azure = azure(exchanges);
        try (ScriptedProviders providers = new ScriptedProviders(home, azure)) {
            for (Exchange exchange : exchanges) {
                all.merge(exchange.provider, 1, Integer::sum);
                String reason = reasonToLeaveOut(exchange);
                if (reason.isEmpty()) {
                    replay(exchange, providers);
                } else {
                    leftOut.merge(exchange.provider + ": " + reason, 1, Integer::sum);
                }
            }
        }
        report();
        assertThat(failures).isEmpty();
        assertThat(passed.keySet()).isEqualTo(new TreeSet<>(PROVIDERS.values()));
    }

    private void report() {
        all.forEach((provider, count) -> System.out.printf(
                "recorded exchanges of %s: %d of %d passed through%n",
                provider, passed.getOrDefault(provider, 0), count));
        leftOut.forEach((reason, count) -> System.out.printf("  left out, %d of %s%n", count, reason));
        accepted.forEach((difference, count) -> System.out.printf("  accepted, %d times at %s%n", count, difference));
    }

    private static String reasonToLeaveOut(Exchange exchange) {
        if (!PATHS.containsKey(exchange.api)) {
            return exchange.api + ", which Serai does not serve";
        }
        if (!exchange.request.path("method").asText().equalsIgnoreCase("POST")) {
            return "a stored answer that is fetched, which Serai does not serve";
        }
        if (!exchange.isText()) {
            return "the answer was recorded compressed, and is no text any more";
        }
        return "";
    }

    private void replay(Exchange exchange, ScriptedProviders providers) throws IOException {
        String model = model(exchange);
        String name = seraisName(exchange, model);
        ObjectNode body = exchange.body().deepCopy();
        if (body.has("model")) {
            body.put("model", name);
        }
        if (body.has("models")) {
            ArrayNode fallbacks = body.putArray("models");
            exchange.body().path("models").forEach(one -> fallbacks.add(seraisName(exchange, one.asText())));
        }
        int requests = providers.requests();
        int failed = failures.size();
        RawClient.Response response =
                providers.send(path(exchange, name), TREE.writeValueAsString(body), answer(exchange.response));
        List<String> differences = new ArrayList<>();
        if (providers.requests() == requests && isRefusedByBoth(exchange, response)) {
            accepted.merge(
                    exchange.provider + ": refused before it is sent, as its provider refused it", 1, Integer::sum);
            passed.merge(exchange.provider, 1, Integer::sum);
            return;
        }
        if (providers.requests() != requests + 1) {
            failures.add(exchange.url() + ": nothing was sent, but answered " + excerpt(response.body(), 0) + " to "
                    + excerpt(body.toString(), 0));
            return;
        }
        compareUrls(exchange, ScriptedProviders.url(providers.received()), differences);
        compareRequests(exchange, model, providers.received().text(), differences);
        compareAnswers(exchange, response, differences);
        if (failures.size() == failed) {
            passed.merge(exchange.provider, 1, Integer::sum);
        }
        differences.forEach(one -> accepted.merge(exchange.provider + ": " + one, 1, Integer::sum));
    }

    /** What a model is known not to take is not sent to it. That is right where the provider has said no in the recording. */
    private static boolean isRefusedByBoth(Exchange exchange, RawClient.Response response) {
        return exchange.response.path("status").asInt() == 400
                && response.status() == 400
                && response.body().contains("\"unsupported_capability\"");
    }

    private static String model(Exchange exchange) {
        return exchange.api.startsWith("gemini")
                ? exchange.url().replaceFirst(".*/models/([^:]*):.*", "$1")
                : exchange.body().path("model").asText();
    }

    private static String seraisName(Exchange exchange, String model) {
        return (exchange.provider.equals("azure") ? azureId(exchange) : exchange.provider) + ":" + model;
    }

    private static String path(Exchange exchange, String name) {
        String method = exchange.api.replaceFirst("gemini\\.", "");
        return PATHS.get(exchange.api)
                + (exchange.api.startsWith("gemini")
                        ? name + ":" + method + (exchange.isStreamed() ? "?alt=sse" : "")
                        : "");
    }

    private static String answer(JsonNode response) {
        return response.has("json")
                ? RawServer.json(
                        response.path("status").asInt(), response.path("json").toString())
                : RawServer.streamHead()
                        + RawServer.chunk(response.path("sse").asText().stripLeading())
                        + RawServer.lastChunk();
    }

    private void compareUrls(Exchange exchange, String url, List<String> differences) {
        String recorded = exchange.url();
        if (!url.equals(recorded)) {
            if (url.equals(recorded.replaceFirst("\\?beta=true$", ""))) {
                differences.add(CLIENTS_QUERY);
            } else if (exchange.provider.equals("azure")
                    && url.replaceFirst("\\?api-version=.*", "").equals(recorded)) {
                differences.add(LOST_QUERY);
            } else {
                failures.add(recorded + " was sent to " + url);
            }
        }
    }

    /** Bytes where nothing had to change; else member by member, and only what is known to have changed. */
    private void compareRequests(Exchange exchange, String model, String sent, List<String> differences)
            throws IOException {
        String recorded = TREE.writeValueAsString(exchange.body());
        if (sent.equals(recorded)) {
            return;
        }
        ObjectNode expected = exchange.body().deepCopy();
        if (exchange.api.equals("openai.chat")
                && expected.path("stream").asBoolean()
                && !exchange.provider.equals("mistral")
                && !expected.path("stream_options").path("include_usage").asBoolean()) {
            expected.withObjectProperty("stream_options").put("include_usage", true);
            differences.add(ASKED_FOR);
        }
        JsonNode actual = TREE.readTree(sent);
        Set<String> names = new TreeSet<>();
        expected.fieldNames().forEachRemaining(names::add);
        actual.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (!expected.path(name).equals(actual.path(name))) {
                String change = name + ": " + shown(expected.path(name)) + " -> " + shown(actual.path(name));
                String reason = CHANGES.get(exchange.provider + " " + model + " " + change);
                if (reason == null) {
                    failures.add(exchange.url() + " was changed without a known reason: " + model + " " + change);
                } else {
                    differences.add(change + ", " + reason);
                }
            }
        }
    }

    private static String shown(JsonNode value) {
        String text = value.isMissingNode() ? "nothing" : value.toString();
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    private void compareAnswers(Exchange exchange, RawClient.Response response, List<String> differences)
            throws IOException {
        int status = exchange.response.path("status").asInt();
        String recorded = exchange.isStreamed()
                ? exchange.stream()
                : exchange.response.path("json").toString();
        String expected = exchange.isStreamed() ? toItsError(recorded) : recorded;
        boolean whole = response.body().equals(expected);
        boolean hidden =
                !whole && exchange.isStreamed() && withoutUsage(expected).equals(payloads(response.body()));
        if (response.status() != status) {
            failures.add(exchange.url() + " answered " + response.status() + " instead of " + status + ": "
                    + excerpt(response.body(), 0));
        } else if (!whole && !hidden) {
            failures.add(exchange.url() + " answered otherwise than recorded, "
                    + firstDifference(response.body(), expected));
        } else if (response.cleanEnd() == (exchange.isStreamed() && reportsError(recorded))) {
            failures.add(exchange.url() + (response.cleanEnd() ? " ended cleanly" : " broke off"));
        } else if (!response.cleanEnd()) {
            differences.add(BROKEN_OFF);
        }
        if (hidden) {
            differences.add(HIDDEN);
        }
    }

    /** A stream to the end of the event that reports an error; all of it if there is none, or if nothing follows. */
    private static String toItsError(String stream) throws IOException {
        int end = 0;
        for (String event : stream.split("(?<=\n\n)", -1)) {
            end += event.length();
            if (reportsError(event)) {
                return stream.substring(0, end);
            }
        }
        return stream;
    }

    private static boolean reportsError(String stream) throws IOException {
        return payloads(stream).stream().anyMatch(chunk -> chunk.path("error").isObject());
    }

    private static String firstDifference(String actual, String expected) {
        int at = 0;
        while (at < Math.min(actual.length(), expected.length()) && actual.charAt(at) == expected.charAt(at)) {
            at++;
        }
        return "from byte " + at + ": " + excerpt(actual, at) + " instead of " + excerpt(expected, at);
    }

    private static String excerpt(String text, int at) {
        return text.substring(Math.max(0, at - 100), Math.min(text.length(), at + 200));
    }

    private static List<JsonNode> withoutUsage(String stream) throws IOException {
        List<JsonNode> chunks = new ArrayList<>();
        for (JsonNode chunk : payloads(stream)) {
            if (!chunk.path("choices").isEmpty() || !chunk.path("usage").isObject()) {
                ((ObjectNode) chunk).remove("usage");
                chunks.add(chunk);
            }
        }
        return chunks;
    }

    private static List<JsonNode> payloads(String stream) throws IOException {
        List<JsonNode> payloads = new ArrayList<>();
        for (String line : stream.lines().toList()) {
            if (line.startsWith("data: {")) {
                payloads.add(TREE.readTree(line.substring("data: ".length())));
            }
        }
        return payloads;
    }

    /** A provider file for each resource of Azure's that was recorded, as its owner would write it. */
    private static Map<String, String> azure(List<Exchange> exchanges) {
        Map<String, String> files = new LinkedHashMap<>();
        for (Exchange exchange : exchanges) {
            if (exchange.provider.equals("azure")) {
                MatchResult url = Pattern.compile("(https://[^/]*/openai(/v1)?)/[^?]*(?:\\?api-version=(.*))?")
                        .matcher(exchange.url())
                        .results()
                        .findFirst()
                        .orElseThrow();
                String id = azureId(exchange);
                String preset = url.group(2) == null ? "azure-openai" : "azure-openai-v1";
                String query = url.group(3) == null ? "" : "query: {api-version: " + url.group(3) + "}\n";
                files.put(id, "id: %s\npreset: %s\nbaseUrl: %s\n%s".formatted(id, preset, url.group(1), query));
            }
        }
        return files;
    }

    private static String azureId(Exchange exchange) {
        return "azure-"
                + Integer.toHexString(exchange.url()
                        .replaceFirst("/deployments.*|/responses.*", "")
                        .hashCode());
    }

    private static List<Exchange> exchanges() {
        List<Exchange> exchanges = new ArrayList<>();
        try (Stream<Path> files = Files.list(EXCHANGES)) {
            for (Path file : files.sorted().toList()) {
                String provider = PROVIDERS.get(file.getFileName().toString().replaceFirst("\\..*", ""));
                if (provider != null) {
                    for (String line : Files.readAllLines(file, UTF_8)) {
                        JsonNode exchange = TREE.readTree(line);
                        exchanges.add(new Exchange(
                                provider,
                                exchange.path("api").asText(),
                                exchange.path("request"),
                                exchange.path("response")));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return exchanges;
    }
}
