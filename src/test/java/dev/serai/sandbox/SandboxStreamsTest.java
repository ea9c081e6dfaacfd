package dev.serai.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The streams on the wire: which events come, in which order, named and numbered how. */
class SandboxStreamsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAME = Pattern.compile("^event: (.*)$", Pattern.MULTILINE);
    private static final Pattern DATA = Pattern.compile("^data: (.*)$", Pattern.MULTILINE);

    /** With the seven of the notice, an echo of eight. */
    private static final String ONE_WORD = "\"content\":\"one\"";

    private static RunningSandbox sandbox;

    @BeforeAll
    static void start() throws Exception {
        sandbox = new RunningSandbox(new Timing(1, 20));
    }

    @AfterAll
    static void stop() throws Exception {
        sandbox.close();
    }

    private static List<String> matches(Pattern pattern, String stream) {
        return pattern.matcher(stream)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static String stream(String path, String fields) throws Exception {
        HttpResponse<String> response = sandbox.post(path, "{\"stream\":true,\"max_tokens\":9," + fields + "}");
        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(response.body()).endsWith("\n\n").doesNotContain("\r");
        return response.body();
    }

    static Stream<Arguments> sequences() {
        String messages = "\"messages\":[{\"role\":\"user\"," + ONE_WORD + "}]";
        String schema = "{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":{}}}";
        return Stream.of(
                Arguments.of(
                        "/v1/messages",
                        "\"model\":\"echo\"," + messages,
                        List.of("message_start", "content_block_start", "ping"),
                        "content_block_delta",
                        8,
                        List.of("content_block_stop", "message_delta", "message_stop")),
                Arguments.of(
                        "/v1/messages",
                        "\"model\":\"tool\",\"tools\":[{\"name\":\"t\",\"input_schema\":" + schema + "}]," + messages,
                        List.of("message_start", "content_block_start", "ping"),
                        "content_block_delta",
                        4,
                        List.of("content_block_stop", "message_delta", "message_stop")),
                Arguments.of(
                        "/v1/responses",
                        "\"model\":\"echo\",\"input\":\"one\"",
                        List.of(
                                "response.created",
                                "response.in_progress",
                                "response.output_item.added",
                                "response.content_part.added"),
                        "response.output_text.delta",
                        8,
                        List.of(
                                "response.output_text.done",
                                "response.content_part.done",
                                "response.output_item.done",
                                "response.completed")),
                Arguments.of(
                        "/v1/responses",
                        "\"model\":\"tool\",\"input\":\"one\","
                                + "\"tools\":[{\"type\":\"function\",\"name\":\"t\",\"parameters\":"
                                + schema + "}]",
                        List.of("response.created", "response.in_progress", "response.output_item.added"),
                        "response.function_call_arguments.delta",
                        4,
                        List.of(
                                "response.function_call_arguments.done",
                                "response.output_item.done",
                                "response.completed")));
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void the_events_come_in_the_order_of_the_dialect(
            String path, String fields, List<String> opening, String piece, int pieces, List<String> closing)
            throws Exception {
        String stream = stream(path, fields);

        List<String> names = matches(NAME, stream);
        assertThat(names.subList(0, opening.size())).isEqualTo(opening);
        assertThat(names.subList(opening.size(), names.size() - closing.size()))
                .hasSize(pieces)
                .containsOnly(piece);
        assertThat(names.subList(names.size() - closing.size(), names.size())).isEqualTo(closing);
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void an_event_is_named_like_the_type_in_its_data(String path, String fields) throws Exception {
        String stream = stream(path, fields);

        for (int i = 0; i < matches(NAME, stream).size(); i++) {
            JsonNode data = JSON.readTree(matches(DATA, stream).get(i));
            assertThat(data.path("type").asText())
                    .isEqualTo(matches(NAME, stream).get(i));
        }
    }

    @Test
    void the_events_of_a_response_are_numbered_from_zero_without_a_gap() throws Exception {
        List<Integer> numbers =
                matches(DATA, stream("/v1/responses", "\"model\":\"echo\",\"input\":\"one two\"")).stream()
                        .map(SandboxStreamsTest::sequenceNumber)
                        .toList();

        assertThat(numbers).isEqualTo(IntStream.range(0, numbers.size()).boxed().toList());
    }

    @Test
    void a_chat_completion_ends_with_finish_then_usage_then_done() throws Exception {
        List<String> data = matches(
                DATA,
                stream(
                        "/v1/chat/completions",
                        "\"model\":\"echo\",\"stream_options\":{\"include_usage\":true},"
                                + "\"messages\":[{\"role\":\"user\","
                                + ONE_WORD + "}]"));

        assertThat(data).hasSize(1 + 8 + 3);
        assertThat(data.get(0)).contains("\"role\":\"assistant\"", "\"usage\":null");
        assertThat(data.get(9)).contains("\"delta\":{}", "\"finish_reason\":\"stop\"", "\"usage\":null");
        assertThat(data.get(10))
                .contains(
                        "\"choices\":[]", "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":8,\"total_tokens\":9}");
        assertThat(data.get(11)).isEqualTo("[DONE]");
    }

    private static int sequenceNumber(String data) {
        try {
            return JSON.readTree(data).path("sequence_number").asInt(-1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
