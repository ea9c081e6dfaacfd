package dev.serai.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Content;
import dev.serai.conversation.Delivery;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.Message;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.Role;
import dev.serai.conversation.Tool;
import dev.serai.conversation.Usage;
import dev.serai.dialect.ChatCodec.EncodedError;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of Chat: reasons, failures, what is refused and where, ids, schemas. */
class ChatTablesTest {
    // --- Reasons

    @ParameterizedTest
    @CsvSource({
        "stop, STOP",
        "length, MAX_TOKENS",
        "tool_calls, STOP",
        "function_call, STOP",
        "content_filter, CONTENT_FILTER",
        "eos, STOP",
        "eos_token, STOP",
        "end_turn, STOP",
        "complete, STOP",
        "completed, STOP",
        "stop_sequence, STOP_SEQUENCE",
        "max_tokens, MAX_TOKENS",
        "model_length, CONTEXT_FULL",
        "model_context_window_exceeded, CONTEXT_FULL",
        "tool_use, STOP",
        "tool_call, STOP",
        "refusal, REFUSAL",
        "sensitive, CONTENT_FILTER",
        "safety, CONTENT_FILTER",
        "recitation, CONTENT_FILTER",
        "pause_turn, PAUSED",
        "malformed_function_call, MALFORMED_TOOL_CALL",
        "function_call_filter: MALFORMED, MALFORMED_TOOL_CALL",
        "content_filter: RECITATION, CONTENT_FILTER",
        "STOP, STOP",
        "something new, OTHER"
    })
    void a_word_without_a_call_means(String word, FinishReason meaning) {
        assertThat(reason(word, "{\"content\":\"Hi\"}")).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "stop, TOOL_CALLS",
        "length, MAX_TOKENS",
        "tool_calls, TOOL_CALLS",
        "function_call, TOOL_CALLS",
        "content_filter, CONTENT_FILTER",
        "eos, TOOL_CALLS",
        "eos_token, TOOL_CALLS",
        "end_turn, TOOL_CALLS",
        "complete, TOOL_CALLS",
        "completed, TOOL_CALLS",
        "stop_sequence, TOOL_CALLS",
        "max_tokens, MAX_TOKENS",
        "model_length, CONTEXT_FULL",
        "model_context_window_exceeded, CONTEXT_FULL",
        "tool_use, TOOL_CALLS",
        "tool_call, TOOL_CALLS",
        "refusal, TOOL_CALLS",
        "sensitive, CONTENT_FILTER",
        "safety, CONTENT_FILTER",
        "recitation, CONTENT_FILTER",
        "pause_turn, TOOL_CALLS",
        "malformed_function_call, MALFORMED_TOOL_CALL",
        "something new, TOOL_CALLS"
    })
    void a_word_beside_a_call_means(String word, FinishReason meaning) {
        String call =
                "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";
        assertThat(reason(word, call)).isEqualTo(meaning);
    }

    private static FinishReason reason(String word, String delta) {
        return ChatBench.collected(ChatBench.sse(ChatBench.delta(delta), ChatBench.finish(word)))
                .choices()
                .get(0)
                .finishReason();
    }

    @ParameterizedTest
    @CsvSource({
        "error, SERVER_ERROR",
        "network_error, SERVER_ERROR",
        "abort, SERVER_ERROR",
        "cancelled, SERVER_ERROR",
        "insufficient_system_resource, OVERLOADED"
    })
    void a_word_for_giving_up_is_a_failure(String word, ChatFailure.Kind kind) {
        assertThat(ChatFinishReasons.failure(word)).isEqualTo(kind);
        assertThat(ChatFinishReasons.FAILURES).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, stop, tool_calls, stop",
        "STOP_SEQUENCE, stop, tool_calls, stop",
        "MAX_TOKENS, length, length, length",
        "CONTEXT_FULL, length, length, length",
        "TOOL_CALLS, stop, tool_calls, stop",
        "REFUSAL, content_filter, tool_calls, stop",
        "CONTENT_FILTER, content_filter, content_filter, content_filter",
        "PAUSED, stop, tool_calls, stop",
        "MALFORMED_TOOL_CALL, stop, tool_calls, stop",
        "OTHER, stop, tool_calls, stop"
    })
    void a_reason_is_written_as(FinishReason reason, String alone, String besideACall, String besideARefusal) {
        assertThat(ChatFinishReasons.encode(reason, false, false)).isEqualTo(alone);
        assertThat(ChatFinishReasons.encode(reason, true, false)).isEqualTo(besideACall);
        assertThat(ChatFinishReasons.encode(reason, false, true)).isEqualTo(besideARefusal);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_written_is_one_of_openai_s_own_words(FinishReason reason) {
        assertThat(List.of("stop", "length", "tool_calls", "content_filter"))
                .contains(
                        ChatFinishReasons.encode(reason, false, false),
                        ChatFinishReasons.encode(reason, true, false),
                        ChatFinishReasons.encode(reason, false, true));
    }

    // --- Failures

    @Test
    void a_failure_is_written_so_that_openai_s_clients_tell_it_apart() {
        Map<ChatFailure.Kind, String> written = new EnumMap<>(ChatFailure.Kind.class);
        for (ChatFailure.Kind kind : ChatFailure.Kind.values()) {
            EncodedError error = ChatBench.CODEC.encodeError(new ChatFailure(kind, "Why."), "req_1");
            JsonNode inner =
                    ChatRecordings.parsed(new String(error.body(), UTF_8)).path("error");
            assertThat(inner.path("message").asText()).isEqualTo("Why.");
            assertThat(inner.path("request_id").asText()).isEqualTo("req_1");
            written.put(
                    kind,
                    error.status() + " " + inner.path("type").asText() + " "
                            + inner.path("code").asText("-"));
        }
        assertThat(written)
                .containsEntry(ChatFailure.Kind.INVALID_REQUEST, "400 invalid_request_error -")
                .containsEntry(ChatFailure.Kind.AUTHENTICATION, "401 authentication_error invalid_api_key")
                .containsEntry(ChatFailure.Kind.PERMISSION, "403 permission_error -")
                .containsEntry(ChatFailure.Kind.NOT_FOUND, "404 not_found_error -")
                .containsEntry(ChatFailure.Kind.REQUEST_TOO_LARGE, "413 invalid_request_error -")
                .containsEntry(ChatFailure.Kind.CONTEXT_TOO_LONG, "400 invalid_request_error context_length_exceeded")
                .containsEntry(ChatFailure.Kind.RATE_LIMITED, "429 rate_limit_error rate_limit_exceeded")
                .containsEntry(ChatFailure.Kind.QUOTA_EXHAUSTED, "429 insufficient_quota insufficient_quota")
                .containsEntry(ChatFailure.Kind.CONTENT_FILTER, "400 invalid_request_error content_filter")
                .containsEntry(ChatFailure.Kind.OVERLOADED, "503 service_unavailable_error -")
                .containsEntry(ChatFailure.Kind.SERVER_ERROR, "500 server_error -")
                .containsEntry(ChatFailure.Kind.TIMED_OUT, "504 timeout_error -")
                .hasSize(ChatFailure.Kind.values().length);
    }

    // --- What is refused

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{`model`:`m`} | messages",
                "{`model`:`m`,`messages`:{}} | messages",
                "{`model`:`m`,`messages`:[7]} | messages[0]",
                "{`model`:`m`,`messages`:[{`content`:`x`}]} | messages[0].role",
                "{`model`:`m`,`messages`:[{`role`:`robot`,`content`:`x`}]} | messages[0].role",
                "{`model`:`m`,`messages`:[{`role`:`user`,`content`:7}]} | messages[0].content",
                "{`model`:`m`,`messages`:[{`role`:`user`,`content`:[{}]}]} | messages[0].content[0].type",
                "{`model`:`m`,`messages`:[{`role`:`user`,`content`:[{`type`:7}]}]} | messages[0].content[0].type",
                "{`model`:`m`,`messages`:[{`role`:`user`,`content`:[{`type`:`text`}]}]} | messages[0].content[0].text",
                "{`model`:`m`,`messages`:[{`role`:`user`,`content`:[{`type`:`image_url`}]}]} | messages[0].content[0].image_url",
                "{`model`:`m`,`messages`:[{`role`:`user`,`content`:[{`type`:`file`,`file`:{}}]}]} | messages[0].content[0].file",
                "{`model`:`m`,`messages`:[{`role`:`tool`,`content`:`x`}]} | messages[0].tool_call_id",
                "{`model`:`m`,`messages`:[{`role`:`assistant`,`tool_calls`:[{`id`:`a`}]}]} | messages[0].tool_calls[0].function",
                "{`model`:`m`,`messages`:[],`temperature`:`hot`} | temperature",
                "{`model`:`m`,`messages`:[],`temperature`:1e999} | temperature",
                "{`model`:`m`,`messages`:[],`max_tokens`:1.5} | max_tokens",
                "{`model`:`m`,`messages`:[],`max_tokens`:99999999999999999999} | max_tokens",
                "{`model`:`m`,`messages`:[],`n`:9999999999} | n",
                "{`model`:`m`,`messages`:[],`stop`:[1]} | stop[0]",
                "{`model`:`m`,`messages`:[],`stop`:7} | stop",
                "{`model`:`m`,`messages`:[],`tools`:[{`type`:`function`,`function`:{}}]} | tools[0].function.name",
                "{`model`:`m`,`messages`:[],`tools`:[{`type`:`function`,`function`:{`name`:`f`,`parameters`:`x`}}]} | tools[0].function.parameters",
                "{`model`:`m`,`messages`:[],`tool_choice`:`maybe`} | tool_choice",
                "{`model`:`m`,`messages`:[],`response_format`:{`type`:`json_schema`,`json_schema`:{`name`:`x`}}} | response_format.json_schema.schema",
                "{`model`:`m`,`messages`:[],`logit_bias`:{`1`:`x`}} | logit_bias.1",
                "{`model`:`m`,`messages`:[],`thinking`:{`type`:`enabled`,`budget_tokens`:-1}} | thinking.budget_tokens"
            })
    void a_wrong_request_is_refused_with_the_place(String json, String path) {
        String quoted = json.replace('`', '"');
        assertThatThrownBy(() -> ChatBench.request(quoted))
                .isInstanceOfSatisfying(
                        CodecException.class, e -> assertThat(e.path()).isEqualTo(path));
    }

    @Test
    void a_conversation_that_another_provider_keeps_is_refused() {
        ChatRequest request = ChatRequest.builder("m")
                .add(Role.USER, "And?")
                .delivery(new Delivery(false, null, null, null, "resp_1"))
                .build();
        assertThatThrownBy(() -> ChatBench.CODEC.encodeRequest(request, new EncodingTarget("m", null)))
                .isInstanceOfSatisfying(
                        CodecException.class, e -> assertThat(e.path()).isEqualTo("previous_response_id"));
    }

    // --- Ids

    @Test
    void ids_fit_their_target_stay_apart_and_can_be_found_again() {
        for (String model : List.of("gpt-5", "mistral-large-latest", "Devstral-Small-2")) {
            CallIds ids = new CallIds(model);
            TreeSet<String> sent = new TreeSet<>();
            for (int i = 0; i < 500; i++) {
                String id = "call with spaces and a tail that is far too long for anybody " + i;
                sent.add(ids.of(id));
                assertThat(ids.of(id)).isEqualTo(new CallIds(model).of(id));
                assertThat(ids.original(ids.of(id))).isEqualTo(id);
            }
            assertThat(sent).hasSize(500);
            boolean mistral = !model.startsWith("gpt");
            assertThat(sent).allMatch(id -> id.matches(mistral ? "[a-zA-Z0-9]{9}" : "[a-zA-Z0-9_]{1,40}"));
        }
        assertThat(new CallIds("gpt-5").of("functions.get_weather:0")).isEqualTo("functions.get_weather:0");
    }

    // --- Schemas

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{`type`:`object`,`properties`:{}} | {`type`:`object`,`properties`:{},`additionalProperties`:false}",
                "{`type`:`object`,`properties`:{`a`:{}},`required`:[`a`],`additionalProperties`:false} | {`type`:`object`,`properties`:{`a`:{}},`required`:[`a`],`additionalProperties`:false}",
                "{`type`:`object`,`properties`:{`a`:{}}} | null",
                "{`type`:`object`,`additionalProperties`:true} | null",
                "{`type`:`string`} | null",
                "{`anyOf`:[]} | null",
                "{`type`:`object`,`$defs`:{`d`:{`type`:`object`,`properties`:{`x`:{}}}},`properties`:{}} | null",
                "{`type`:`object`,`properties`:{`l`:{`type`:`array`,`items`:{`type`:`object`,`properties`:{}}}},`required`:[`l`]} | {`type`:`object`,`properties`:{`l`:{`type`:`array`,`items`:{`type`:`object`,`properties`:{},`additionalProperties`:false}}},`required`:[`l`],`additionalProperties`:false}"
            })
    void a_schema_is_closed_where_that_makes_it_strict(String schema, String strict) {
        RawJson closed = OpenAiSchemas.strict(new RawJson(schema.replace('`', '"')));
        assertThat(String.valueOf(closed == null ? null : closed.text())).isEqualTo(strict.replace('`', '"'));
    }

    // --- The request of a coding agent

    @Test
    void claude_code_s_24_tools_and_117_kb_cross_whole() throws Exception {
        List<Tool> tools = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            tools.add(new Tool.Function(
                    "Tool" + i,
                    "d".repeat(2_000),
                    new RawJson(
                            "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"type\":\"object\",\"properties\":{\"p\":{\"type\":\"string\",\"description\":\""
                                    + "p".repeat(500) + "\"}},\"required\":[\"p\"],\"additionalProperties\":false}")));
        }
        ChatRequest asked = ChatRequest.builder("claude-sonnet-4-6")
                .add(Role.SYSTEM, "s".repeat(40_000))
                .add(new Message(Role.USER, List.of(new Content.Text("u".repeat(10_000)), new Content.Text("Hello"))))
                .tools(tools)
                .build();
        Encoded encoded = ChatBench.CODEC.encodeRequest(asked, new EncodingTarget("target", null));
        assertThat(encoded.body().length).isGreaterThan(110_000);
        assertThat(encoded.dropped()).isEmpty();
        ChatRequest again = ChatBench.request(new String(encoded.body(), UTF_8));
        assertThat(again.tools()).isEqualTo(asked.tools());
        assertThat(again.messages()).isEqualTo(asked.messages());
    }

    // --- Usage of a stream

    @Test
    void usage_is_asked_for_whatever_the_client_said_and_shown_only_if_it_asked() throws Exception {
        ChatRequest silent = ChatBench.request("{\"model\":\"m\",\"stream\":true,\"messages\":[]}");
        String body = new String(
                ChatBench.CODEC
                        .encodeRequest(silent, new EncodingTarget("m", null))
                        .body(),
                UTF_8);
        assertThat(body).contains("\"include_usage\":true");
        List<ChatEvent> events = ChatBench.events(ChatBench.sse(
                ChatBench.delta("{\"content\":\"Hi\"}"),
                ChatBench.finish("stop"),
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}"));
        assertThat(new String(ChatBench.stream(events, ChatBench.context(silent)), UTF_8))
                .doesNotContain("usage");
        assertThat(new String(ChatBench.stream(events, ChatBench.context(ChatBench.ASKED)), UTF_8))
                .contains("\"choices\":[],\"usage\":{\"prompt_tokens\":1,")
                .contains("\"finish_reason\":null}],\"usage\":null}");
    }

    @Test
    void a_failure_in_a_stream_is_an_error_event_without_an_end() {
        List<ChatEvent> events = List.of(
                new ChatEvent.Started("c", "m", 7L, null),
                new ChatEvent.Failed(new ChatFailure(ChatFailure.Kind.OVERLOADED, "Busy.")));
        String stream = new String(ChatBench.stream(events, ChatBench.context(ChatBench.ASKED)), UTF_8);
        assertThat(stream)
                .endsWith(
                        "data: {\"error\":{\"message\":\"Busy.\",\"type\":\"service_unavailable_error\",\"param\":null,\"code\":null}}\n\n")
                .doesNotContain("[DONE]");
    }

    @Test
    void a_choice_that_says_nothing_is_written_as_one() throws Exception {
        ChatReply reply = new ChatReply(
                "c", "m", 7L, List.of(new Choice(0, List.of(), FinishReason.STOP)), Usage.NONE, null, List.of());
        Encoded encoded = ChatBench.CODEC.encodeReply(reply, ChatBench.context(ChatBench.ASKED));
        assertThat(ChatBench.reply(new String(encoded.body(), UTF_8))).isEqualTo(reply);
    }
}
