package dev.serai.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.RawServer;
import dev.serai.testing.Spine;
import dev.serai.testing.Spine.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a provider that keeps to HTTP says, and what becomes of it. */
@Timeout(60)
class UpstreamAnswersTest {
    private static final String JSON = "{\"choices\":[]}";

    private RawServer provider;
    private Spine spine;

    @AfterEach
    void stop() {
        spine.close();
        provider.close();
    }

    private void start(RawServer server) {
        provider = server;
        spine = new Spine(server.url() + "/v1/chat", "attemptTimeout=60s&idleTimeout=60s");
    }

    private Answer answerTo(RawServer.Script script) throws Exception {
        start(RawServer.start(script));
        return spine.call();
    }

    private Answer answerTo(String response) throws Exception {
        start(RawServer.answering(response));
        return spine.call();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void an_answer_with_a_length_is_read() throws Exception {
        Answer answer = answerTo(RawServer.json(200, JSON));
        assertThat(answer.outcome()).isEqualTo(new Outcome.Answered(200));
        assertThat(answer.body()).isEqualTo(JSON);
    }

    @Test
    void an_answer_in_chunks_is_read() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        Answer answer =
                answerTo(head + RawServer.chunk("{\"choices\"") + RawServer.chunk(":[]}") + RawServer.lastChunk());
        assertThat(answer.outcome()).isEqualTo(new Outcome.Answered(200));
        assertThat(answer.body()).isEqualTo(JSON);
    }

    @Test
    void an_answer_that_ends_with_its_connection_is_read() throws Exception {
        Answer answer = answerTo(connection -> {
            connection.hasRequest();
            connection.write("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + JSON);
        });
        assertThat(answer.outcome()).isEqualTo(new Outcome.Answered(200));
        assertThat(answer.body()).isEqualTo(JSON);
    }

    @Test
    void an_answer_that_is_compressed_unasked_is_unpacked() throws Exception {
        byte[] packed = gzip(JSON);
        Answer answer = answerTo(connection -> {
            connection.hasRequest();
            connection.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
                    + "Content-Length: " + packed.length + "\r\n\r\n");
            connection.write(packed);
            connection.waitUntilClientLeaves();
        });
        assertThat(answer.outcome()).isEqualTo(new Outcome.Answered(200));
        assertThat(answer.body()).isEqualTo(JSON);
        assertThat(answer.headers()).doesNotContainKey("content-encoding");
    }

    @Test
    void an_encoding_that_nobody_can_read_is_said_to_be_so() throws Exception {
        Answer answer = answerTo("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: br\r\n"
                + "Content-Length: 4\r\n\r\n\u0001\u0002\u0003\u0004");
        assertThat(answer.outcome()).isEqualTo(new Outcome.Unusable("answered in the content encoding br"));
    }

    @Test
    void nothing_of_the_request_is_left_in_the_answer() throws Exception {
        start(RawServer.answering("HTTP/1.1 201 Made\r\nContent-Type: application/json\r\nX-Request-Id: r1\r\n"
                + "CamelEvil: yes\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5\r\nContent-Length: 2\r\n\r\n{}"));
        Answer answer = spine.call(message -> message.setHeader("authorization", "Bearer secret"));
        assertThat(answer.outcome()).isEqualTo(new Outcome.Answered(201));
        assertThat(answer.headers())
                .containsOnly(
                        java.util.Map.entry(Exchange.HTTP_RESPONSE_CODE, 201),
                        java.util.Map.entry("Content-Type", "application/json"),
                        java.util.Map.entry("X-Request-Id", "r1"));
    }

    @Test
    void the_request_is_sent_with_its_headers_its_length_and_uncompressed_wishes() throws Exception {
        start(RawServer.answering(RawServer.json(200, JSON)));
        spine.call(message -> {
            message.setHeader("authorization", "Bearer secret");
            message.setHeader("Accept-Encoding", "gzip");
            message.setHeader("CamelHttpUri", "http://elsewhere");
            message.setHeader("Host", "elsewhere");
            message.setBody("{\"é\":1}".getBytes(StandardCharsets.UTF_8));
        });
        RawServer.Received request = provider.received().get(0);
        assertThat(request.head())
                .startsWith("POST /v1/chat HTTP/1.1\r\n")
                .doesNotContainIgnoringCase("camel")
                .doesNotContain("elsewhere");
        assertThat(request.header("authorization")).isEqualTo("Bearer secret");
        assertThat(request.header("accept-encoding")).isEqualTo("identity");
        assertThat(request.header("content-length")).isEqualTo("8");
        assertThat(request.text()).isEqualTo("{\"é\":1}");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 429, 500, 503, 529})
    void an_error_is_a_refusal_with_its_headers_and_its_body(int status) throws Exception {
        Answer answer =
                answerTo("HTTP/1.1 " + status + " No\r\nRetry-After: 7\r\nContent-Length: 9\r\n\r\n{\"no\":1}\n");
        assertThat(answer.outcome()).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.headers()).containsEntry("retry-after", "7");
            assertThat(refused.body()).asString().isEqualTo("{\"no\":1}\n");
            assertThat(refused.reason()).isEqualTo("answered with status " + status);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_redirect_is_never_followed(int status) throws Exception {
        try (RawServer trap = RawServer.answering(RawServer.json(200, JSON))) {
            Answer answer = answerTo(
                    "HTTP/1.1 " + status + " Go\r\nLocation: " + trap.url() + "/v1/chat\r\nContent-Length: 0\r\n\r\n");
            assertThat(answer.outcome())
                    .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.status())
                            .isEqualTo(status));
            assertThat(trap.received()).isEmpty();
        }
    }

    @Test
    void an_endless_error_is_cut_off_at_the_limit_and_its_connection_closed() throws Exception {
        Answer answer = answerTo(connection -> {
            connection.hasRequest();
            connection.write("HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                connection.write(RawServer.chunk("x".repeat(10_000)));
            }
        });
        int limit = UpstreamOptions.defaults().maxErrorBytes();
        assertThat(answer.outcome()).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.body())
                .hasSize(limit)
                .containsOnly('x'));
        provider.awaitClientToLeave();
    }

    @Test
    void early_hints_are_no_answer() throws Exception {
        Answer answer = answerTo("HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n" + RawServer.json(200, JSON));
        assertThat(answer.outcome()).isEqualTo(new Outcome.Answered(200));
        assertThat(answer.body()).isEqualTo(JSON);
        assertThat(answer.headers()).doesNotContainKey("Link");
    }

    @Test
    void what_is_no_event_stream_passes_as_it_is() throws Exception {
        Answer answer = answerTo(RawServer.response(200, "text/html", "<html>sorry</html>"));
        assertThat(answer.outcome()).isEqualTo(new Outcome.Answered(200));
        assertThat(answer.body()).isEqualTo("<html>sorry</html>");
        assertThat(answer.headers()).containsEntry("Content-Type", "text/html");
    }

    @Test
    void two_hundred_response_headers_pass() throws Exception {
        StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n");
        for (int i = 0; i < 200; i++) {
            head.append("x-number-").append(i).append(": ").append(i).append("\r\n");
        }
        Answer answer = answerTo(head + "\r\n{}");
        assertThat(answer.headers()).hasSize(201).containsEntry("x-number-199", "199");
    }
}
