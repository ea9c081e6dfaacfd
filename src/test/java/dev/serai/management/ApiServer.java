package dev.serai.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.RunningSerai;
import dev.serai.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A Serai with its admin port, called over HTTP. Every call and every answer must be as the OpenAPI document says. */
final class ApiServer implements AutoCloseable {
    static final String OPERATOR = "operator-key-of-the-tests-0123456789";
    static final ObjectMapper JSON = new ObjectMapper();

    private final RunningSerai serai;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private @Nullable ApiContract contract;

    private ApiServer(RunningSerai serai, int port) {
        this.serai = serai;
        this.port = port;
    }

    /** An answer. */
    record Answer(int status, Map<String, List<String>> headers, String text) {
        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new AssertionError(text, e);
            }
        }

        String header(String name) {
            return String.join(",", headers.getOrDefault(name, List.of()));
        }

        String id() {
            return json().path("id").asText();
        }

        @Override
        public String toString() {
            return status + " " + text;
        }
    }

    static RunningSerai.Setup setup(Path home) {
        return RunningSerai.in(home).with("CAMEL_MANAGEMENT_ENABLED", "true");
    }

    static ApiServer start(Path home) throws Exception {
        return start(setup(home).with("SERAI_BOOTSTRAP_API_KEY", OPERATOR));
    }

    static ApiServer start(RunningSerai.Setup setup) throws Exception {
        int port = FreePort.find();
        ApiServer server = new ApiServer(
                setup.with("SERAI_ADMIN_PORT", Integer.toString(port)).start(), port);
        return server;
    }

    RunningSerai serai() {
        return serai;
    }

    int port() {
        return port;
    }

    /** The text of every answer so far. */
    List<String> answers() {
        return answers;
    }

    Answer get(String path, String... headers) throws Exception {
        return as(OPERATOR, "GET", path, null, headers);
    }

    Answer post(String path, String body, String... headers) throws Exception {
        return as(OPERATOR, "POST", path, body, headers);
    }

    Answer patch(String path, String body, String... headers) throws Exception {
        return as(OPERATOR, "PATCH", path, body, headers);
    }

    Answer delete(String path, String... headers) throws Exception {
        return as(OPERATOR, "DELETE", path, null, headers);
    }

    /** @param key null for none */
    Answer as(@Nullable String key, String method, String path, @Nullable String body, String... headers)
            throws Exception {
        Answer answer = send(key, method, path, body, headers);
        contract().check(method, path, body, answer);
        return answer;
    }

    /** The same for what the document cannot describe. */
    Answer send(@Nullable String key, String method, String path, @Nullable String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        if (body != null && !List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        answers.add(response.body());
        return new Answer(response.statusCode(), response.headers().map(), response.body());
    }

    /** The document that this server serves. */
    ApiContract contract() throws Exception {
        if (contract == null) {
            contract = new ApiContract(
                    send(OPERATOR, "GET", "/api/openapi.json", null).json());
        }
        return contract;
    }

    @Override
    public void close() {
        serai.close();
    }
}
