package dev.serai.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.dialect.Codecs;
import dev.serai.dialect.Translator;
import dev.serai.dialect.anthropic.AnthropicMessagesCodec;
import dev.serai.dialect.gemini.GeminiCodec;
import dev.serai.dialect.openai.OpenAiChatCodec;
import dev.serai.dialect.openai.OpenAiResponsesCodec;
import dev.serai.failover.Fault;
import dev.serai.upstream.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each provider's own words mean for failing over. The bodies are the golden files of the chat codec, and those written here. */
class FaultReadingTest {
    private static final Path ERRORS = Path.of("src/test/resources/codec/openai-chat/errors");
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    private final FaultReading reading = new FaultReading(
            new Translator(new Codecs(
                    List.of(
                            new OpenAiChatCodec(),
                            new OpenAiResponsesCodec(),
                            new AnthropicMessagesCodec(),
                            new GeminiCodec()),
                    List.of())),
            Clock.fixed(NOW, ZoneOffset.UTC));

    private FaultReading.Finding read(String dialect, int status, byte[] body, Map<String, String> headers) {
        return reading.of(new Outcome.Refused(status, headers, body), dialect);
    }

    private FaultReading.Finding read(String dialect, int status, String body) {
        return read(dialect, status, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai-rate-429           | RATE_LIMITED",
                "openai-rate-millis-429    | RATE_LIMITED",
                "openai-quota-429          | QUOTA_EXHAUSTED",
                "openai-context-400        | CONTEXT_TOO_LONG",
                "openai-param-400          | INVALID_REQUEST",
                "openai-key-401            | CREDENTIAL_REFUSED",
                "openai-region-403         | CREDENTIAL_REFUSED",
                "openai-model-404          | MODEL_NOT_FOUND",
                "openai-server-500         | SERVER_ERROR",
                "azure-deployment-404      | MODEL_NOT_FOUND",
                "azure-filter-400          | CONTENT_FILTERED",
                "cerebras-busy-429         | UNAVAILABLE",
                "cerebras-context-400      | CONTEXT_TOO_LONG",
                "cloudflare-504            | UNAVAILABLE",
                "deepseek-balance-402      | QUOTA_EXHAUSTED",
                "empty-503                 | UNAVAILABLE",
                "fastapi-422               | INVALID_REQUEST",
                "fastapi-text-503          | UNAVAILABLE",
                "google-key-400            | CREDENTIAL_REFUSED",
                "google-list-429           | RATE_LIMITED",
                "groq-flex-498             | UNAVAILABLE",
                "groq-too-large-413        | INVALID_REQUEST",
                "groq-tool-400             | INVALID_REQUEST",
                "html-502                  | SERVER_ERROR",
                "llama-cpp-400             | CONTEXT_TOO_LONG",
                "mistral-capacity-429      | UNAVAILABLE",
                "mistral-tokens-400        | CONTEXT_TOO_LONG",
                "mistral-validation-422    | INVALID_REQUEST",
                "moonshot-filter-400       | CONTENT_FILTERED",
                "moonshot-overloaded-429   | UNAVAILABLE",
                "moonshot-quota-429        | QUOTA_EXHAUSTED",
                "nothing-500               | SERVER_ERROR",
                "ollama-404                | MODEL_NOT_FOUND",
                "openrouter-credits-402    | QUOTA_EXHAUSTED",
                "openrouter-moderation-403 | CONTENT_FILTERED",
                "openrouter-rate-429       | RATE_LIMITED",
                "together-503              | UNAVAILABLE",
                "vllm-context-400          | CONTEXT_TOO_LONG",
                "xai-text-400              | CONTEXT_TOO_LONG",
                "zai-balance-429           | QUOTA_EXHAUSTED",
                "zai-filter-400            | CONTENT_FILTERED",
                "zai-model-400             | MODEL_NOT_FOUND",
                "zai-rate-429              | RATE_LIMITED"
            })
    void who_speaks_chat_completions(String file, Fault fault) throws IOException {
        byte[] body = Files.readAllBytes(ERRORS.resolve(file + ".error.json"));
        int status = Integer.parseInt(file.replaceFirst(".*-", ""));
        assertThat(read("openai-chat", status, body, Map.of()).fault()).isEqualTo(fault);
    }

    @Test
    void no_golden_error_is_without_a_fault_here() throws Exception {
        CsvSource rows = FaultReadingTest.class
                .getDeclaredMethod("who_speaks_chat_completions", String.class, Fault.class)
                .getAnnotation(CsvSource.class);
        List<String> named = Stream.of(rows.value())
                .map(row -> row.split("\\|", 2)[0].strip())
                .toList();
        try (Stream<Path> files = Files.list(ERRORS)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(file -> file.endsWith(".error.json"))
                            .map(file -> file.replace(".error.json", "")))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | invalid_request_error | max_tokens: must be at least 1                     | INVALID_REQUEST",
                "400 | invalid_request_error | prompt is too long: 215000 tokens > 200000 maximum | CONTEXT_TOO_LONG",
                "400 | invalid_request_error | Your credit balance is too low to access the API.  | QUOTA_EXHAUSTED",
                "400 | invalid_request_error | You have reached your specified API usage limits.  | QUOTA_EXHAUSTED",
                "400 | invalid_request_error | Output blocked by content filtering policy         | CONTENT_FILTERED",
                "401 | authentication_error  | invalid x-api-key                                  | CREDENTIAL_REFUSED",
                "402 | billing_error         | payment is needed                                  | QUOTA_EXHAUSTED",
                "403 | permission_error      | not allowed                                        | CREDENTIAL_REFUSED",
                "404 | not_found_error       | model: claude-0                                    | MODEL_NOT_FOUND",
                "413 | request_too_large     | Request exceeds the maximum size                   | INVALID_REQUEST",
                "429 | rate_limit_error      | Number of requests has exceeded your rate limit    | RATE_LIMITED",
                "500 | api_error             | Internal server error                              | SERVER_ERROR",
                "504 | timeout_error         | timed out                                          | UNAVAILABLE",
                "529 | overloaded_error      | Overloaded                                         | UNAVAILABLE"
            })
    void who_speaks_messages(int status, String type, String message, Fault fault) {
        String body = "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"" + message + "\"}}";
        assertThat(read("anthropic-messages", status, body).fault()).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | INVALID_ARGUMENT    | Unknown name                                      | INVALID_REQUEST",
                "400 | INVALID_ARGUMENT    | API key not valid. Please pass a valid API key.   | CREDENTIAL_REFUSED",
                "400 | INVALID_ARGUMENT    | The input token count (9) exceeds the maximum number of tokens allowed (8). | CONTEXT_TOO_LONG",
                "400 | FAILED_PRECONDITION | Enable billing on your project.                   | QUOTA_EXHAUSTED",
                "404 | NOT_FOUND           | models/x is not found for API version v1beta      | MODEL_NOT_FOUND",
                "429 | RESOURCE_EXHAUSTED  | Resource has been exhausted (e.g. check quota).   | RATE_LIMITED",
                "429 | RESOURCE_EXHAUSTED  | Your prepayment credits are depleted.             | QUOTA_EXHAUSTED",
                "500 | INTERNAL            | An internal error has occurred.                   | SERVER_ERROR",
                "503 | UNAVAILABLE         | The model is overloaded. Please try again later.  | UNAVAILABLE",
                "504 | DEADLINE_EXCEEDED   | Deadline expired before operation could complete. | UNAVAILABLE"
            })
    void who_speaks_gemini(int status, String word, String message, Fault fault) {
        String body =
                "{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\",\"status\":\"" + word + "\"}}";
        assertThat(read("gemini", status, body).fault()).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({
        "302, UNUSABLE",
        "400, INVALID_REQUEST",
        "401, CREDENTIAL_REFUSED",
        "402, QUOTA_EXHAUSTED",
        "403, CREDENTIAL_REFUSED",
        "404, MODEL_NOT_FOUND",
        "408, UNAVAILABLE",
        "409, UNAVAILABLE",
        "413, INVALID_REQUEST",
        "422, INVALID_REQUEST",
        "425, UNAVAILABLE",
        "429, RATE_LIMITED",
        "500, SERVER_ERROR",
        "502, SERVER_ERROR",
        "503, UNAVAILABLE",
        "504, UNAVAILABLE",
        "520, UNAVAILABLE",
        "529, UNAVAILABLE"
    })
    void where_the_body_says_nothing_the_status_does(int status, Fault fault) {
        for (String dialect : List.of("openai-chat", "openai-responses", "anthropic-messages", "gemini", "unknown")) {
            for (String body : List.of("", "<h1>no</h1>", "{}")) {
                assertThat(read(dialect, status, body).fault())
                        .as("%s to %s", body, dialect)
                        .isEqualTo(fault);
            }
        }
    }

    @Test
    void a_wait_is_read_from_the_headers_or_from_the_body() throws Exception {
        Map<String, String> headers = Map.of("retry-after", "Sun, 22 Nov 2026 08:00:03 GMT");
        assertThat(read("anthropic-messages", 529, new byte[0], headers).retryAfter())
                .isEqualTo(Duration.ofSeconds(3));
        byte[] body = Files.readAllBytes(ERRORS.resolve("openai-rate-429.error.json"));
        assertThat(read("openai-chat", 429, body, headers).retryAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(read("openai-chat", 429, body, Map.of()).retryAfter()).isNotNull();
    }

    @Test
    void what_happened_without_an_answer_has_one_fault_each() {
        assertThat(Stream.of(
                                new Outcome.Untranslatable("r"),
                                new Outcome.LeftAlone(),
                                new Outcome.Full(Duration.ZERO),
                                new Outcome.Unreachable("r"),
                                new Outcome.Reset("r"),
                                new Outcome.TimedOut(Duration.ofSeconds(1)),
                                new Outcome.Unusable("r"),
                                new Outcome.Broken("r", false),
                                new Outcome.Cancelled())
                        .map(FaultReading::of))
                .containsExactly(
                        Fault.UNTRANSLATABLE,
                        Fault.LEFT_ALONE,
                        Fault.LEFT_ALONE,
                        Fault.UNREACHABLE,
                        Fault.RESET,
                        Fault.TIMED_OUT,
                        Fault.UNUSABLE,
                        Fault.BROKEN,
                        Fault.CANCELLED);
    }
}
