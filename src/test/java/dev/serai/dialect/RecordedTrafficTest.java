package dev.serai.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.catalog.UsageTotals;
import dev.serai.conversation.Usage;
import dev.serai.dialect.anthropic.AnthropicMessages;
import dev.serai.dialect.openai.OpenAiChat;
import dev.serai.dialect.openai.OpenAiEmbeddings;
import dev.serai.dialect.openai.OpenAiResponses;
import dev.serai.json.JsonDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Recorded traffic of real providers, which is not part of this repository: the folder is named by the system property
 * {@code serai.fixtures} or the environment variable {@code SERAI_FIXTURES}, or lies at {@code ../shared/fixtures}.
 */
class RecordedTrafficTest {
    private static final ObjectMapper TREE = new ObjectMapper();
    private static final Map<String, Dialect> BY_API = Map.of(
            "openai.chat", new OpenAiChat(),
            "openai.responses", new OpenAiResponses(),
            "openai.embeddings", new OpenAiEmbeddings(),
            "anthropic.messages", new AnthropicMessages());

    private static final Path FIXTURES = located();

    /** A recorded stream: the payloads are what its data lines hold, as an independent look at its usage. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Recording(String name, Dialect dialect, byte[] stream, List<String> payloads) {}

    @BeforeEach
    void skip_where_there_is_no_recorded_traffic() {
        assumeTrue(Files.isDirectory(FIXTURES), () -> "skipped: no recorded traffic at " + FIXTURES);
    }

    private static Path located() {
        String named = System.getProperty("serai.fixtures", System.getenv().getOrDefault("SERAI_FIXTURES", ""));
        return Path.of(named.isEmpty() ? "../shared/fixtures" : named);
    }

    @Test
    void every_recorded_stream_comes_out_byte_for_byte_complete_and_with_the_usage_it_states() throws Exception {
        Map<String, Integer> counts = new TreeMap<>();
        for (Recording recording : recordings()) {
            for (int chunk : List.of(recording.stream.length, 1, 1000)) {
                StreamRun run = StreamRun.of(recording.dialect, true, recording.stream, chunk);
                String as = recording.name + " in chunks of " + chunk;
                assertThat(run.client()).as(as).isEqualTo(recording.stream);
                assertThat(run.unfinished()).as(as).isFalse();
                assertThat(run.reading().usage()).as(as).isEqualTo(statedUsage(recording));
                boolean fails = recording.payloads.stream().anyMatch(RecordedTrafficTest::reportsError);
                assertThat(run.kinds().contains(StreamReading.Kind.ERROR))
                        .as(as)
                        .isEqualTo(fails);
                assertThat(run.reading().isComplete() || fails).as(as).isTrue();
                assertThat(run.kinds()).as(as).contains(StreamReading.Kind.CONTENT);
            }
            counts.merge(recording.dialect.id(), 1, Integer::sum);
        }
        System.out.println("recorded streams passed through: " + counts);
        assertThat(counts.keySet()).containsExactly("anthropic-messages", "openai-chat", "openai-responses");
    }

    @Test
    void a_client_that_did_not_ask_for_usage_sees_the_recorded_chunks_without_it() throws Exception {
        int count = 0;
        for (Recording recording : recordings()) {
            if (recording.dialect.id().equals("openai-chat")) {
                StreamRun run = StreamRun.of(recording.dialect, false, recording.stream, 1000);
                List<JsonNode> expected = new ArrayList<>();
                for (String payload : recording.payloads) {
                    JsonNode chunk = TREE.readTree(payload);
                    if (!chunk.path("choices").isEmpty() || !chunk.path("usage").isObject()) {
                        ((ObjectNode) chunk).remove("usage");
                        expected.add(chunk);
                    }
                }
                List<JsonNode> seen = new ArrayList<>();
                for (String payload : payloads(new String(run.client(), UTF_8))) {
                    seen.add(TREE.readTree(payload));
                }
                assertThat(seen).as(recording.name).isEqualTo(expected);
                assertThat(run.reading().usage()).as(recording.name).isEqualTo(statedUsage(recording));
                count++;
            }
        }
        System.out.println("recorded streams passed through without usage: " + count);
        assertThat(count).isPositive();
    }

    @Test
    void every_recorded_request_is_accepted_and_forwarded_as_it_is() throws Exception {
        Map<String, Integer> counts = new TreeMap<>();
        for (JsonNode exchange : exchanges()) {
            Dialect dialect = BY_API.get(exchange.path("api").textValue());
            JsonNode body = exchange.path("request").path("body");
            if (dialect != null && body.isObject()) {
                byte[] bytes = TREE.writeValueAsBytes(body);
                ModelRequest request = dialect.readRequest(JsonDocument.parse(bytes));
                JsonNode forwarded =
                        TREE.readTree(dialect.passThrough(request, "another").toBytes());
                JsonNode expected =
                        ((ObjectNode) body.deepCopy()).put("model", "another").without("models");
                if (dialect.id().equals("openai-chat") && request.stream()) {
                    ((ObjectNode) expected).withObjectProperty("stream_options").put("include_usage", true);
                }
                assertThat(forwarded).isEqualTo(expected);
                counts.merge(dialect.id(), 1, Integer::sum);
            }
        }
        System.out.println("recorded requests accepted: " + counts);
        assertThat(counts).hasSize(BY_API.size());
    }

    @Test
    void every_recorded_reply_gives_the_usage_it_states_and_every_error_is_known_as_one() throws Exception {
        Map<String, Integer> counts = new TreeMap<>();
        for (JsonNode exchange : exchanges()) {
            Dialect dialect = BY_API.get(exchange.path("api").textValue());
            JsonNode reply = exchange.path("response").path("json");
            if (dialect != null && reply.isObject()) {
                JsonDocument body = JsonDocument.parse(TREE.writeValueAsBytes(reply));
                boolean error = exchange.path("response").path("status").intValue() >= 400;
                assertThat(dialect.isError(body)).isEqualTo(error);
                if (!error) {
                    Usage usage = dialect.readReply(body, UsageTotals.of(dialect.id()))
                            .usage();
                    assertThat(usage)
                            .as(reply.path("usage").toString())
                            .isEqualTo(
                                    usage(dialect, List.of(reply.path("usage"))).withWebSearches(searches(reply)));
                }
                counts.merge(dialect.id() + (error ? " errors" : ""), 1, Integer::sum);
            }
        }
        System.out.println("recorded replies read: " + counts);
        assertThat(counts).hasSize(2 * BY_API.size());
    }

    private static Usage statedUsage(Recording recording) throws IOException {
        List<JsonNode> stated = new ArrayList<>();
        long searches = 0;
        for (String payload : recording.payloads) {
            JsonNode event = TREE.readTree(payload);
            searches = Math.max(searches, searches(event.path("response")));
            for (String holder : List.of("", "/message", "/response")) {
                JsonNode usage = event.at(holder + "/usage");
                if (usage.isObject()) {
                    stated.add(usage);
                }
            }
        }
        Usage usage = usage(recording.dialect, stated);
        return searches == 0 ? usage : usage.withWebSearches(searches);
    }

    /** The same counts, computed from trees: for Anthropic the latest statement of each, else the last object. */
    private static Usage usage(Dialect dialect, List<JsonNode> stated) {
        if (dialect instanceof AnthropicMessages) {
            JsonNode written = latest(stated, "/cache_creation_input_tokens");
            long hour =
                    latest(stated, "/cache_creation/ephemeral_1h_input_tokens").asLong();
            long thinking =
                    latest(stated, "/output_tokens_details/thinking_tokens").asLong();
            return new Usage(
                            latest(stated, "/input_tokens").asLong(),
                            latest(stated, "/cache_read_input_tokens").asLong(),
                            written.asLong() - hour,
                            hour,
                            0,
                            latest(stated, "/output_tokens").asLong() - thinking,
                            thinking,
                            0)
                    .withWebSearches(latest(stated, "/server_tool_use/web_search_requests")
                            .asLong());
        }
        JsonNode last = stated.isEmpty() ? TREE.createObjectNode() : stated.get(stated.size() - 1);
        boolean responses = dialect instanceof OpenAiResponses;
        String in = responses ? "input_tokens" : "prompt_tokens";
        String out = responses ? "output_tokens" : "completion_tokens";
        long input = dialect instanceof OpenAiEmbeddings
                ? last.path("total_tokens").asLong()
                : last.path(in).asLong();
        long cached = Math.max(
                last.path(in + "_details").path("cached_tokens").asLong(),
                last.path("num_cached_tokens").asLong()); // Mistral's
        long written = last.path(in + "_details").path("cache_write_tokens").asLong();
        long output = last.path(out).asLong();
        long stretch = last.path("total_tokens").asLong() - input - output;
        long reasoning = last.path(out + "_details").path("reasoning_tokens").asLong();
        long inside = stretch == reasoning ? 0 : Math.min(reasoning, output);
        long reasoned = stretch == reasoning ? reasoning : inside;
        long heard = last.path(in + "_details").path("audio_tokens").asLong();
        long spoken = last.path(out + "_details").path("audio_tokens").asLong();
        long plain = input - cached - written - heard;
        return new Usage(plain, cached, written, 0, heard, output - inside - spoken, reasoned, spoken);
    }

    /** Where the usage states none, the items of the answer are them. */
    private static long searches(JsonNode reply) {
        long searches = reply.at("/usage/server_tool_use/web_search_requests").asLong();
        for (JsonNode item : reply.path("output")) {
            boolean isSearch = item.path("type").asText().equals("web_search_call")
                    && item.path("action").path("type").asText("search").equals("search");
            searches += isSearch ? 1 : 0;
        }
        return searches;
    }

    private static JsonNode latest(List<JsonNode> stated, String pointer) {
        JsonNode latest = TREE.missingNode();
        for (JsonNode usage : stated) {
            latest = usage.at(pointer).isNumber() ? usage.at(pointer) : latest;
        }
        return latest;
    }

    private static boolean reportsError(String payload) {
        try {
            return TREE.readTree(payload).path("error").isObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isJson(String payload) {
        try {
            return TREE.readTree(payload) != null;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Recording> recordings() throws IOException {
        List<Recording> recordings = new ArrayList<>();
        for (JsonNode exchange : exchanges()) {
            Dialect dialect = BY_API.get(exchange.path("api").textValue());
            String sse = exchange.path("response").path("sse").textValue();
            // Some were recorded compressed and are no text any more.
            if (dialect != null && sse != null && !sse.contains("\ufffd")) {
                recordings.add(new Recording(
                        exchange.path("source") + sse.substring(0, 40), dialect, sse.getBytes(UTF_8), payloads(sse)));
            }
        }
        try (Stream<Path> files = Files.walk(FIXTURES.resolve("streams"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".chunks.txt"))
                    .sorted()
                    .toList()) {
                Recording recording = framed(file);
                if (recording != null) {
                    recordings.add(recording);
                }
            }
        }
        return recordings;
    }

    private static @Nullable Recording framed(Path file) throws IOException {
        List<String> payloads =
                Files.readAllLines(file).stream().filter(l -> !l.isBlank()).toList();
        if (!payloads.stream().allMatch(RecordedTrafficTest::isJson)) {
            System.out.println("recording left out, it is no JSON: " + file.getFileName());
            return null;
        }
        JsonNode first = TREE.readTree(payloads.get(0));
        String type = first.path("type").asText();
        StringBuilder stream = new StringBuilder();
        if (type.equals("message_start") || type.equals("response.created")) {
            for (String payload : payloads) {
                String event = payload.replaceFirst(".*?\"type\" *: *\"([^\"]*)\".*", "$1");
                stream.append("event: ")
                        .append(event)
                        .append("\ndata: ")
                        .append(payload)
                        .append("\n\n");
            }
            Dialect dialect = type.equals("message_start") ? new AnthropicMessages() : new OpenAiResponses();
            return new Recording(file.toString(), dialect, stream.toString().getBytes(UTF_8), payloads);
        }
        if (!first.has("choices")) {
            return null;
        }
        payloads.forEach(payload -> stream.append("data: ").append(payload).append("\n\n"));
        stream.append("data: [DONE]\n\n");
        return new Recording(
                file.toString(), new OpenAiChat(), stream.toString().getBytes(UTF_8), payloads);
    }

    private static List<String> payloads(String sse) {
        return sse.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    private static List<JsonNode> exchanges() throws IOException {
        List<JsonNode> exchanges = new ArrayList<>();
        try (Stream<Path> files = Files.list(FIXTURES.resolve("exchanges"))) {
            for (Path file : files.sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    exchanges.add(TREE.readTree(line));
                }
            }
        }
        return exchanges;
    }
}
