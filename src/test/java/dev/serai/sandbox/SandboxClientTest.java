package dev.serai.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.sandbox.RunningSandbox.Ending;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that leave, and clients that send what no client should. */
class SandboxClientTest {
    private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    private RunningSandbox sandbox;

    @BeforeEach
    void start() throws Exception {
        sandbox = new RunningSandbox(Timing.SHIPPED);
    }

    @AfterEach
    void stop() throws Exception {
        sandbox.close();
    }

    private Socket send(String body) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), sandbox.port());
        socket.setSoTimeout(20_000);
        String head = "POST /v1/chat/completions HTTP/1.1\r\nHost: sandbox\r\nx-api-key: " + RunningSandbox.KEY
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n";
        OutputStream out = socket.getOutputStream();
        out.write((head + body).getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return socket;
    }

    private static void readUntil(Socket socket, String expected) throws Exception {
        InputStream in = socket.getInputStream();
        StringBuilder read = new StringBuilder();
        while (read.indexOf(expected) < 0) {
            int b = in.read();
            assertThat(b).as("the stream ended after %s", read).isNotNegative();
            read.append((char) b);
        }
    }

    @ParameterizedTest
    @CsvSource({"stall, provider", "slow, is"})
    void a_stream_whose_client_leaves_is_over(String model, String lastWord) throws Exception {
        try (Socket socket = send("{\"stream\":true,\"model\":\"" + model + "\"," + HELLO)) {
            readUntil(socket, "\"content\":\"" + lastWord + " \"");
        }

        assertThat(sandbox.nextEnding()).isEqualTo(Ending.CLIENT_LEFT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stall", "slow"})
    void a_client_that_leaves_before_its_answer_is_not_waited_for(String model) throws Exception {
        try (Socket socket = send("{\"model\":\"" + model + "\"," + HELLO)) {
            sandbox.post("/v1/chat/completions", "{\"model\":\"echo\"," + HELLO); // by then the other has been read
            assertThat(sandbox.nextEnding()).isEqualTo(Ending.ANSWERED);
            assertThat(socket.getInputStream().available()).isZero();
        }

        assertThat(sandbox.nextEnding()).isEqualTo(Ending.CLIENT_LEFT);
    }

    @Test
    void a_long_text_is_echoed_to_its_end() throws Exception {
        String text = "word and ".repeat(100_000) + "end";
        HttpResponse<String> response = sandbox.post(
                "/v1/chat/completions",
                "{\"stream\":true,\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}");

        assertThat(response.body()).contains("\"content\":\"end\"").endsWith("data: [DONE]\n\n");
        assertThat(response.body().lines().filter(line -> line.startsWith("data: {")))
                .hasSize(1 + 7 + 200_001 + 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/chat/completions | ''                                        | not a JSON object",
                "/v1/chat/completions | {\"model\":                               | not valid JSON",
                "/v1/chat/completions | []                                        | not a JSON object",
                "/v1/chat/completions | {}                                        | 'model' must be",
                "/v1/chat/completions | {\"model\":1}                             | 'model' must be",
                "/v1/chat/completions | {\"model\":\"echo\"}                      | 'messages' must be",
                "/v1/chat/completions | {\"model\":\"echo\",\"messages\":{}}      | 'messages' must be",
                "/v1/responses        | {\"model\":\"echo\"}                      | 'input' must be",
                "/v1/messages         | {\"model\":\"echo\",\"messages\":[{}]}    | 'max_tokens' must be",
                "/v1/messages         | {\"model\":\"echo\",\"max_tokens\":1}     | 'messages' must be",
            })
    void a_request_that_makes_no_sense_is_told_why(String path, String body, String reason) throws Exception {
        HttpResponse<String> response = sandbox.post(path, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("invalid_request_error", "pretend provider", reason);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void half_a_surrogate_pair_is_answered_like_any_other_text(boolean streamed) throws Exception {
        HttpResponse<String> response = sandbox.post(
                "/v1/chat/completions",
                "{\"stream\":" + streamed
                        + ",\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"\\ud83d end\"}]}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("end\"").containsPattern("\"finish_reason\":\"stop\"");
    }

    @Test
    void a_client_without_a_key_is_turned_away() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sandbox.port())) {
            socket.getOutputStream()
                    .write("GET /v1/models HTTP/1.1\r\nHost: sandbox\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            readUntil(socket, "401 Unauthorized");
            readUntil(socket, "was sent none");
        }
    }
}
