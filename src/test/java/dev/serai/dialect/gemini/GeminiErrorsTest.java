package dev.serai.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.ChatFailure.Kind;
import dev.serai.dialect.ChatCodec.EncodedError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Errors of those who speak Gemini, and failures as their clients see them. */
class GeminiErrorsTest {
    private static ChatFailure decode(int status, String body, @Nullable Duration retryAfter) {
        return Wire.CODEC.decodeError(status, body.getBytes(UTF_8), retryAfter);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | INVALID_ARGUMENT    | Unknown name \"x\"                                            | INVALID_REQUEST",
                "400 | INVALID_ARGUMENT    | API key not valid. Please pass a valid API key.               | AUTHENTICATION",
                "400 | INVALID_ARGUMENT    | The input token count (1200000) exceeds the maximum number of tokens allowed (1048576). | CONTEXT_TOO_LONG",
                "400 | INVALID_ARGUMENT    | Request payload size exceeds the limit: 20971520 bytes.       | REQUEST_TOO_LARGE",
                "400 | INVALID_ARGUMENT    | The prompt violated Google's Responsible AI practices.        | CONTENT_FILTER",
                "400 | FAILED_PRECONDITION | User location is not supported for the API use.               | PERMISSION",
                "400 | FAILED_PRECONDITION | Enable billing on your project.                               | QUOTA_EXHAUSTED",
                "401 | UNAUTHENTICATED     | Request had invalid authentication credentials.               | AUTHENTICATION",
                "403 | PERMISSION_DENIED   | Permission denied on resource project x.                      | PERMISSION",
                "403 | PERMISSION_DENIED   | Your API key was reported as leaked.                          | AUTHENTICATION",
                "404 | NOT_FOUND           | models/x is not found for API version v1beta                  | NOT_FOUND",
                "429 | RESOURCE_EXHAUSTED  | Resource has been exhausted (e.g. check quota).               | RATE_LIMITED",
                "429 | RESOURCE_EXHAUSTED  | Your prepayment credits are depleted.                         | QUOTA_EXHAUSTED",
                "429 | RESOURCE_EXHAUSTED  | Quota exceeded for metric: x, limit: 0, model: y              | QUOTA_EXHAUSTED",
                "499 | CANCELLED           | The operation was cancelled.                                  | SERVER_ERROR",
                "500 | INTERNAL            | An internal error has occurred.                               | SERVER_ERROR",
                "503 | UNAVAILABLE         | The model is overloaded. Please try again later.              | OVERLOADED",
                "504 | DEADLINE_EXCEEDED   | Deadline expired before operation could complete.             | TIMED_OUT",
                "413 | SOMETHING_ELSE      | too large                                                     | REQUEST_TOO_LARGE"
            })
    void an_error_is_recognised(int status, String word, String message, Kind kind) {
        String body = "{\"error\":{\"code\":" + status + ",\"message\":\"" + message.replace("\"", "\\\"")
                + "\",\"status\":\"" + word + "\"}}";
        assertThat(decode(status, body, null)).isEqualTo(new ChatFailure(kind, message, word, null, status, null));
        assertThat(decode(status, "[" + body + "]", null).kind()).isEqualTo(kind);
    }

    @Test
    void details_say_more_than_the_status() {
        ChatFailure failure = decode(429, """
                {"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED","details":[
                 {"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"RequestsPerDayPerProject"}]},
                 {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.07s"}]}}""", null);
        assertThat(failure.kind()).isEqualTo(Kind.QUOTA_EXHAUSTED);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(35));
        assertThat(decode(400, """
                {"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT","details":[
                 {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID","domain":"googleapis.com"},
                 {"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"contents"}]}]}}""", null))
                .isEqualTo(new ChatFailure(Kind.AUTHENTICATION, "m", "API_KEY_INVALID", "contents", 400, null));
    }

    @Test
    void a_header_says_best_when_to_try_again() {
        String body = "{\"error\":{\"message\":\"m\",\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"@type\":"
                + "\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"34s\"}]}}";
        assertThat(decode(429, body, Duration.ofSeconds(2)).retryAfter()).isEqualTo(Duration.ofSeconds(2));
        assertThat(decode(429, body.replace("34s", "soon"), null).retryAfter()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "401, AUTHENTICATION",
        "402, QUOTA_EXHAUSTED",
        "403, PERMISSION",
        "404, NOT_FOUND",
        "408, TIMED_OUT",
        "413, REQUEST_TOO_LARGE",
        "418, INVALID_REQUEST",
        "429, RATE_LIMITED",
        "302, SERVER_ERROR",
        "500, SERVER_ERROR",
        "503, OVERLOADED",
        "504, TIMED_OUT",
        "529, OVERLOADED"
    })
    void what_is_no_envelope_is_judged_by_its_status(int status, Kind kind) {
        for (String body : new String[] {"", "<html>gone</html>", "[]", "null", "{\"error\":\"words\"}", "{}"}) {
            assertThat(decode(status, body, null).kind()).as(body).isEqualTo(kind);
        }
        assertThat(decode(status, "{\"error\":\"words\"}", null).message()).isEqualTo("words");
    }

    @ParameterizedTest
    @EnumSource
    void every_failure_has_a_status_and_is_known_again(Kind kind) {
        ChatFailure failure =
                new ChatFailure(kind, "what happened", "their_code", "contents", 418, Duration.ofSeconds(7));
        EncodedError error = Wire.CODEC.encodeError(failure, "req_1");
        assertThat(new String(error.body(), UTF_8))
                .isEqualTo("{\"error\":{\"code\":" + error.status() + ",\"message\":\"what happened\",\"status\":\""
                        + RpcStatus.of(error.status()) + "\",\"details\":["
                        + "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"" + kind
                        + "\",\"domain\":\"serai\",\"metadata\":{\"code\":\"their_code\"}},"
                        + "{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":[{\"field\":\"contents\"}]},"
                        + "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"7s\"},"
                        + "{\"@type\":\"type.googleapis.com/google.rpc.RequestInfo\",\"requestId\":\"req_1\"}]}}");
        assertThat(Wire.CODEC.decodeError(error.status(), error.body(), null))
                .isEqualTo(new ChatFailure(
                        kind, "what happened", "their_code", "contents", error.status(), Duration.ofSeconds(7)));
    }
}
