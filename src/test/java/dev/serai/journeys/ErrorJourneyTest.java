package dev.serai.journeys;

import static dev.serai.testing.RawServer.json;
import static dev.serai.testing.RawServer.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.serai.RunningSerai;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the official clients make of everything that can go wrong with a good request. */
class ErrorJourneyTest {
    @RegisterExtension
    static final Journey JOURNEY = new Journey() {
        @Override
        void prepare(RunningSerai.Setup setup) throws Exception {
            setup.withProviderFile("gone", RawProvider.file("gone", "http://127.0.0.1:1/v1"));
        }
    };

    private static final String QUOTA = "The inn is full; come back in 7 s.";

    /** A request that fails, by either client; what it throws tells the status and the body. */
    private enum Client {
        OPENAI {
            @Override
            Failure ask(String key, String model) {
                OpenAIServiceException failure =
                        catchThrowableOfType(OpenAIServiceException.class, () -> JOURNEY.openai(key)
                                .chat()
                                .completions()
                                .create(ChatCompletionCreateParams.builder()
                                        .model(model)
                                        .addUserMessage("hi")
                                        .build()));
                return new Failure(
                        failure.getClass().getSimpleName(),
                        failure.statusCode(),
                        failure.getMessage() + failure.code().orElse(""),
                        String.join(",", failure.headers().values("retry-after")),
                        String.join(",", failure.headers().values("x-serai-request-id")));
            }

            @Override
            String quota() {
                return "{\"error\":{\"message\":\"" + QUOTA + "\",\"type\":\"requests\",\"code\":\"full\"}}";
            }
        },
        ANTHROPIC {
            @Override
            Failure ask(String key, String model) {
                AnthropicServiceException failure =
                        catchThrowableOfType(AnthropicServiceException.class, () -> JOURNEY.anthropic(key)
                                .messages()
                                .create(MessageCreateParams.builder()
                                        .model(model)
                                        .maxTokens(9)
                                        .addUserMessage("hi")
                                        .build()));
                return new Failure(
                        failure.getClass().getSimpleName(),
                        failure.statusCode(),
                        failure.getMessage(),
                        String.join(",", failure.headers().values("retry-after")),
                        String.join(",", failure.headers().values("x-serai-request-id")));
            }

            @Override
            String quota() {
                return "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"" + QUOTA
                        + "\"},\"request_id\":\"req_raw\"}";
            }
        };

        abstract Failure ask(String key, String model);

        /** A provider's own words for "too many requests". */
        abstract String quota();

        Failure ask(String model) {
            return ask(RunningSerai.KEY, model);
        }
    }

    /** What a client throws, as far as the two agree. */
    private record Failure(String exception, int status, String message, String retryAfter, String requestId) {}

    @ParameterizedTest
    @EnumSource
    void a_wrong_key_is_an_authentication_error(Client client) {
        Failure failure = client.ask("sk-a-key-of-somebody-else", "sandbox:echo");

        assertThat(failure.exception()).isEqualTo("UnauthorizedException");
        assertThat(failure.message()).contains("no access key of this Serai", "invalid_access_key");
        assertThat(failure.requestId()).startsWith("req_");
    }

    @ParameterizedTest
    @EnumSource
    void an_unknown_model_is_not_found_and_near_names_are_told(Client client) {
        Failure failure = client.ask("caravam");

        assertThat(failure.exception()).isEqualTo("NotFoundException");
        assertThat(failure.message()).contains("Did you mean", "caravan", "model_not_found");
    }

    @ParameterizedTest
    @EnumSource
    void a_provider_without_a_key_says_which_variable_to_set(Client client) {
        Failure failure = client.ask(client == Client.OPENAI ? "openai:gpt-5.4" : "anthropic:claude-opus-5");

        assertThat(failure.exception()).isEqualTo("BadRequestException");
        assertThat(failure.message()).contains("_API_KEY", "no_credentials");
    }

    @ParameterizedTest
    @EnumSource
    void a_provider_that_is_full_is_quoted_with_the_time_to_come_back(Client client) {
        JOURNEY.provider()
                .answers(RawProvider.Reply.of(json(429, client.quota())
                        .replace("\r\n\r\n", "\r\nRetry-After: 7\r\nx-ratelimit-remaining-requests: 0\r\n\r\n")));
        Failure failure = client.ask("raw:caravan");

        assertThat(failure.exception()).isEqualTo("RateLimitException");
        assertThat(failure.message()).contains(QUOTA);
        assertThat(failure.retryAfter()).isEqualTo("7");
    }

    @ParameterizedTest
    @EnumSource
    void a_provider_that_fails_is_quoted(Client client) {
        JOURNEY.provider().answers(RawProvider.Reply.of(json(500, client.quota())));
        Failure failure = client.ask("raw:caravan");

        assertThat(failure.exception()).isEqualTo("InternalServerException");
        assertThat(failure.status()).isEqualTo(500);
        assertThat(failure.message()).contains(QUOTA);
    }

    @Test
    void a_providers_error_reaches_the_client_as_the_json_it_was() throws Exception {
        String error = "{\"error\":{\"message\":\"bad\",\"authorization\":{\"realm\":\"inn\"},\"api_key\":[1]}}";
        JOURNEY.provider().answers(RawProvider.Reply.of(json(403, error)));

        assertThat(JOURNEY.serai()
                        .post("/v1/chat/completions", "{\"model\":\"raw:caravan\"}")
                        .body())
                .isEqualTo(error);
    }

    @ParameterizedTest
    @EnumSource
    void a_provider_that_fails_without_words_is_named(Client client) {
        JOURNEY.provider().answers(RawProvider.Reply.of(response(503, "text/html", "<h1>down</h1>")));
        Failure failure = client.ask("raw:caravan");

        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure.message())
                .contains("raw:caravan answered with status 503")
                .doesNotContain("<h1>");
    }

    @ParameterizedTest
    @EnumSource
    void a_provider_that_cannot_be_reached_is_a_bad_gateway(Client client) {
        Failure failure = client.ask("gone:caravan");

        assertThat(failure.status()).isEqualTo(502);
        assertThat(failure.message()).contains("gone:caravan", "refused", "provider_unreachable");
    }

    @ParameterizedTest
    @EnumSource
    void a_page_of_html_is_no_answer(Client client) {
        JOURNEY.provider().answers(RawProvider.Reply.of(response(200, "text/html", "<h1>Welcome</h1>")));
        Failure failure = client.ask("raw:caravan");

        assertThat(failure.status()).isEqualTo(502);
        assertThat(failure.message()).contains("raw:caravan", "no JSON", "provider_failed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Authorization: Bearer ", "authorization: bearer ", "x-api-key: ", "x-goog-api-key: ", "?key="})
    void an_access_key_is_found_wherever_clients_put_it(String place) throws Exception {
        boolean inQuery = place.startsWith("?");
        try (var client = JOURNEY.raw()) {
            var response = client.post(
                            "/v1/chat/completions" + (inQuery ? place + RunningSerai.KEY : ""),
                            "{\"model\":\"sandbox:echo\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                            inQuery ? "x-other: 1" : place + RunningSerai.KEY)
                    .read();
            assertThat(response.status()).isEqualTo(200);
        }
    }

    @Test
    void an_answer_says_who_gave_it_at_which_attempt() throws Exception {
        JOURNEY.provider().answersAsPrepared();
        var response = JOURNEY.serai().post("/v1/chat/completions", "{\"model\":\"raw:caravan\",\"stream\":true}");

        assertThat(response.header("x-serai-provider")).isEqualTo("raw");
        assertThat(response.header("x-serai-model")).isEqualTo("caravan");
        assertThat(response.header("x-serai-attempts")).isEqualTo("1");
    }

    @Test
    void a_fallback_answers_when_the_first_model_cannot() throws Exception {
        JOURNEY.provider().answersAsPrepared();
        var response = JOURNEY.serai()
                .post("/v1/chat/completions", "{\"model\":\"gone:caravan\",\"models\":[\"raw:caravan\"]}");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("x-serai-provider")).isEqualTo("raw");
        assertThat(response.header("x-serai-attempts")).isEqualTo("2");
    }

    @Test
    void when_every_candidate_fails_each_is_told() throws Exception {
        JOURNEY.provider().answers(RawProvider.Reply.of(json(500, "{}")));
        var response =
                JOURNEY.serai().post("/v1/messages", "{\"model\":\"gone:caravan\",\"models\":[\"raw:caravan\"]}");

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.body())
                .contains("all_providers_failed", "gone:caravan the connection was refused", "raw:caravan answered");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health",
                "HEAD /",
                "GET /v1/models",
                "GET /v1/nothing",
                "GET /v1/chat/completions",
                "POST /v1/messages",
                "POST /v1/nothing",
                "NONSENSE"
            })
    void every_answer_has_request_ids_and_the_clients_own_comes_back(String request) throws Exception {
        try (var client = JOURNEY.raw()) {
            String head = client.send(
                            request + " HTTP/1.1\r\nHost: t\r\nX-Request-Id: my-id.1\r\nContent-Length: 0\r\n\r\n")
                    .readHead();
            assertThat(head.lines().toList())
                    .anyMatch(line -> line.matches("(?i)x-serai-request-id: req_[0-9a-v]{24}"))
                    .anyMatch(line -> line.matches("(?i)x-request-id: (my-id\\.1|req_[0-9a-v]{24})"));
            assertThat(head.contains("my-id.1")).isEqualTo(!request.equals("NONSENSE"));
        }
    }
}
