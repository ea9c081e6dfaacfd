package dev.serai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.RunningSerai;
import dev.serai.testing.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no client should send: each is told what is wrong and what to do, in its own envelope, and nobody else notices. */
@Timeout(60)
class BadInputTest {
    private static final int BODY_LIMIT = 2_000;

    @RegisterExtension
    static final Journey JOURNEY = new Journey() {
        @Override
        void prepare(RunningSerai.Setup setup) {
            setup.with("SERAI_MAX_BODY_BYTES", Integer.toString(BODY_LIMIT))
                    .with("SERAI_BODY_TIMEOUT", "1s")
                    .with("SERAI_KEEP_ALIVE_TIMEOUT", "2s");
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AUTHORIZED = "Authorization: Bearer " + RunningSerai.KEY;
    private static final String GOOD =
            "{\"model\":\"sandbox:echo\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    @FunctionalInterface
    private interface Sending {
        void to(RawClient client, String path) throws IOException;
    }

    /**
     * A row of the table.
     *
     * @param says parts of the message, which tells what is wrong and what to do
     */
    private record Case(String name, Sending sending, int status, String code, List<String> says) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case bad(String name, Sending sending, int status, String code, String... says) {
        return new Case(name, sending, status, code, List.of(says));
    }

    /** A request that is well but for its body. */
    private static Case body(String name, String body, int status, String code, String... says) {
        return bad(name, (client, path) -> client.post(path, body, AUTHORIZED), status, code, says);
    }

    private static Case header(String name, String header, int status, String code, String... says) {
        return bad(name, (client, path) -> client.post(path, GOOD, AUTHORIZED, header), status, code, says);
    }

    static Stream<Case> requests() {
        return Stream.of(
                bad(
                        "no key",
                        (client, path) -> client.post(path, GOOD),
                        401,
                        "invalid_access_key",
                        "carries no",
                        "Send one as 'Authorization: Bearer <key>'"),
                bad(
                        "a wrong key",
                        (client, path) -> client.post(path, GOOD, "x-api-key: sk-somebody-elses"),
                        401,
                        "invalid_access_key",
                        "no access key of this Serai",
                        "Send one as"),
                bad(
                        "half a key",
                        (client, path) -> client.post(path, GOOD, "x-api-key: serai-ak-0123456789-0123"),
                        401,
                        "invalid_access_key",
                        "cut short",
                        "Copy it again"),
                body("an empty body", "", 400, "invalid_request_body", "no body", "send a JSON object"),
                body("half a JSON", GOOD.substring(0, 50), 400, "invalid_request_body", "not what it should be"),
                body("no JSON", "hello", 400, "invalid_request_body", "not what it should be"),
                body("an array", "[" + GOOD + "]", 400, "invalid_request_body", "object"),
                body("a string", "\"hi\"", 400, "invalid_request_body", "object"),
                body("null", "null", 400, "invalid_request_body", "object"),
                body("something behind the end", GOOD + "{}", 400, "invalid_request_body", "something follows"),
                body(
                        "a key twice",
                        GOOD.replace("{\"model", "{\"model\":\"a\",\"model"),
                        400,
                        "invalid_request_body",
                        "model"),
                body(
                        "a nested key twice",
                        GOOD.replace("\"role\"", "\"role\":\"system\",\"role\""),
                        400,
                        "invalid_request_body",
                        "role"),
                body(
                        "a nest too deep",
                        GOOD.replace("\"hi\"", "[".repeat(600) + "]".repeat(600)),
                        400,
                        "invalid_request_body",
                        "nested"),
                body(
                        "no model",
                        "{\"messages\":[]}",
                        400,
                        "invalid_request_body",
                        "no model is named",
                        "send \"model\""),
                body(
                        "a model that is a number",
                        "{\"model\":7}",
                        400,
                        "invalid_request_body",
                        "\"model\" must be a string"),
                body(
                        "a model that is null",
                        "{\"model\":null}",
                        400,
                        "invalid_request_body",
                        "\"model\" must be a string"),
                body(
                        "a model that is blank",
                        "{\"model\":\" \"}",
                        400,
                        "invalid_request_body",
                        "\"model\" must be a string"),
                body("models that are a string", "{\"models\":\"a\"}", 400, "invalid_request_body", "list of strings"),
                body("models that are numbers", "{\"models\":[1]}", 400, "invalid_request_body", "list of strings"),
                body(
                        "an unknown model",
                        "{\"model\":\"sandbix\"}",
                        404,
                        "model_not_found",
                        "sandbix",
                        "provider:model"),
                bad(
                        "an unknown path",
                        (client, path) -> client.post(path + "-nowhere", GOOD, AUTHORIZED),
                        404,
                        "not_found",
                        "nowhere",
                        "GET /v1/models"),
                bad(
                        "GET where POST belongs",
                        (client, path) ->
                                client.send("GET " + path + " HTTP/1.1\r\nHost: t\r\n" + AUTHORIZED + "\r\n\r\n"),
                        405,
                        "method_not_allowed",
                        "takes POST, not GET"),
                body("a body one byte too long", padded(BODY_LIMIT + 1), 413, "body_too_large", "limit of 2000 bytes"),
                bad(
                        "a body in chunks that is too long",
                        (client, path) -> client.send("POST " + path + " HTTP/1.1\r\nHost: t\r\n" + AUTHORIZED
                                + "\r\nTransfer-Encoding: chunked\r\n\r\n7d1\r\n" + padded(BODY_LIMIT + 1)),
                        413,
                        "body_too_large",
                        "limit of 2000 bytes"),
                bad(
                        "a flood of headers",
                        (client, path) -> client.send("POST " + path + " HTTP/1.1\r\nHost: t\r\n"
                                + "x-flood: yes\r\n".repeat(10_000) + "\r\n"),
                        431,
                        "headers_too_large",
                        "larger than 65536 bytes"),
                header(
                        "a form",
                        "Content-Type: application/x-www-form-urlencoded",
                        415,
                        "unsupported_media_type",
                        "send it with the header Content-Type: application/json"),
                header(
                        "plain text",
                        "Content-Type: text/plain; charset=utf-8",
                        415,
                        "unsupported_media_type",
                        "send it with the header Content-Type: application/json"),
                header(
                        "an encoding nobody reads",
                        "Content-Encoding: br",
                        415,
                        "unsupported_media_type",
                        "must be gzip"),
                header(
                        "gzip that is none",
                        "Content-Encoding: gzip",
                        400,
                        "invalid_request_body",
                        "not the gzip it says"),
                bad(
                        "a gzip bomb",
                        BadInputTest::sendBomb,
                        413,
                        "body_too_large",
                        "decompressed",
                        "limit of 2000 bytes"),
                bad(
                        "a body that drips",
                        (client, path) -> client.send("POST " + path + " HTTP/1.1\r\nHost: t\r\n" + AUTHORIZED
                                + "\r\nContent-Length: 100\r\n\r\n{\"mod"),
                        408,
                        "request_timeout",
                        "did not arrive within"));
    }

    private static String padded(int length) {
        return GOOD + " ".repeat(length - GOOD.length());
    }

    private static void sendBomb(RawClient client, String path) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(padded(1 << 20).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(bytes.size()).isLessThan(BODY_LIMIT);
        client.send("POST " + path + " HTTP/1.1\r\nHost: t\r\n" + AUTHORIZED + "\r\nContent-Encoding: gzip\r\n"
                        + "Content-Length: " + bytes.size() + "\r\n\r\n")
                .send(bytes.toByteArray());
    }

    static Stream<Arguments> requestsInEveryEnvelope() {
        return requests()
                .flatMap(bad -> Stream.of("/v1/chat/completions", "/v1/messages", "/v1/responses", "/v1/embeddings")
                        .map(path -> Arguments.of(bad, path)));
    }

    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource("requestsInEveryEnvelope")
    void a_client_is_told_what_is_wrong_with_its_request(Case bad, String path) throws Exception {
        try (RawClient client = JOURNEY.raw()) {
            bad.sending().to(client, path);
            RawClient.Response response = client.read();

            assertThat(response.status()).isEqualTo(bad.status());
            expectEnvelope(path, response, bad.code(), bad.says());
        }
    }

    private static void expectEnvelope(String path, RawClient.Response response, String code, List<String> says) {
        assertThat(response.header("content-type")).isEqualTo("application/json");
        JsonNode body = json(response.body());
        JsonNode error = body.path("error");
        assertThat(error.path("message").asText()).contains(says);
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("type").asText()).isNotEmpty();
        String id = response.header("x-serai-request-id");
        if (path.startsWith("/v1/messages")) {
            assertThat(body.path("type").asText()).isEqualTo("error");
            assertThat(body.path("request_id").asText()).isEqualTo(id);
        } else {
            assertThat(error.has("param")).isTrue();
            assertThat(error.path("request_id").asText()).isEqualTo(id);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which dialect it would have been cannot be told any more: OpenAI's envelope is the one that most clients read. */
    @ParameterizedTest
    @ValueSource(strings = {"414 url_too_long", "400 bad_request"})
    void what_cannot_be_read_as_a_request_is_told_so(String expected) throws Exception {
        String sent = expected.startsWith("414")
                ? "GET /v1/messages?" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: t\r\n\r\n"
                : "\u0016\u0003\u0001 hello, this is no HTTP\r\n\r\n";
        try (RawClient client = JOURNEY.raw()) {
            RawClient.Response response = client.send(sent).read();

            assertThat(response.status()).isEqualTo(Integer.parseInt(expected.substring(0, 3)));
            expectEnvelope("", response, expected.substring(4), List.of(expected.startsWith("414") ? "URL" : "HTTP"));
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/messages", "/v1/responses"})
    void whether_to_stream_is_a_yes_or_no(String path) throws Exception {
        RawClient.Response response =
                JOURNEY.serai().post(path, GOOD.replace("{\"model", "{\"stream\":\"yes\",\"model"));

        assertThat(response.status()).isEqualTo(400);
        expectEnvelope(path, response, "invalid_request_body", List.of("\"stream\" must be true or false"));
    }

    @Test
    void a_head_that_drips_is_not_waited_for() throws Exception {
        try (RawClient client = JOURNEY.raw()) {
            assertThat(client.send("POST /v1/mess").isClosedByServer()).isTrue();
        }
    }

    @Test
    void a_body_of_exactly_the_limit_is_read() throws Exception {
        RawClient.Response response = JOURNEY.serai().post("/v1/chat/completions", padded(BODY_LIMIT));

        assertThat(response.status()).isEqualTo(200);
    }

    /** After each of them. */
    @AfterEach
    void nobody_else_notices() throws Exception {
        assertThat(JOURNEY.serai().post("/v1/chat/completions", GOOD).status()).isEqualTo(200);
        JOURNEY.expectToBeIdleWithinASecond();
    }
}
