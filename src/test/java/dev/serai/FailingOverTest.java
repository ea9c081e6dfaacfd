package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two candidates for a request: when the second one is asked, what it is told, and what the client hears of it. */
class FailingOverTest {
    private static final String GOOD =
            "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                    + "\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}";
    private static final String REQUEST = "{\"model\":\"first:m-1\",\"models\":[\"second:m-2\"],\"messages\":[]}";
    private static final String FORWARDED = "{\"model\":\"m-2\",\"messages\":[]}";
    private static final String REFUSAL =
            "{\"error\":{\"message\":\"no\",\"type\":\"t\",\"param\":null,\"code\":null}}";

    private static final String WORDS =
            "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,"
                    + "\"delta\":{\"role\":\"assistant\",\"content\":\"%s\"},\"finish_reason\":%s}]}\n\n";
    private static final String STREAMED = REQUEST.replace("[]", "[],\"stream\":true");
    private static final String WHOLE_STREAM = RawServer.streamHead()
            + RawServer.chunk(WORDS.formatted("All of it", "\"stop\"") + "data: [DONE]\n\n")
            + RawServer.lastChunk();

    @TempDir
    Path home;

    private final AtomicReference<String> answer = new AtomicReference<>(RawServer.json(200, GOOD));
    private final RawServer second = RawServer.start(connection -> {
        while (connection.hasRequest()) {
            connection.write(answer.get());
        }
    });
    private @Nullable RawServer first;
    private @Nullable RunningSerai serai;

    @AfterEach
    void stop() {
        if (serai != null) {
            serai.close();
        }
        if (first != null) {
            first.close();
        }
        second.close();
    }

    private RunningSerai start(RawServer.Script script) throws Exception {
        RawServer failing = RawServer.start(script);
        first = failing;
        RunningSerai running = RunningSerai.in(home)
                .withProviderFile("first", """
                        id: first
                        name: A server that fails
                        baseUrl: http://127.0.0.1:%d/v1
                        dialects:
                          openai-chat: /chat/completions
                        auth:
                          header: Authorization
                          env: KEY_OF_THE_TESTS
                        headers:
                          openai-beta: only-for-the-first
                        """.formatted(failing.port()))
                .withProvider("second", second.port())
                .start();
        serai = running;
        return running;
    }

    private static RawServer.Script answering(String response) {
        return connection -> {
            while (connection.hasRequest()) {
                connection.write(response);
            }
        };
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("status 500, twice", answering(RawServer.json(500, REFUSAL))),
                Arguments.of("status 429", answering(RawServer.json(429, REFUSAL))),
                Arguments.of("status 401", answering(RawServer.json(401, REFUSAL))),
                Arguments.of("status 404", answering(RawServer.json(404, REFUSAL))),
                Arguments.of("a redirect", answering(RawServer.json(302, ""))),
                Arguments.of(
                        "HTML with status 200", answering(RawServer.response(200, "text/html", "<h1>Welcome</h1>"))),
                Arguments.of("JSON that breaks off", answering(RawServer.json(200, "{\"id\":"))),
                Arguments.of("a reset, twice", (RawServer.Script) connection -> {
                    if (connection.hasRequest()) {
                        connection.reset();
                    }
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void after_a_failure_the_second_candidate_answers(String what, RawServer.Script failure) throws Exception {
        RawClient.Response response = start(failure).post("/v1/chat/completions", REQUEST);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(GOOD);
        assertThat(response.header("x-serai-attempts")).isEqualTo(what.endsWith("twice") ? "3" : "2");
        assertThat(response.header("x-serai-provider")).isEqualTo("second");
        assertThat(response.header("x-serai-model")).isEqualTo("m-2");
        assertThat(second.received().get(0).text()).isEqualTo(FORWARDED);
    }

    static Stream<Arguments> failuresWithHeaders() {
        return failures().filter(failure -> !failure.get()[0].equals("a reset, twice"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failuresWithHeaders")
    void the_second_candidate_is_told_what_the_client_said_and_nothing_of_the_first(
            String what, RawServer.Script failure) throws Exception {
        RawServer.Script telling = connection -> failure.run(connection);
        start(telling).post("/v1/chat/completions", REQUEST, "X-Title: caravan", "traceparent: 00-1-2-01");
        String head = second.received().get(0).head();
        assertThat(head).doesNotContain("only-for-the-first");
        assertThat(second.received().get(0).header("x-title")).isEqualTo("caravan");
        assertThat(second.received().get(0).header("traceparent")).isEqualTo("00-1-2-01");
        assertThat(second.received().get(0).header("authorization")).isEqualTo("Bearer " + RunningSerai.PROVIDER_KEY);
    }

    @Test
    void a_stream_that_begins_with_an_error_is_not_begun_for_the_client() throws Exception {
        RawServer.Script failing = answering(RawServer.streamHead()
                + RawServer.chunk("data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}\n\n")
                + RawServer.lastChunk());
        RawClient.Response response =
                start(failing).post("/v1/chat/completions", REQUEST.replace("[]", "[],\"stream\":true"));
        assertThat(response.header("x-serai-attempts")).isEqualTo("2");
        assertThat(response.body()).isEqualTo(GOOD);
    }

    @Test
    void a_provider_that_keeps_failing_is_left_alone_and_the_meters_say_so() throws Exception {
        RunningSerai running = start(answering(RawServer.json(503, REFUSAL)));
        for (int i = 0; i < 6; i++) {
            running.post("/v1/chat/completions", REQUEST);
        }
        RawClient.Response response = running.post("/v1/chat/completions", REQUEST);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("x-serai-attempts")).isEqualTo("1");
        MeterRegistry meters =
                running.context().getRegistry().lookupByNameAndType("metricsRegistry", MeterRegistry.class);
        assertThat(meters.get("serai.breaker").tag("provider", "first").gauge().value())
                .isEqualTo(2);
    }

    @Test
    void what_one_model_takes_for_a_fault_another_may_answer() throws Exception {
        RawClient.Response response =
                start(answering(RawServer.json(400, REFUSAL))).post("/v1/chat/completions", REQUEST);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("x-serai-attempts")).isEqualTo("2");
    }

    @Test
    void a_request_may_want_to_hear_of_its_fault_instead() throws Exception {
        RawClient.Response response = start(answering(RawServer.json(400, REFUSAL)))
                .post("/v1/chat/completions", REQUEST, "x-serai-failover: invalid-request=stop");
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).isEqualTo(REFUSAL);
        assertThat(response.header("x-serai-attempts")).isEqualTo("1");
        assertThat(second.received()).isEmpty();
    }

    @Test
    void when_all_fail_the_client_reads_what_was_tried() throws Exception {
        second.close();
        RawClient.Response response =
                start(answering(RawServer.json(500, REFUSAL))).post("/v1/chat/completions", REQUEST);
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.body())
                .contains("\"code\":\"all_providers_failed\"")
                .contains("first:m-1 answered with status 500; first:m-1 answered with status 500; second:m-2 ");
        assertThat(response.header("x-serai-attempts")).isEqualTo("3");
    }

    static Stream<Arguments> brokenStreams() {
        String begun = RawServer.streamHead() + RawServer.chunk(WORDS.formatted("Half of", "null"));
        return Stream.of(
                Arguments.of("cut", answeringOnce(begun, true)),
                Arguments.of("ended without a finish", answeringOnce(begun + RawServer.lastChunk(), false)),
                Arguments.of("no JSON", answeringOnce(begun + RawServer.chunk("data: {\"id\n\n"), false)),
                Arguments.of(
                        "an error event",
                        answeringOnce(
                                begun + RawServer.chunk("data: {\"error\":{\"message\":\"sorry\"}}\n\n"), false)));
    }

    private static RawServer.Script answeringOnce(String answer, boolean cut) {
        return connection -> {
            if (connection.hasRequest()) {
                connection.write(answer);
                if (cut) {
                    connection.reset();
                }
            }
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenStreams")
    void a_stream_that_is_held_back_and_breaks_is_answered_by_the_next_candidate_alone(
            String what, RawServer.Script failure) throws Exception {
        answer.set(WHOLE_STREAM);
        RawClient.Response response =
                start(failure).post("/v1/chat/completions", STREAMED, "x-serai-failover: rescue=buffered");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body())
                .contains("All of it")
                .contains("[DONE]")
                .doesNotContain("Half of")
                .doesNotContain("error");
        assertThat(response.header("x-serai-attempts")).isEqualTo("2");
        assertThat(response.header("x-serai-rescued")).isEqualTo("true");
        assertThat(response.header("x-serai-provider")).isEqualTo("second");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenStreams")
    void a_stream_that_is_not_held_back_ends_with_an_error_and_nobody_else_is_asked(
            String what, RawServer.Script failure) throws Exception {
        RawClient.Response response = start(failure).post("/v1/chat/completions", STREAMED);
        assertThat(response.body()).contains("Half of").contains("error").doesNotContain("[DONE]");
        assertThat(second.received()).isEmpty();
    }
}
