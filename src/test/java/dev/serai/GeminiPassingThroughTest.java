package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import dev.serai.testing.RawServer.Received;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gemini's own clients, from their paths to a provider that speaks the same and back. */
class GeminiPassingThroughTest {
    private static final String KEY = "Authorization: Bearer " + RunningSerai.KEY;
    private static final String JSON = "Content-Type: application/json";
    private static final String REQUEST = "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}],\"odd\":1e400}";
    private static final String ANSWER =
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}],\"role\":\"model\"},"
                    + "\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":1,"
                    + "\"totalTokenCount\":4},\"odd\":[1.0]}";
    private static final String FIRST =
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}],\"role\":\"model\"},\"index\":0}]}";
    private static final String LAST =
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"!\"}]},\"finishReason\":\"STOP\",\"index\":0}],"
                    + "\"usageMetadata\":{\"promptTokenCount\":3}}";
    private static final String EVENTS = "data: " + FIRST + "\r\n\r\n: still here\r\n\r\ndata: " + LAST + "\r\n\r\n";

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
                .with("KEY_OF_THE_INN", "credential-of-the-inn")
                .withProviderFile("inn", """
                        id: inn
                        name: A server in a test
                        baseUrl: http://127.0.0.1:%d/v1beta
                        dialects:
                          gemini:
                            path: /models/{model}:generateContent
                            streamPath: /models/{model}:streamGenerateContent?alt=sse
                          gemini-count-tokens: /models/{model}:countTokens
                          gemini-embeddings: /models/{model}:batchEmbedContents
                        auth:
                          header: x-goog-api-key
                          env: KEY_OF_THE_INN
                        """.formatted(provider.port()))
                .start();
    }

    @AfterAll
    static void stop() {
        serai.close();
        provider.close();
    }

    private static void answer(RawServer.Connection connection) throws IOException, InterruptedException {
        Received request = connection.request();
        String path = path(request);
        if (path.contains("broken")) {
            connection.write(
                    RawServer.streamHead() + RawServer.chunk("data: " + FIRST + "\r\n\r\n") + RawServer.lastChunk());
        } else if (path.contains("refusing-midway")) {
            connection.write(RawServer.streamHead()
                    + RawServer.chunk(
                            "data: " + FIRST + "\n\ndata: {\"error\":{\"code\":503,\"message\":\"full\"}}\n\n")
                    + RawServer.lastChunk());
        } else if (path.contains("refusing")) {
            connection.write(RawServer.json(
                    429, "{\"error\":{\"code\":429,\"message\":\"slowly\",\"status\":\"RESOURCE_EXHAUSTED\"}}"));
        } else if (path.contains("alt=sse")) {
            connection.write(RawServer.streamHead() + RawServer.chunk(EVENTS) + RawServer.lastChunk());
        } else if (path.contains(":countTokens")) {
            connection.write(RawServer.json(200, "{\"totalTokens\":7}"));
        } else if (path.contains(":batchEmbedContents")) {
            connection.write(RawServer.json(200, "{\"embeddings\":[{\"values\":[0.5]}]}"));
        } else {
            connection.write(RawServer.json(200, ANSWER));
        }
    }

    private static String path(Received request) {
        return request.head().split(" ", 3)[1];
    }

    private static Received lastRequest() {
        return provider.received().get(provider.received().size() - 1);
    }

    private static RawClient.Response post(String path, String body, String... headers) throws IOException {
        try (RawClient client = serai.client()) {
            return client.post(path, body, headers).read();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "inn:tent,                     /v1beta/models/tent:generateContent",
        "inn:tents/red:free,           /v1beta/models/tents%2Fred%3Afree:generateContent",
        "inn%3Atents%2Fred%3afree,     /v1beta/models/tents%2Fred%3Afree:generateContent",
        "inn:a+b%20c,                  /v1beta/models/a%2Bb%20c:generateContent"
    })
    void the_path_names_the_model_in_either_direction(String model, String sent) throws Exception {
        RawClient.Response response = post("/v1beta/models/" + model + ":generateContent", REQUEST, KEY, JSON);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(ANSWER);
        assertThat(path(lastRequest())).isEqualTo(sent);
        assertThat(lastRequest().text()).isEqualTo(REQUEST);
    }

    @Test
    void fallbacks_in_the_body_are_tried_and_not_sent() throws Exception {
        String body = "{\"models\":[\"inn:tent\"],\"contents\":[]}";
        RawClient.Response response = post("/v1beta/models/inn:refusing:generateContent", body, KEY, JSON);

        assertThat(response.body()).isEqualTo(ANSWER);
        assertThat(response.header("x-serai-attempts")).isEqualTo("2");
        assertThat(path(lastRequest())).isEqualTo("/v1beta/models/tent:generateContent");
        assertThat(lastRequest().text()).isEqualTo("{\"contents\":[]}");
    }

    @Test
    void a_stream_of_events_passes_as_it_is() throws Exception {
        RawClient.Response response = post("/v1beta/models/inn:tent:streamGenerateContent?alt=sse", REQUEST, KEY, JSON);

        assertThat(response.header("content-type")).startsWith("text/event-stream");
        assertThat(response.body()).isEqualTo(EVENTS);
        assertThat(path(lastRequest())).isEqualTo("/v1beta/models/tent:streamGenerateContent?alt=sse");
    }

    @Test
    void a_stream_without_alt_is_one_array() throws Exception {
        RawClient.Response response = post("/v1beta/models/inn:tent:streamGenerateContent", REQUEST, KEY, JSON);

        assertThat(response.header("content-type")).startsWith("application/json");
        assertThat(response.body()).isEqualTo("[" + FIRST + ",\r\n" + LAST + "]\r\n");
        assertThat(path(lastRequest())).endsWith("?alt=sse");
    }

    @Test
    void an_array_that_breaks_off_ends_with_the_error() throws Exception {
        RawClient.Response response = post("/v1beta/models/inn:broken:streamGenerateContent", REQUEST, KEY, JSON);

        assertThat(response.body())
                .startsWith("[" + FIRST + ",\r\n{\"error\":{\"code\":502,")
                .endsWith("}}]\r\n");
    }

    @Test
    void an_array_whose_provider_reports_an_error_ends_with_it() throws Exception {
        RawClient.Response response =
                post("/v1beta/models/inn:refusing-midway:streamGenerateContent", REQUEST, KEY, JSON);

        assertThat(response.body())
                .isEqualTo("[" + FIRST + ",\r\n{\"error\":{\"code\":503,\"message\":\"full\"}}]\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-goog-api-key: ", "Authorization: Bearer ", "x-api-key: "})
    void the_key_may_come_in_a_header(String header) throws Exception {
        RawClient.Response response =
                post("/v1beta/models/inn:tent:generateContent", REQUEST, header + RunningSerai.KEY, JSON);

        assertThat(response.status()).isEqualTo(200);
        assertThat(lastRequest().header("x-goog-api-key")).isEqualTo("credential-of-the-inn");
        assertThat(lastRequest().head().toLowerCase(Locale.ROOT)).doesNotContain(RunningSerai.KEY);
    }

    @Test
    void the_key_may_come_in_the_query_and_goes_no_further() throws Exception {
        RawClient.Response response =
                post("/v1beta/models/inn:tent:streamGenerateContent?alt=sse&key=" + RunningSerai.KEY, REQUEST, JSON);

        assertThat(response.status()).isEqualTo(200);
        assertThat(lastRequest().head()).doesNotContain(RunningSerai.KEY);
    }

    @Test
    void tokens_are_counted_by_the_provider() throws Exception {
        String body = "{\"generateContentRequest\":{\"model\":\"models/inn:tent\",\"contents\":[]}}";
        RawClient.Response response = post("/v1beta/models/inn:tent:countTokens", body, KEY, JSON);

        assertThat(response.body()).isEqualTo("{\"totalTokens\":7}");
        assertThat(path(lastRequest())).isEqualTo("/v1beta/models/tent:countTokens");
        assertThat(lastRequest().text())
                .isEqualTo("{\"generateContentRequest\":{\"model\":\"models/tent\",\"contents\":[]}}");
    }

    @Test
    void embeddings_are_made_by_the_provider() throws Exception {
        String body = "{\"requests\":[{\"model\":\"models/inn:tent\",\"content\":{}},{ \"content\":{} }]}";
        RawClient.Response response = post("/v1beta/models/inn:tent:batchEmbedContents", body, KEY, JSON);

        assertThat(response.body()).isEqualTo("{\"embeddings\":[{\"values\":[0.5]}]}");
        assertThat(lastRequest().text())
                .isEqualTo("{\"requests\":[{\"model\":\"models/tent\",\"content\":{}},{ \"content\":{} }]}");
    }

    @Test
    void errors_are_in_googles_envelope() throws Exception {
        RawClient.Response unknown = post("/v1beta/models/nowhere:generateContent", REQUEST, KEY, JSON);
        RawClient.Response stranger = post("/v1beta/models/inn:tent:generateContent", REQUEST, JSON);
        RawClient.Response nothing = post("/v1beta/models/inn:tent:danceContent", REQUEST, KEY, JSON);
        RawClient.Response refused = post("/v1beta/models/inn:refusing:generateContent", REQUEST, KEY, JSON);

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body())
                .startsWith("{\"error\":{\"code\":404,\"message\":\"The model 'nowhere'")
                .contains("\"status\":\"NOT_FOUND\"", "\"reason\":\"MODEL_NOT_FOUND\"");
        assertThat(stranger.body()).contains("\"code\":401", "\"status\":\"UNAUTHENTICATED\"");
        assertThat(nothing.body()).contains("\"code\":404", "\"status\":\"NOT_FOUND\"");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).contains("\"status\":\"RESOURCE_EXHAUSTED\"", "slowly");
    }
}
