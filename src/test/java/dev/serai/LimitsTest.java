package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.Await;
import dev.serai.testing.MovableClock;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keys with limits get through the shipped routes. */
@Timeout(60)
class LimitsTest {
    private static final String LIMITED = "limited-key-of-the-tests";
    private static final String CHAT = "/v1/chat/completions";
    private static final String REQUEST = "{\"model\":\"inn:m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String STREAMED = REQUEST.replace("\"messages\"", "\"stream\":true,\"messages\"");
    private static final String ANSWER =
            "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":"
                    + "{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}],\"usage\":"
                    + "{\"prompt_tokens\":30,\"completion_tokens\":170,\"total_tokens\":200}}";
    private static final String MESSAGE =
            "{\"id\":\"m-1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[{\"type\":\"text\","
                    + "\"text\":\"Hi\"}],\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":30,\"output_tokens\":170}}";
    private static final String RESPONSE =
            "{\"id\":\"r-1\",\"object\":\"response\",\"status\":\"completed\",\"model\":\"m\",\"output\":[],\"usage\":"
                    + "{\"input_tokens\":30,\"output_tokens\":170,\"total_tokens\":200}}";
    private static final String EMBEDDING =
            "{\"object\":\"list\",\"model\":\"m\",\"data\":[],\"usage\":{\"prompt_tokens\":200}}";
    private static final String GEMINI =
            "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Hi\"}]},\"finishReason\":\"STOP\"}],"
                    + "\"usageMetadata\":{\"promptTokenCount\":30,\"candidatesTokenCount\":170,\"totalTokenCount\":200}}";
    private static final String FIRST_EVENT =
            "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n";

    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T08:00:00Z"));
    private final List<AutoCloseable> open = new ArrayList<>();
    private RawServer.Script script = LimitsTest::answer;
    private RawServer provider;

    @BeforeEach
    void startProvider() {
        provider = RawServer.start(connection -> {
            while (connection.hasRequest()) {
                script.run(connection);
            }
        });
        open.add(provider);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private static void answer(RawServer.Connection connection) throws IOException {
        String target = connection.request().head().split(" ", 3)[1];
        String body = target.endsWith("/messages")
                ? MESSAGE
                : target.endsWith("/responses")
                        ? RESPONSE
                        : target.endsWith("/embeddings") ? EMBEDDING : target.contains(":generate") ? GEMINI : ANSWER;
        connection.write(RawServer.json(200, body)
                .replace("\r\n\r\n", "\r\nx-ratelimit-remaining-requests: 9999\r\nx-ratelimit-limit-input: 7\r\n\r\n"));
    }

    private RunningSerai start(String limits, String... settings) throws Exception {
        RunningSerai serai = RunningSerai.in(home)
                .withClock(clock)
                .withAll(settings)
                .withProvider("inn", provider.port())
                .withProviderFile("tower", file("tower", "gemini", """
                        {path: '/models/{model}:generateContent', streamPath: '/models/{model}:streamGenerateContent?alt=sse'}"""))
                .withProviderFile("house", file("house", "anthropic-messages", "/messages"))
                .withProviderFile("hut", file("hut", "openai-responses", "/responses"))
                .withProviderFile("shed", file("shed", "openai-chat", "/chat/completions"))
                .withoutBreakers()
                .withAccessKey(LIMITED, "{}", limits)
                .start();
        open.add(0, serai);
        return serai;
    }

    private String file(String id, String dialect, String path) {
        return """
                id: %s
                name: A server in a test
                baseUrl: http://127.0.0.1:%d/v1
                dialects: {%s: %s}
                auth: none
                """.formatted(id, provider.port(), dialect, path);
    }

    private static RawClient.Response ask(RunningSerai serai) throws IOException {
        return serai.postAs(LIMITED, CHAT, REQUEST);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /v1/chat/completions | {"model":"inn:m","messages":[]}    | "code":"rate_limited"        | x-ratelimit-limit-requests         | x-ratelimit-remaining-requests
            /v1/responses        | {"model":"inn:m","input":"hi"}     | "code":"rate_limited"        | x-ratelimit-limit-requests         | x-ratelimit-remaining-requests
            /v1/embeddings       | {"model":"inn:m","input":"hi"}     | "type":"rate_limit_error"    | x-ratelimit-limit-requests         | x-ratelimit-remaining-requests
            /v1/messages         | {"model":"inn:m","messages":[]}    | "type":"rate_limit_error"    | anthropic-ratelimit-requests-limit | anthropic-ratelimit-requests-remaining
            /v1beta/models/tower:m:generateContent | {"contents":[]}  | "status":"RESOURCE_EXHAUSTED"| x-ratelimit-limit-requests         | x-ratelimit-remaining-requests
            """)
    void one_request_too_many_is_refused_in_the_words_of_its_format(
            String path, String body, String words, String limit, String remaining) throws Exception {
        RunningSerai serai = start("{requestsPerMinute: 2}");
        RawClient.Response first = serai.postAs(LIMITED, path, body);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header(limit)).isEqualTo("2");
        assertThat(first.header(remaining)).isEqualTo("1");
        assertThat(serai.postAs(LIMITED, path, body).status()).isEqualTo(200);

        RawClient.Response refused = serai.postAs(LIMITED, path, body);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("retry-after")).isEqualTo("30");
        assertThat(refused.body())
                .contains(words)
                .contains("This access key may make 2 requests a minute (requestsPerMinute)");
        assertThat(refused.header(limit)).isEqualTo("2");
        assertThat(refused.header(remaining)).isEqualTo("0");
        assertThat(provider.received()).hasSize(2);

        clock.pass(Duration.ofSeconds(30));
        assertThat(serai.postAs(LIMITED, path, body).status()).isEqualTo(200);
    }

    @Test
    void resets_are_told_as_openai_and_as_anthropic_tell_them() throws Exception {
        RunningSerai serai = start("{requestsPerMinute: 4, tokensPerMinute: 1000}");
        RawClient.Response chat = ask(serai);
        assertThat(chat.header("x-ratelimit-reset-requests")).isEqualTo("15s");
        assertThat(chat.header("x-ratelimit-reset-tokens")).isEqualTo("12s");
        RawClient.Response message =
                serai.postAs(LIMITED, "/v1/messages", "{\"model\":\"inn:m\",\"max_tokens\":9,\"messages\":[]}");
        assertThat(message.header("anthropic-ratelimit-requests-reset")).isEqualTo("2026-11-22T08:00:30Z");
        assertThat(message.header("anthropic-ratelimit-tokens-limit")).isEqualTo("1000");
        assertThat(message.head()).doesNotContainIgnoringCase("x-ratelimit");
    }

    @Test
    void a_limited_key_hears_nothing_of_the_providers_limits_and_others_do() throws Exception {
        RunningSerai serai = start("{tokensPerMinute: 1000}");
        RawClient.Response limited = ask(serai);
        assertThat(limited.header("x-ratelimit-remaining-requests")).isEmpty();
        assertThat(limited.header("x-ratelimit-limit-input")).isEmpty();
        assertThat(limited.header("x-ratelimit-limit-tokens")).isEqualTo("1000");
        assertThat(serai.post(CHAT, REQUEST).header("x-ratelimit-remaining-requests"))
                .isEqualTo("9999");
    }

    @Test
    void tokens_are_estimated_first_and_then_as_the_provider_says() throws Exception {
        RunningSerai serai = start("{tokensPerMinute: 250}");
        assertThat(ask(serai).header("x-ratelimit-remaining-tokens")).isEqualTo("50");
        assertThat(ask(serai).header("x-ratelimit-remaining-tokens")).isEqualTo("0");

        RawClient.Response refused = ask(serai);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).contains("250 tokens a minute (tokensPerMinute)");
        assertThat(refused.header("retry-after"))
                .as("150 are owed, and two are needed")
                .isEqualTo("37");
        clock.pass(Duration.ofSeconds(37));
        assertThat(ask(serai).status()).isEqualTo(200);
    }

    private static final String CHAT_END =
            "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"choices\":[],\"usage\":{\"prompt_tokens\":30,"
                    + "\"completion_tokens\":170,\"total_tokens\":200}}\n\ndata: [DONE]\n\n";
    private static final String MESSAGE_STREAM =
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m-1\",\"type\":\"message\",\"role\":"
                    + "\"assistant\",\"model\":\"m\",\"content\":[],\"usage\":{\"input_tokens\":30,\"output_tokens\":1}}}\n\n"
                    + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":"
                    + "{\"type\":\"text\",\"text\":\"\"}}\n\n"
                    + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                    + "{\"type\":\"text_delta\",\"text\":\"Hi\"}}\n\n"
                    + "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
                    + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
                    + "\"usage\":{\"output_tokens\":170}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, x-ratelimit-remaining-tokens, x-ratelimit-remaining-requests",
        "/v1/messages, anthropic-ratelimit-tokens-remaining, anthropic-ratelimit-requests-remaining"
    })
    void a_stream_tells_how_the_limits_stand_when_it_begins_and_is_corrected_when_it_ends(
            String path, String tokens, String requests) throws Exception {
        String body = path.equals(CHAT) ? FIRST_EVENT + CHAT_END : MESSAGE_STREAM;
        script = connection -> connection.write(RawServer.streamHead() + RawServer.chunk(body) + RawServer.lastChunk());
        RunningSerai serai = start("{requestsPerMinute: 10, tokensPerMinute: 250}");
        String request = STREAMED.replace("\"stream\"", "\"max_tokens\":900,\"stream\"");

        RawClient.Response first = serai.postAs(LIMITED, path, request);
        RawClient.Response second = serai.postAs(LIMITED, path, request);

        assertThat(first.body()).contains("Hi");
        assertThat(first.header(requests)).isEqualTo("9");
        int estimate = 250 - Integer.parseInt(first.header(tokens));
        assertThat(estimate).as("of the input alone").isBetween(1, 5);
        assertThat(second.header(requests)).isEqualTo("8");
        assertThat(second.header(tokens))
                .as("200 were used, and the next is estimated")
                .isEqualTo(Integer.toString(250 - 200 - estimate));
        // The client may have the end of an answer a moment before it is counted.
        Await.until("nothing is left", () -> status(serai, path, request) == 429);
    }

    private static int status(RunningSerai serai, String path, String request) {
        try {
            return serai.postAs(LIMITED, path, request).status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_a_stream_says_nothing_of_is_estimated_the_answer_included() throws Exception {
        script = connection -> connection.write(
                RawServer.streamHead() + RawServer.chunk(FIRST_EVENT + "data: [DONE]\n\n") + RawServer.lastChunk());
        RunningSerai serai = start("{tokensPerMinute: 250}");
        String header = "x-ratelimit-remaining-tokens";
        int estimate =
                250 - Integer.parseInt(serai.postAs(LIMITED, CHAT, STREAMED).header(header));
        assertThat(serai.postAs(LIMITED, CHAT, STREAMED).header(header))
                .as("the answer is a token")
                .isEqualTo(Integer.toString(250 - 2 * estimate - 1));
    }

    @Test
    void the_tokens_of_a_request_that_fails_are_given_back() throws Exception {
        script = connection -> connection.write(RawServer.json(400, "{\"error\":{\"message\":\"no\"}}"));
        RunningSerai serai = start("{tokensPerMinute: 250}");
        for (int i = 0; i < 3; i++) {
            RawClient.Response failed = ask(serai);
            assertThat(failed.status()).isEqualTo(400);
            assertThat(failed.header("x-ratelimit-remaining-tokens")).isEqualTo("250");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, messages",
        "/v1/messages, messages",
        "/v1/responses, input",
        "/v1/embeddings, input"
    })
    void too_long_an_input_is_refused_before_anything_leaves(String path, String field) throws Exception {
        RunningSerai serai = start("{maxInputTokens: 100}");
        String text = "caravan ".repeat(60);
        String body = field.equals("input")
                ? "{\"model\":\"inn:m\",\"input\":\"" + text + "\"}"
                : "{\"model\":\"inn:m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"" + text
                        + "\"}]}";

        RawClient.Response refused = serai.postAs(LIMITED, path, body);

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.body())
                .contains("\"code\":\"input_too_large\"")
                .contains("this access key sends 100 at most (maxInputTokens)");
        assertThat(refused.header("retry-after")).isEmpty();
        assertThat(provider.received()).isEmpty();
        assertThat(serai.postAs(LIMITED, path, body.replace(text, "caravan")).status())
                .isEqualTo(200);
        assertThat(serai.post(path, body).status()).isEqualTo(200);
    }

    @Test
    void a_picture_is_input_too_and_a_large_request_is_read_elsewhere() throws Exception {
        RunningSerai serai = start("{maxInputTokens: 1000}");
        String picture = REQUEST.replace(
                "\"hi\"", "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.com/inn.png\"}}]");
        assertThat(serai.postAs(LIMITED, CHAT, picture).body()).contains("The input is about 1,6");
        String long1 = REQUEST.replace("\"hi\"", "\"" + "caravan ".repeat(50_000) + "\"");
        assertThat(serai.postAs(LIMITED, CHAT, long1).body()).contains("The input is about 100,00");
        assertThat(provider.received()).isEmpty();
    }

    @Test
    void what_no_minute_has_enough_tokens_for_is_too_large() throws Exception {
        RunningSerai serai = start("{tokensPerMinute: 10}");
        RawClient.Response refused =
                serai.postAs(LIMITED, CHAT, REQUEST.replace("\"hi\"", "\"" + "caravan ".repeat(60) + "\""));
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.body()).contains("this access key may use 10 a minute (tokensPerMinute)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /v1/chat/completions | {"model":"shed:m","messages":[{"role":"user","content":"hi"}]} | "max_tokens":500
            /v1/chat/completions | {"model":"shed:m","max_completion_tokens":9000,"messages":[{"role":"user","content":"hi"}]} | "max_completion_tokens":500
            /v1/chat/completions | {"model":"shed:m","max_tokens":30,"messages":[{"role":"user","content":"hi"}]} | "max_tokens":30
            /v1/chat/completions | {"model":"hut:m","messages":[{"role":"user","content":"hi"}]} | "max_output_tokens":500
            /v1/chat/completions | {"model":"hut:m","max_tokens":60,"messages":[{"role":"user","content":"hi"}]} | "max_output_tokens":60
            /v1/chat/completions | {"model":"house:m","max_tokens":9000,"messages":[{"role":"user","content":"hi"}]} | "max_tokens":500
            /v1/chat/completions | {"model":"house:claude-sonnet-4-5","messages":[{"role":"user","content":"hi"}]} | "max_tokens":500
            /v1/chat/completions | {"model":"tower:m","messages":[{"role":"user","content":"hi"}]} | "maxOutputTokens":500
            /v1/messages | {"model":"house:m","max_tokens":64000,"messages":[{"role":"user","content":"hi"}]} | "max_tokens":500
            /v1/messages | {"model":"shed:m","max_tokens":64000,"messages":[{"role":"user","content":"hi"}]} | "max_tokens":500
            /v1/messages | {"model":"tower:m","max_tokens":400,"messages":[{"role":"user","content":"hi"}]} | "maxOutputTokens":400
            /v1/responses | {"model":"hut:m","max_output_tokens":64000,"input":"hi"} | "max_output_tokens":500
            /v1/responses | {"model":"house:m","input":"hi"} | "max_tokens":500
            /v1beta/models/tower:m:generateContent | {"contents":[{"parts":[{"text":"hi"}]}]} | "maxOutputTokens":500
            /v1beta/models/shed:m:generateContent | {"contents":[{"parts":[{"text":"hi"}]}]} | "max_tokens":500
            """)
    void the_provider_is_told_of_the_longest_answer(String path, String body, String told) throws Exception {
        RunningSerai serai = start("{maxOutputTokens: 500}");

        RawClient.Response answer = serai.postAs(LIMITED, path, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(provider.received().get(0).text())
                .contains(told)
                .doesNotContain("9000")
                .doesNotContain("64000");
        assertThat(answer.header("x-serai-max-output-tokens")).isEqualTo("500");
        assertThat(answer.header("x-serai-dropped-params"))
                .doesNotContain("tokens,")
                .isIn("", "max_output_tokens", "max_tokens");
    }

    @Test
    void what_the_operator_says_of_everybody_holds_beside_what_a_key_says() throws Exception {
        RunningSerai serai = start(
                "{maxInputTokens: 100, maxOutputTokens: 500}",
                "SERAI_MAX_INPUT_TOKENS",
                "50",
                "SERAI_MAX_OUTPUT_TOKENS",
                "300");
        serai.post(CHAT, REQUEST);
        assertThat(provider.received().get(0).text()).contains("\"max_tokens\":300");
        String middling = REQUEST.replace("\"hi\"", "\"" + "caravan ".repeat(40) + "\"");
        assertThat(serai.post(CHAT, middling).body()).contains("this gateway takes 50 at most");
        assertThat(serai.postAs(LIMITED, CHAT, middling).body()).contains("this gateway takes 50 at most");
    }

    @Test
    void a_place_is_free_again_when_a_client_has_left_in_the_middle_of_a_stream() throws Exception {
        script = connection -> {
            connection.write(RawServer.streamHead() + RawServer.chunk(FIRST_EVENT));
            connection.waitUntilClientLeaves();
        };
        RunningSerai serai = start("{concurrentRequests: 1}");
        try (RawClient client = serai.client()) {
            client.post(CHAT, STREAMED, "Authorization: Bearer " + LIMITED).readHead();
            client.readChunk();
            RawClient.Response refused = ask(serai);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(refused.body()).contains("1 requests running at once (concurrentRequests)");
            assertThat(refused.head()).doesNotContain("x-ratelimit");
        }
        provider.awaitClientToLeave();
        script = LimitsTest::answer;

        awaitPlace(serai);
    }

    /** That the client has gone is noticed on another thread. */
    private static void awaitPlace(RunningSerai serai) throws Exception {
        int status = 429;
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10); status == 429 && System.nanoTime() < end; ) {
            status = ask(serai).status();
        }
        assertThat(status).isEqualTo(200);
    }

    @Test
    void a_place_is_free_again_after_an_answer_a_failed_provider_a_refusal_and_a_step_that_throws() throws Exception {
        boolean[] broken = {false};
        Processor breaking = exchange -> {
            if (broken[0]) {
                throw new IllegalStateException("a step of somebody's own");
            }
        };
        RunningSerai.Setup unused = RunningSerai.in(home)
                .withBean("breakSometimes", breaking)
                .withRouteFile("extensions.camel.yaml", """
                        - route:
                            id: before-dispatch
                            routeConfigurationId: serai
                            from:
                              uri: direct:before-dispatch
                              steps:
                                - process:
                                    ref: breakSometimes
                        """)
                .withClock(clock)
                .withProvider("inn", provider.port())
                .withoutBreakers()
                .withAccessKey(LIMITED, "{}", "{concurrentRequests: 1}");
        try (RunningSerai serai = unused.start()) {
            for (int round = 0; round < 2; round++) {
                assertThat(ask(serai).status()).isEqualTo(200);
                script = connection -> connection.write(RawServer.json(400, "{\"error\":{\"message\":\"no\"}}"));
                assertThat(ask(serai).status()).isEqualTo(400);
                script = RawServer.Connection::reset;
                assertThat(ask(serai).status()).isEqualTo(502);
                script = LimitsTest::answer;
                assertThat(serai.postAs(LIMITED, CHAT, "{\"model\":\"nowhere\"}")
                                .status())
                        .isEqualTo(404);
                assertThat(serai.postAs(LIMITED, CHAT, "{").status()).isEqualTo(400);
                broken[0] = true;
                assertThat(ask(serai).status()).isEqualTo(500);
                broken[0] = false;
            }
        }
    }

    @Test
    void a_limit_that_is_changed_in_the_file_holds_at_once_and_what_was_used_stays_used() throws Exception {
        RunningSerai serai = start("{requestsPerMinute: 10}");
        for (int i = 0; i < 4; i++) {
            assertThat(ask(serai).status()).isEqualTo(200);
        }
        change("requestsPerMinute: 10", "requestsPerMinute: 3");
        serai.configuration().reload();
        assertThat(ask(serai).status()).isEqualTo(429);

        change("requestsPerMinute: 3", "requestsPerMinute: 20");
        serai.configuration().reload();
        assertThat(ask(serai).header("x-ratelimit-remaining-requests")).isEqualTo("16");

        change("{requestsPerMinute: 20}", "{}");
        serai.configuration().reload();
        assertThat(ask(serai).header("x-ratelimit-remaining-requests")).isEqualTo("9999");
    }

    private void change(String before, String after) throws IOException {
        Path file = home.resolve("data/access-keys.yaml");
        Files.writeString(file, Files.readString(file).replace(before, after));
    }

    @Test
    void a_hundred_clients_at_once_get_no_more_than_the_limit_through() throws Exception {
        RunningSerai serai = start("{requestsPerMinute: 20}");
        assertThat(statusesOfHundred(serai, () -> {}))
                .containsOnly(200, 429)
                .filteredOn(status -> status == 200)
                .hasSize(20);
        assertThat(provider.received()).hasSize(20);
    }

    @Test
    void a_hundred_clients_at_once_never_run_more_than_may_run() throws Exception {
        CountDownLatch refused = new CountDownLatch(93);
        script = connection -> {
            assertThat(refused.await(20, TimeUnit.SECONDS)).isTrue();
            answer(connection);
        };
        RunningSerai serai = start("{concurrentRequests: 7}");
        assertThat(statusesOfHundred(serai, refused::countDown))
                .filteredOn(status -> status == 200)
                .hasSize(7);
    }

    private static List<Integer> statusesOfHundred(RunningSerai serai, Runnable whenRefused) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(100);
        try {
            Callable<Integer> client = () -> {
                int status = ask(serai).status();
                if (status == 429) {
                    whenRefused.run();
                }
                return status;
            };
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> status : clients.invokeAll(java.util.Collections.nCopies(100, client))) {
                statuses.add(status.get());
            }
            return statuses;
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void counting_tokens_is_a_request_that_uses_none_and_lists_of_models_are_free() throws Exception {
        RunningSerai serai = start("{requestsPerMinute: 2, tokensPerMinute: 10, maxInputTokens: 1}");
        String question =
                "{\"model\":\"inn:m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "inn ".repeat(99) + "\"}]}";
        for (int i = 0; i < 2; i++) {
            RawClient.Response counted = serai.postAs(LIMITED, "/v1/messages/count_tokens", question);
            assertThat(counted.status()).as(counted.body()).isEqualTo(200);
            assertThat(counted.header("anthropic-ratelimit-tokens-remaining")).isEqualTo("10");
        }
        assertThat(serai.postAs(LIMITED, "/v1/messages/count_tokens", question).status())
                .isEqualTo(429);
        assertThat(serai.getAs(LIMITED, "/v1/models").status()).isEqualTo(200);
    }

    @Test
    void limits_that_are_none_are_refused_with_their_line() throws Exception {
        RunningSerai serai = start("{requestsPerMinute: 10}");
        change("requestsPerMinute: 10", "requestsPerMinute: 0");
        serai.configuration().reload();
        assertThat(ask(serai).header("x-ratelimit-limit-requests"))
                .as("the last good one")
                .isEqualTo("10");
    }
}
