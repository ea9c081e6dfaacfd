package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole way from a client through the shipped routes to a provider and back: what crosses, and what does not. */
class PassingThroughTest {
    private static final String ANSWER = """
            {"id":"c-1","object":"chat.completion","model":"gpt-x","choices":[{"index":0,"message":{"role":"assistant",\
            "content":"Hi \\u2013 caravan"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,\
            "total_tokens":5},"not_known":[1e400, 1.0]}""";

    private static final String MESSAGE = """
            {"id":"m-1","type":"message","role":"assistant","model":"claude-x","content":[{"type":"text","text":"Hi"}],\
            "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":3,"output_tokens":2}}""";

    private static final String EVENTS = """
            data: {"id":"c-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Hi"}}],"odd":0}

            data: {"id":"c-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            """;
    private static final String USAGE = """
            data: {"id":"c-1","object":"chat.completion.chunk","choices":[],"usage":{"prompt_tokens":3,\
            "completion_tokens":1,"total_tokens":4}}

            """;
    private static final String DONE = "data: [DONE]\n\n";

    @TempDir
    static Path home;

    private static RawServer provider;
    private static RunningSerai serai;

    @BeforeAll
    static void start() throws Exception {
        provider = RawServer.start(connection -> {
            while (connection.hasRequest()) {
                answer(connection);
            }
        });
        serai = RunningSerai.in(home)
                .withProvider("inn", provider.port())
                .withProviderFile("stable", anthropicLike(provider.port()))
                .start();
    }

    private static String anthropicLike(int port) {
        return """
                id: stable
                name: A server in a test
                baseUrl: http://127.0.0.1:%d/v1
                dialects:
                  anthropic-messages: /messages
                auth:
                  header: x-api-key
                  env: KEY_OF_THE_TESTS
                headers:
                  anthropic-version: "2023-06-01"
                """.formatted(port);
    }

    private static void answer(RawServer.Connection connection) throws java.io.IOException {
        if (connection.request().text().contains("\"stream\":true")) {
            connection.write(RawServer.streamHead()
                    + RawServer.chunk(EVENTS)
                    + RawServer.chunk(USAGE + DONE)
                    + RawServer.lastChunk());
        } else {
            String body = connection.request().head().contains("/messages") ? MESSAGE : ANSWER;
            connection.write(RawServer.json(200, body));
        }
    }

    @AfterAll
    static void stop() {
        serai.close();
        provider.close();
    }

    private static RawServer.Received lastReceived() {
        return provider.received().get(provider.received().size() - 1);
    }

    @Test
    void an_answer_comes_back_byte_for_byte() throws Exception {
        RawClient.Response response = serai.post("/v1/chat/completions", "{\"model\":\"inn:gpt-x\",\"messages\":[]}");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(ANSWER);
        assertThat(lastReceived().head()).startsWith("POST /v1/chat/completions HTTP/1.1\r\n");
    }

    @Test
    void a_request_goes_out_byte_for_byte_but_for_the_name_of_the_model() throws Exception {
        String request = """
                {"not_known" : {"a":[1, 2.50, 1e400,-0.0]},
                  "model"  :  "%s" , "messages":[{"role":"user","content":"caf\\u00e9 \\ud83d\\udc2b é \\/"}],
                \t"temperature":1.0 }
                """;
        serai.post("/v1/chat/completions", request.formatted("inn:gpt-x:free"));
        assertThat(lastReceived().text()).isEqualTo(request.formatted("gpt-x:free"));
    }

    @Test
    void a_stream_comes_back_event_for_event_without_the_usage_that_only_serai_asked_for() throws Exception {
        RawClient.Response response =
                serai.post("/v1/chat/completions", "{\"model\":\"inn:gpt-x\",\"stream\":true,\"messages\":[]}");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("content-type")).isEqualTo("text/event-stream");
        assertThat(response.header("x-serai-attempts")).isEqualTo("1");
        assertThat(response.body()).isEqualTo(EVENTS + DONE);
        assertThat(response.cleanEnd()).isTrue();
        assertThat(lastReceived().text()).contains("\"include_usage\":true");
    }

    @Test
    void a_client_that_asks_for_the_usage_of_a_stream_gets_it() throws Exception {
        RawClient.Response response = serai.post(
                "/v1/chat/completions",
                "{\"model\":\"inn:gpt-x\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}");
        assertThat(response.body()).isEqualTo(EVENTS + USAGE + DONE);
    }

    static Stream<Arguments> presentedKeys() {
        return Stream.of(
                Arguments.of("/v1/messages", "Authorization: Bearer " + RunningSerai.KEY),
                Arguments.of("/v1/messages", "x-api-key: " + RunningSerai.KEY),
                Arguments.of("/v1/messages", "x-goog-api-key: " + RunningSerai.KEY),
                Arguments.of("/v1/messages?key=" + RunningSerai.KEY, "Accept: */*"));
    }

    @ParameterizedTest
    @MethodSource("presentedKeys")
    void wherever_a_client_puts_its_key_the_provider_gets_its_own_in_its_own_header(String path, String header)
            throws Exception {
        try (RawClient client = serai.client()) {
            RawClient.Response response =
                    client.post(path, "{\"model\":\"stable:claude-x\"}", header).read();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(MESSAGE);
        }
        assertThat(lastReceived().head()).doesNotContain(RunningSerai.KEY);
        assertThat(lastReceived().header("x-api-key")).isEqualTo(RunningSerai.PROVIDER_KEY);
        assertThat(lastReceived().header("authorization")).isEmpty();
        assertThat(lastReceived().header("anthropic-version")).isEqualTo("2023-06-01");
    }

    @Test
    void a_header_of_the_providers_file_gives_way_to_the_clients_own() throws Exception {
        serai.post("/v1/messages", "{\"model\":\"stable:claude-x\"}", "anthropic-version: 2099-01-01");
        assertThat(lastReceived().header("anthropic-version")).isEqualTo("2099-01-01");
    }

    @Test
    void every_reference_in_the_route_files_names_a_bean() throws Exception {
        // Those that need the database are not there without one; a Serai that has it does not start if one is missing.
        assertThat(RouteFile.shipped().stream()
                        .filter(file -> !file.name().matches("(management|credits|payments|usage|operations).*"))
                        .flatMap(file -> file.nodes().stream())
                        .filter(node -> node.body().has("ref")))
                .hasSizeGreaterThan(10)
                .allSatisfy(node -> assertThat(serai.context()
                                .getRegistry()
                                .lookupByName(node.body().path("ref").asText()))
                        .as("%s", node)
                        .isNotNull());
    }

    @Test
    void every_provider_has_a_route_of_its_own() {
        assertThat(serai.configuration().catalog().providers())
                .hasSizeGreaterThan(4)
                .allSatisfy(known -> assertThat(serai.context().getRoute("provider-" + known.id()))
                        .as(known.id())
                        .isNotNull());
    }
}
