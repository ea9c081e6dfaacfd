package dev.serai.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.catalog.UsageTotals;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Effort;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.Reasoning;
import dev.serai.conversation.Role;
import dev.serai.conversation.ServiceTier;
import dev.serai.conversation.Tool;
import dev.serai.conversation.Usage;
import dev.serai.dialect.ChatCodec;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.CustomToolInput;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.json.JsonDocument;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of the dialect, row by row. */
class ResponsesTablesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OpenAiResponsesCodec CODEC = new OpenAiResponsesCodec();

    @Test
    void a_refusal_in_the_output_says_itself_why_the_answer_ended() {
        assertThat(ResponsesFinish.of(FinishReason.REFUSAL, true)).isEqualTo(new ResponsesFinish("completed", null));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "STOP, completed, -",
                "STOP_SEQUENCE, completed, -",
                "MAX_TOKENS, incomplete, max_output_tokens",
                "CONTEXT_FULL, incomplete, max_output_tokens",
                "TOOL_CALLS, completed, -",
                "REFUSAL, incomplete, content_filter",
                "CONTENT_FILTER, incomplete, content_filter",
                "PAUSED, completed, -",
                "MALFORMED_TOOL_CALL, completed, -",
                "OTHER, completed, -",
            })
    void every_finish_reason_has_a_status(FinishReason reason, String status, @Nullable String incomplete) {
        assertThat(ResponsesFinish.of(reason, false)).isEqualTo(new ResponsesFinish(status, incomplete));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "completed, -, false, false, STOP",
                "completed, -, true, false, TOOL_CALLS",
                "completed, -, true, true, TOOL_CALLS",
                "completed, -, false, true, REFUSAL",
                "complete, -, true, false, TOOL_CALLS",
                "incomplete, max_output_tokens, false, false, MAX_TOKENS",
                "incomplete, max_output_tokens, true, false, MAX_TOKENS",
                "incomplete, -, false, false, MAX_TOKENS",
                "incomplete, content_filter, false, true, CONTENT_FILTER",
                "incomplete, of_tomorrow, false, false, OTHER",
            })
    void every_status_has_a_finish_reason_and_a_call_is_never_a_plain_stop(
            String status, @Nullable String incomplete, boolean calls, boolean refuses, FinishReason reason) {
        assertThat(ResponsesFinish.read(status, incomplete, calls, refuses)).isEqualTo(reason);
    }

    @ParameterizedTest
    @EnumSource(Effort.class)
    void every_effort_has_a_word_that_means_it(Effort effort) {
        assertThat(ResponsesReasoning.effort(ResponsesReasoning.word(effort))).isEqualTo(effort);
    }

    @ParameterizedTest
    @EnumSource(value = ServiceTier.class, names = "BATCH", mode = EnumSource.Mode.EXCLUDE)
    void every_tier_but_that_of_batches_has_a_word_that_means_it(ServiceTier tier) {
        assertThat(ResponsesTiers.read(String.valueOf(ResponsesTiers.write(tier))))
                .isEqualTo(tier);
        assertThat(ResponsesTiers.write(ServiceTier.BATCH)).isNull();
    }

    /** What a provider states, whether its totals contain reads, writes and reasoning, and what that amounts to. */
    @ParameterizedTest
    @CsvSource({
        "100, 64, 10, 50, 30, true, true, true, 26, 64, 10, 20, 30",
        "100, 64, 10, 50, 30, false, false, false, 100, 64, 10, 50, 30",
        "100, 64, 10, 50, 30, true, false, true, 36, 64, 10, 20, 30",
        "10, 64, 0, 5, 30, true, true, true, 0, 10, 0, 0, 5",
        "0, 0, 0, 0, 0, true, true, true, 0, 0, 0, 0, 0",
        "-5, -1, 0, -7, 0, true, true, true, 0, 0, 0, 0, 0",
    })
    void usage_is_split_into_disjoint_kinds(
            long in,
            long cached,
            long written,
            long out,
            long thought,
            boolean reads,
            boolean writes,
            boolean reasoning,
            long input,
            long cacheRead,
            long cacheWrite,
            long output,
            long reasoned)
            throws Exception {
        JsonNode usage =
                JSON.readTree("{\"input_tokens\":" + in + ",\"input_tokens_details\":{\"cached_tokens\":" + cached
                        + ",\"cache_write_tokens\":" + written + "},\"output_tokens\":" + out
                        + ",\"output_tokens_details\":{\"reasoning_tokens\":" + thought + "}}");
        assertThat(ResponsesUsage.read(usage, new UsageTotals(reads, writes, reasoning)))
                .isEqualTo(new Usage(input, cacheRead, cacheWrite, 0, 0, output, reasoned, 0));
    }

    @Test
    void usage_is_written_with_every_detail_that_clients_insist_on() {
        assertThat(ResponsesUsage.write(new Usage(1, 2, 3, 4, 5, 6, 7, 8)).toString())
                .isEqualTo(
                        "{\"input_tokens\":15,\"input_tokens_details\":{\"cached_tokens\":2,\"cache_write_tokens\":7,"
                                + "\"audio_tokens\":5},\"output_tokens\":21,\"output_tokens_details\":{\"reasoning_tokens\":7,"
                                + "\"audio_tokens\":8},\"total_tokens\":36}");
        assertThat(ResponsesUsage.write(Usage.NONE).toString())
                .contains("\"cache_write_tokens\":0", "\"reasoning_tokens\":0");
    }

    @ParameterizedTest
    @CsvSource({
        "maps, weather, maps__weather",
        "mcp__docs__, search, mcp__docs__search",
        "a-name-that-is-longer-than-any-other-name-in-this-table-here, search, a-name-that-is-longer-than-any-other-name-in-th_1b2f5e5f__search",
    })
    void a_namespace_becomes_a_part_of_the_name_and_comes_back(String namespace, String name, String qualified) {
        String joined = ResponsesToolNames.qualified(namespace, name);
        assertThat(joined.replaceFirst("_[0-9a-f]{8}__", "_1b2f5e5f__"))
                .isEqualTo(qualified)
                .hasSizeLessThanOrEqualTo(64);
        ResponsesToolNames names =
                new ResponsesToolNames(List.of(new Tool.Function(joined, null, null, null, namespace, null)));
        assertThat(names.ofClient(joined)).isEqualTo(new ResponsesToolNames.Name(name, namespace));
        assertThat(names.ofConversation(name, namespace)).isEqualTo(joined);
        assertThat(names.ofClient(name))
                .as("some models leave it out")
                .isEqualTo(new ResponsesToolNames.Name(name, namespace));
        assertThat(names.ofClient("other")).isEqualTo(new ResponsesToolNames.Name("other", null));
    }

    @Test
    void a_bare_name_in_two_namespaces_is_not_guessed_at() {
        ResponsesToolNames names = new ResponsesToolNames(List.of(
                new Tool.Function("a__f", null, null, null, "a", null), new Tool.Custom("b__f", null, null, "b")));
        assertThat(names.ofClient("f")).isEqualTo(new ResponsesToolNames.Name("f", null));
        assertThat(names.ofClient("b__f")).isEqualTo(new ResponsesToolNames.Name("f", "b"));
    }

    /** A body that is refused, and where it is wrong. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"input\":1} | input: must be a string or a list of items",
                "{\"input\":[1]} | input[0]: must be an object",
                "{\"input\":[{\"role\":\"user\"}]} | input[0].content: missing",
                "{\"input\":[{\"role\":\"bot\",\"content\":\"x\"}]} | input[0].role: must be user, assistant, system or developer",
                "{\"input\":[{\"x\":1}]} | input[0].type: missing",
                "{\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\"}]}]} | input[0].content[0].text: missing",
                "{\"input\":[{\"role\":\"user\",\"content\":[{\"text\":\"a\"}]}]} | input[0].content[0].type: missing",
                "{\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\"}]}]} | input[0].content[0].image_url: missing",
                "{\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"u\",\"detail\":\"x\"}]}]} | input[0].content[0].detail: must be auto, low, high or original",
                "{\"input\":[{\"type\":\"function_call\",\"name\":\"f\"}]} | input[0]: a call and its result are told by call_id, which is missing",
                "{\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"c\"}]} | input[0].output: missing",
                "{\"input\":[{\"type\":\"reasoning\",\"summary\":{}}]} | input[0].summary: must be a list",
                "{\"tools\":{}} | tools: must be a list",
                "{\"tools\":[{\"type\":\"function\"}]} | tools[0].name: missing",
                "{\"tools\":[{\"type\":\"function\",\"name\":\"\"}]} | tools[0].name: must not be empty",
                "{\"tools\":[{\"type\":\"namespace\",\"name\":\"n\",\"tools\":[{\"type\":\"function\",\"name\":1}]}]} | tools[0].tools[0].name: must be a string",
                "{\"tool_choice\":\"some\"} | tool_choice: must be auto, none, required, or an object",
                "{\"temperature\":\"hot\"} | temperature: must be a number",
                "{\"max_output_tokens\":1.5} | max_output_tokens: must be a whole number",
                "{\"text\":{\"format\":{\"type\":\"json_schema\"}}} | text.format.schema: missing",
                "{\"store\":\"no\"} | store: must be true or false",
                "{\"include\":[1]} | include[0]: must be a string",
                "{\"top_logprobs\":-1} | top_logprobs: must be a number from 0 to 20",
            })
    void what_is_wrong_with_a_request_is_told_with_its_place(String members, String message) throws Exception {
        JsonDocument body = JsonDocument.parse(("{\"model\":\"m\"," + members.substring(1)).getBytes(UTF_8));
        assertThatThrownBy(() -> CODEC.decodeRequest(new OpenAiResponses().readRequest(body)))
                .isInstanceOf(CodecException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "429, insufficient_quota, insufficient_quota, QUOTA_EXHAUSTED",
        "429, rate_limit_exceeded, requests, RATE_LIMITED",
        "400, context_length_exceeded, invalid_request_error, CONTEXT_TOO_LONG",
        "400, invalid_prompt, invalid_request_error, CONTENT_FILTER",
        "400, invalid_encrypted_content, invalid_request_error, INVALID_REQUEST",
        "404, previous_response_not_found, invalid_request_error, INVALID_REQUEST",
        "503, server_is_overloaded, service_unavailable_error, OVERLOADED",
        "503, slow_down, server_error, OVERLOADED",
        "401, invalid_api_key, invalid_request_error, AUTHENTICATION",
        "500, server_error, server_error, SERVER_ERROR",
    })
    void errors_of_responses_are_known(int status, String code, String type, ChatFailure.Kind kind) {
        String body = "{\"error\":{\"message\":\"What happened\",\"type\":\"" + type + "\",\"param\":null,\"code\":\""
                + code + "\"}}";
        ChatFailure failure = CODEC.decodeError(status, body.getBytes(UTF_8), null);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.message()).isEqualTo("What happened");
    }

    @ParameterizedTest
    @EnumSource(ChatFailure.Kind.class)
    void every_failure_is_written_so_that_it_is_read_as_the_same(ChatFailure.Kind kind) {
        ChatCodec.EncodedError written = CODEC.encodeError(new ChatFailure(kind, "What happened"), "req_1");
        assertThat(CODEC.decodeError(written.status(), written.body(), null).kind())
                .isEqualTo(kind);
    }

    /** OpenAI refuses the wish for encrypted thinking for models that do not think. */
    @Test
    void encrypted_thinking_is_asked_for_only_by_who_thinks_in_a_dialect_that_always_brings_it() {
        assertThat(included(new Reasoning(Reasoning.Mode.ON, null, 8_192L, null, null)))
                .isTrue();
        assertThat(included(new Reasoning(Reasoning.Mode.ADAPTIVE, Effort.HIGH, null, null, null)))
                .isTrue();
        assertThat(included(new Reasoning(null, Effort.HIGH, null, null, true))).isTrue();
        assertThat(included(new Reasoning(null, null, null, null, true))).isTrue();
        assertThat(included(Reasoning.of(Effort.HIGH))).isFalse();
        assertThat(included(new Reasoning(Reasoning.Mode.ADAPTIVE, null, null, null, null)))
                .isFalse();
        assertThat(included(new Reasoning(Reasoning.Mode.OFF, null, null, null, null)))
                .isFalse();
        assertThat(included(Reasoning.UNSAID)).isFalse();
    }

    private static boolean included(Reasoning reasoning) {
        ChatRequest request = ChatRequest.builder("m")
                .add(Role.USER, "x")
                .reasoning(reasoning)
                .build();
        Encoded encoded = CODEC.encodeRequest(request, new EncodingTarget("m", null));
        return new String(encoded.body(), UTF_8).contains("reasoning.encrypted_content");
    }

    /** As Claude Code asks, translated: 24 tools and 117 kB. */
    @Test
    void two_dozen_tools_and_a_long_conversation_cross_whole() throws Exception {
        dev.serai.conversation.ChatRequestBuilder asked =
                ChatRequest.builder("m").add(Role.SYSTEM, "s".repeat(40_000));
        String parameters = "{\"type\":\"object\",\"properties\":{\"p\":{\"type\":\"string\",\"description\":\""
                + "d".repeat(2_500) + "\"}}}";
        for (int i = 0; i < 24; i++) {
            asked.add(new Tool.Function("tool_" + i, "Does " + i, new dev.serai.conversation.RawJson(parameters)));
        }
        ChatRequest request = asked.add(Role.USER, "u".repeat(17_000)).build();
        Encoded encoded = CODEC.encodeRequest(request, new EncodingTarget("m", null));
        assertThat(encoded.body().length).isGreaterThan(117_000);
        assertThat(encoded.dropped()).isEmpty();
        ChatRequest read = CODEC.decodeRequest(new OpenAiResponses().readRequest(JsonDocument.parse(encoded.body())));
        assertThat(read.messages()).isEqualTo(request.messages());
        assertThat(read.tools()).hasSize(24);
    }

    @Test
    void nothing_is_named_twice() {
        ChatRequest request = ChatRequest.builder("m")
                .add(new Tool.BuiltIn("gemini", "googleSearch", dev.serai.conversation.RawJson.EMPTY_OBJECT))
                .add(new Tool.BuiltIn("gemini", "googleSearch", dev.serai.conversation.RawJson.EMPTY_OBJECT))
                .build();
        assertThat(CODEC.encodeRequest(request, new EncodingTarget("m", null)).dropped())
                .extracting(Dropped::name)
                .containsExactly("googleSearch");
    }

    /** Arguments of a function that stands for a custom tool, in pieces, and the text that they say. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"input\":\"a\\nb\"} | `a\nb`",
                " { \"input\" : \"\\ud83d\\ude00 \\\"q\\\" \\\\ \\/ \\t\" } | `😀 \"q\" \\ / \t`",
                "{\"input\":\"cut | cut",
                "{\"input\":\"cut\\ | cut",
                "{\"input\":\"\\u00e | ``",
                "{\"input\":\"\"} | ``",
                "{\"patch\":\"by another name\"} | by another name",
                "{\"a\":\"1\",\"b\":\"2\"} | {\"a\":\"1\",\"b\":\"2\"}",
                "{\"input\":7} | {\"input\":7}",
                "*** no JSON at all | *** no JSON at all",
                "`` | ``",
            })
    void packed_input_is_unpacked_however_it_is_cut(String arguments, String text) {
        assertThat(CustomToolInput.unpack(arguments)).isEqualTo(text);
        for (int size : List.of(1, 2, 3, 5)) {
            CustomToolInput input = new CustomToolInput();
            StringBuilder said = new StringBuilder();
            for (int at = 0; at < arguments.length(); at += size) {
                said.append(input.add(arguments.substring(at, Math.min(at + size, arguments.length()))));
            }
            assertThat(said.append(input.end()).toString()).isEqualTo(text);
        }
        assertThat(CustomToolInput.unpack(CustomToolInput.pack(text))).isEqualTo(text);
    }
}
