package dev.serai.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.EventGrammar;
import dev.serai.conversation.Extra;
import dev.serai.conversation.ReplyBuilder;
import dev.serai.conversation.Usage;
import dev.serai.dialect.Encoded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Recorded traffic of Anthropic's: the folder is named by the system property {@code serai.fixtures} or the environment variable
 * {@code SERAI_FIXTURES}, or lies at {@code ../shared/fixtures}. What went through the codec from the dialect to itself is compared
 * with what was recorded; {@link Accepted} lists the differences that mean nothing, or that are chosen.
 */
class RecordedMessagesTest {
    private static final Path FIXTURES = located();
    private static final String DIFFERENT_ANSWERS = "spliced-message-start";

    private final Map<String, Integer> counts = new TreeMap<>();

    private static Path located() {
        String named = System.getProperty("serai.fixtures", System.getenv().getOrDefault("SERAI_FIXTURES", ""));
        return Path.of(named.isEmpty() ? "../shared/fixtures" : named);
    }

    @BeforeEach
    void skip_where_there_is_no_recorded_traffic() {
        assumeTrue(Files.isDirectory(FIXTURES), () -> "skipped: no recorded traffic at " + FIXTURES);
    }

    @Test
    void every_recorded_request_comes_out_as_it_went_in() throws Exception {
        for (JsonNode exchange : exchanges("anthropic.anthropic.messages")) {
            JsonNode body = exchange.path("request").path("body");
            Encoded encoded = Wire.CODEC.encodeRequest(
                    Wire.request(body.toString()),
                    new dev.serai.dialect.EncodingTarget(
                            body.path("model").asText(), null, dev.serai.dialect.ThinkingControl.BOTH));
            Accepted accepted = new Accepted(counts);
            assertThat(accepted.request(Wire.tree(Wire.text(encoded)))).isEqualTo(accepted.request(body));
            assertThat(Wire.dropped(encoded)).as(body.toString()).isSubsetOf("system_position", "tool_addition");
            count("requests");
        }
        print("recorded requests");
    }

    @Test
    void every_recorded_request_to_count_tokens_is_accepted() throws Exception {
        for (JsonNode exchange : exchanges("anthropic.anthropic.count_tokens")) {
            assertThat(Wire.request(exchange.path("request").path("body").toString())
                            .messages())
                    .isNotEmpty();
            count("requests");
        }
        print("recorded requests to count tokens");
    }

    @Test
    void every_recorded_reply_comes_out_as_it_went_in_with_the_usage_it_states() throws Exception {
        for (JsonNode json : replies()) {
            ChatReply reply = Wire.reply(json.toString());
            assertThat(reply.usage()).isEqualTo(usage(json.path("usage")));
            Encoded encoded = Wire.encode(reply);
            Accepted accepted = new Accepted(counts);
            assertThat(Accepted.differences("", accepted.reply(json), accepted.reply(Wire.tree(Wire.text(encoded)))))
                    .isEmpty();
            assertThat(encoded.dropped()).isEmpty();
            count("replies");
        }
        print("recorded replies");
    }

    @Test
    void every_recorded_stream_is_legal_and_comes_out_as_it_went_in_with_the_usage_it_states() throws Exception {
        for (Map.Entry<String, List<String>> recording : streams().entrySet()) {
            List<String> payloads = recording.getValue();
            byte[] stream = Wire.framed(payloads).getBytes(UTF_8);
            List<ChatEvent> events = Wire.events(stream, stream.length);
            EventGrammar.check(events);
            assertThat(Wire.events(stream, 1)).as(recording.getKey()).isEqualTo(events);
            count("streams");
            if (recording.getKey().contains(DIFFERENT_ANSWERS)) {
                assertThat(events.get(events.size() - 1)).isInstanceOf(ChatEvent.Failed.class);
                continue;
            }
            ChatReply reply = ReplyBuilder.collect(events);
            ObjectNode snapshot = MessageSnapshot.of(payloads);
            assertThat(reply.usage()).as(recording.getKey()).isEqualTo(usage(snapshot.path("usage")));
            String written = Wire.stream(events);
            Accepted accepted = new Accepted(counts);
            assertThat(Accepted.differences(
                            "", accepted.reply(snapshot), accepted.reply(MessageSnapshot.of(data(written)))))
                    .as(recording.getKey())
                    .isEmpty();
            assertThat(withSortedExtras(ReplyBuilder.collect(Wire.events(written))))
                    .as(recording.getKey())
                    .isEqualTo(withSortedExtras(reply));
        }
        print("recorded streams");
    }

    @Test
    void every_recorded_error_is_read() throws Exception {
        for (JsonNode exchange : exchanges("anthropic.anthropic.messages")) {
            int status = exchange.path("response").path("status").asInt();
            JsonNode body = exchange.path("response").path("json");
            if (status >= 400) {
                assertThat(Wire.CODEC
                                .decodeError(status, body.toString().getBytes(UTF_8), null)
                                .message())
                        .isEqualTo(body.at("/error/message").asText());
                count("errors");
            }
        }
        print("recorded errors");
    }

    private static ChatReply withSortedExtras(ChatReply reply) {
        return new ChatReply(
                reply.id(),
                reply.model(),
                reply.createdEpochSeconds(),
                reply.choices(),
                reply.usage(),
                reply.serviceTier(),
                reply.extras().stream()
                        .sorted(Comparator.comparing(Extra::name))
                        .toList());
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private void print(String what) {
        System.out.println(what + " through the codec for Messages: " + counts);
        assertThat(counts).isNotEmpty();
    }

    /** Computed from the tree. */
    private static Usage usage(JsonNode stated) {
        long hour = stated.at("/cache_creation/ephemeral_1h_input_tokens").asLong();
        long thinking = stated.at("/output_tokens_details/thinking_tokens").asLong();
        return new Usage(
                        stated.path("input_tokens").asLong(),
                        stated.path("cache_read_input_tokens").asLong(),
                        stated.path("cache_creation_input_tokens").asLong() - hour,
                        hour,
                        0,
                        stated.path("output_tokens").asLong() - thinking,
                        thinking,
                        0)
                .withWebSearches(
                        stated.at("/server_tool_use/web_search_requests").asLong());
    }

    private static List<JsonNode> exchanges(String name) throws IOException {
        List<JsonNode> exchanges = new ArrayList<>();
        for (String line : Files.readAllLines(FIXTURES.resolve("exchanges").resolve(name + ".jsonl"))) {
            exchanges.add(Wire.tree(line));
        }
        return exchanges;
    }

    private static List<JsonNode> replies() throws IOException {
        List<JsonNode> replies = new ArrayList<>();
        for (JsonNode exchange : exchanges("anthropic.anthropic.messages")) {
            JsonNode json = exchange.path("response").path("json");
            if (json.path("type").asText().equals("message")) {
                replies.add(json);
            }
        }
        for (Path file : files(".json")) {
            replies.add(Wire.tree(Files.readString(file)));
        }
        return replies;
    }

    /** The payloads of each stream, by where it comes from. */
    private static Map<String, List<String>> streams() throws IOException {
        Map<String, List<String>> streams = new TreeMap<>();
        int number = 0;
        for (JsonNode exchange : exchanges("anthropic.anthropic.messages")) {
            String sse = exchange.path("response").path("sse").asText();
            // Some were recorded compressed and are no text any more.
            if (!sse.isEmpty() && !sse.contains("\ufffd")) {
                streams.put("exchange " + number++, data(sse));
            }
        }
        for (Path file : files(".chunks.txt")) {
            List<String> payloads =
                    Files.readAllLines(file).stream().filter(l -> !l.isBlank()).toList();
            int part = 0;
            for (List<String> answer : answers(payloads)) {
                streams.put(file.getFileName() + " " + part++, answer);
            }
        }
        return streams;
    }

    /** A file may hold the answers to several requests. */
    private static List<List<String>> answers(List<String> payloads) {
        List<List<String>> answers = new ArrayList<>();
        List<String> answer = new ArrayList<>();
        for (Iterator<String> next = payloads.iterator(); next.hasNext(); ) {
            String payload = next.next();
            answer.add(payload);
            if (payload.contains("\"message_stop\"") || !next.hasNext()) {
                answers.add(answer);
                answer = new ArrayList<>();
            }
        }
        return answers;
    }

    private static List<String> data(String sse) {
        return sse.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    private static List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES.resolve("streams/anthropic"))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
