package dev.serai.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.FinishReason;
import dev.serai.dialect.ChatCodec.EncodedError;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.ThinkingControl;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each row of each table of the dialect, in both directions. */
class MessagesTablesTest {
    @ParameterizedTest
    @CsvSource({
        "end_turn, STOP, TOOL_CALLS",
        "stop_sequence, STOP_SEQUENCE, STOP_SEQUENCE",
        "max_tokens, MAX_TOKENS, MAX_TOKENS",
        "model_context_window_exceeded, CONTEXT_FULL, CONTEXT_FULL",
        "tool_use, TOOL_CALLS, TOOL_CALLS",
        "pause_turn, PAUSED, PAUSED",
        "compaction, PAUSED, PAUSED",
        "refusal, REFUSAL, REFUSAL",
        "bored, OTHER, TOOL_CALLS",
        ", OTHER, TOOL_CALLS"
    })
    void a_reason_is_read(@Nullable String word, FinishReason plain, FinishReason withCall) {
        assertThat(StopReasons.read(word, false)).isEqualTo(plain);
        assertThat(StopReasons.read(word, true)).isEqualTo(withCall);
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, end_turn, tool_use",
        "STOP_SEQUENCE, stop_sequence, stop_sequence",
        "MAX_TOKENS, max_tokens, max_tokens",
        "CONTEXT_FULL, model_context_window_exceeded, model_context_window_exceeded",
        "TOOL_CALLS, tool_use, tool_use",
        "REFUSAL, refusal, refusal",
        "CONTENT_FILTER, refusal, refusal",
        "PAUSED, pause_turn, pause_turn",
        "MALFORMED_TOOL_CALL, end_turn, tool_use",
        "OTHER, end_turn, tool_use"
    })
    void a_reason_is_written(FinishReason reason, String plain, String withCall) {
        assertThat(StopReasons.write(reason, false)).isEqualTo(plain);
        assertThat(StopReasons.write(reason, true)).isEqualTo(withCall);
    }

    @ParameterizedTest
    @EnumSource
    void every_reason_has_a_word_that_clients_know(FinishReason reason) {
        Set<FinishReason> unknown = EnumSet.of(FinishReason.OTHER);
        assertThat(StopReasons.read(StopReasons.write(reason, false), false)).isNotIn(unknown);
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_REQUEST, 400, invalid_request_error",
        "AUTHENTICATION, 401, authentication_error",
        "PERMISSION, 403, permission_error",
        "NOT_FOUND, 404, not_found_error",
        "REQUEST_TOO_LARGE, 413, request_too_large",
        "CONTEXT_TOO_LONG, 400, invalid_request_error",
        "RATE_LIMITED, 429, rate_limit_error",
        "QUOTA_EXHAUSTED, 402, billing_error",
        "CONTENT_FILTER, 400, invalid_request_error",
        "OVERLOADED, 529, overloaded_error",
        "SERVER_ERROR, 500, api_error",
        "TIMED_OUT, 504, timeout_error"
    })
    void a_failure_is_written_in_anthropic_s_envelope(ChatFailure.Kind kind, int status, String type) {
        EncodedError error = Wire.CODEC.encodeError(new ChatFailure(kind, "prompt is too long: \"x\""), "req_1");
        assertThat(error.status()).isEqualTo(status);
        assertThat(Wire.tree(new String(error.body(), UTF_8)))
                .isEqualTo(Wire.tree("{\"type\":\"error\",\"error\":{\"type\":\"" + type
                        + "\",\"message\":\"prompt is too long: \\\"x\\\"\"},\"request_id\":\"req_1\"}"));
    }

    @Test
    void a_conversation_that_is_too_long_is_told_in_the_words_that_anthropic_s_clients_look_for() {
        ChatFailure failure = new ChatFailure(ChatFailure.Kind.CONTEXT_TOO_LONG, "maximum context length is 8192");
        String body = new String(Wire.CODEC.encodeError(failure, "r").body(), UTF_8);
        assertThat(body).contains("\"prompt is too long: maximum context length is 8192\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | invalid_request_error | messages.0: something | INVALID_REQUEST",
                "400 | invalid_request_error | prompt is too long: 208310 tokens > 200000 maximum | CONTEXT_TOO_LONG",
                "400 | invalid_request_error | input length and `max_tokens` exceed context limit: 1 + 2 > 2 | CONTEXT_TOO_LONG",
                "413 | request_too_large | Request exceeds the maximum size | REQUEST_TOO_LARGE",
                "400 | invalid_request_error | Your credit balance is too low to access the Anthropic API. | QUOTA_EXHAUSTED",
                "400 | invalid_request_error | You have reached your specified API usage limits. | QUOTA_EXHAUSTED",
                "400 | invalid_request_error | Output blocked by content filtering policy | CONTENT_FILTER",
                "401 | authentication_error | invalid x-api-key | AUTHENTICATION",
                "402 | billing_error | Payment required | QUOTA_EXHAUSTED",
                "403 | permission_error | Your key may not | PERMISSION",
                "404 | not_found_error | model: claude-9 | NOT_FOUND",
                "429 | rate_limit_error | This request would exceed your account's rate limit. | RATE_LIMITED",
                "500 | api_error | Internal server error | SERVER_ERROR",
                "500 | api_error | Overloaded | OVERLOADED",
                "504 | timeout_error | Timed out | TIMED_OUT",
                "529 | overloaded_error | Overloaded | OVERLOADED",
                "200 | overloaded_error | Overloaded | OVERLOADED",
                "429 | insufficient_quota | You exceeded your current quota | QUOTA_EXHAUSTED",
                "418 | teapot | Short and stout | INVALID_REQUEST"
            })
    void an_error_of_a_provider_is_recognised(int status, String type, String message, ChatFailure.Kind kind) {
        String body = "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"" + message + "\"}}";
        ChatFailure failure = Wire.CODEC.decodeError(status, body.getBytes(UTF_8), Duration.ofSeconds(3));
        assertThat(failure).isEqualTo(new ChatFailure(kind, message, type, null, status, Duration.ofSeconds(3)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | [{\"error\":{\"code\":429,\"message\":\"Quota exceeded for x\",\"status\":\"RESOURCE_EXHAUSTED\"}}] | RATE_LIMITED",
                "400 | {\"message\":\"Input is too long for requested model.\"} | CONTEXT_TOO_LONG",
                "503 | {\"message\":\"Too many connections\"} | OVERLOADED",
                "401 | {\"error\":{\"message\":\"bad key\",\"code\":\"1002\"}} | AUTHENTICATION",
                "400 | {\"error\":\"content_filter\"} | CONTENT_FILTER",
                "502 | <html> | SERVER_ERROR",
                "404 | '' | NOT_FOUND",
                "301 | moved | SERVER_ERROR"
            })
    void an_error_in_another_envelope_is_judged_by_its_status_and_words(
            int status, String body, ChatFailure.Kind kind) {
        ChatFailure failure = Wire.CODEC.decodeError(status, body.getBytes(UTF_8), null);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.message()).isNotBlank();
    }

    @Test
    void a_reply_that_is_an_error_is_refused_with_the_provider_s_words() {
        assertThatThrownBy(
                        () -> Wire.reply("{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"Oh\"}}"))
                .isInstanceOf(CodecException.class)
                .hasMessage("Oh");
    }

    @Test
    void models_are_told_to_think_by_their_names() {
        Map.of(
                        ThinkingControl.BUDGET,
                        "claude-3-7-sonnet-20250219 claude-3.5-haiku claude-opus-4-20250514 claude-opus-4@20250514"
                                + " anthropic.claude-sonnet-4-5-20250929-v1:0 anthropic/claude-opus-4.5 claude-opus-4-1"
                                + " claude-haiku-4-5 claude-sonnet-4 anthropic/claude-sonnet-4:beta kimi-k3 deepseek-v4",
                        ThinkingControl.BOTH,
                        "claude-opus-4-6 anthropic/claude-sonnet-4.6 Claude-Opus-4-6-20260205",
                        ThinkingControl.EFFORT,
                        "claude-opus-4-7 claude-opus-4-7-20260416 claude-opus-4-8 claude-sonnet-5 claude-opus-5"
                                + " claude-fable-5 claude-opus-5-5 claude-haiku-5 us.anthropic.claude-opus-4-8-v1:0"
                                + " claude-opus-4-10")
                .forEach((control, models) -> assertThat(models.split(" "))
                        .allSatisfy(
                                model -> assertThat(ThinkingModels.of(model)).isEqualTo(control)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"m\"} | messages",
                "{\"model\":\"m\",\"messages\":{}} | messages",
                "{\"model\":\"m\",\"messages\":[7]} | messages[0]",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"bear\",\"content\":\"x\"}]} | messages[0].role",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]} | messages[0].content",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"x\"}]}]} | messages[0].content[0].type",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":7}]}]} | messages[0].content[0].text",
                "{\"model\":\"m\",\"messages\":[],\"system\":[{\"type\":\"text\"}]} | system[0].text",
                "{\"model\":\"m\",\"messages\":[],\"max_tokens\":-1} | max_tokens",
                "{\"model\":\"m\",\"messages\":[],\"temperature\":\"hot\"} | temperature",
                "{\"model\":\"m\",\"messages\":[],\"stop_sequences\":[1]} | stop_sequences[0]",
                "{\"model\":\"m\",\"messages\":[],\"tools\":[{\"name\":\"n\",\"input_schema\":[]}]} | tools[0].input_schema",
                "{\"model\":\"m\",\"messages\":[],\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":\"x\"}} | thinking.budget_tokens"
            })
    void a_request_that_is_wrong_is_refused_with_the_place(String body, String path) {
        assertThatThrownBy(() -> Wire.request(body))
                .isInstanceOfSatisfying(
                        CodecException.class, e -> assertThat(e.path()).isEqualTo(path));
    }
}
