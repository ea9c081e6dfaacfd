package dev.serai.journeys;

import dev.serai.testing.RawServer;
import dev.serai.testing.RawServer.Connection;
import dev.serai.testing.RawServer.Received;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A provider on a raw socket. Unless it is told otherwise it gives, to each endpoint, the answers that lie in the
 * test resources under {@code journeys/}: a tool call to a request that offers tools and has no result yet, else a text.
 */
final class RawProvider implements AutoCloseable {
    /** Its key, which Serai must send and no one may see. */
    static final String KEY = "raw-provider-key-4711";

    static final String KEY_VARIABLE = "RAW_KEY";

    /** What every text of it says. */
    static final String TEXT = "The inn is open, caravanners ☕.";

    /** Answers one request, which has been read. */
    @FunctionalInterface
    interface Reply {
        void to(Received request, Connection connection) throws IOException, InterruptedException;

        /** These bytes, whatever is asked. */
        static Reply of(String response) {
            return (request, connection) -> connection.write(response);
        }

        /** These bytes, and then a closed connection. */
        static Reply lastly(String response) {
            return (request, connection) -> {
                connection.write(response);
                connection.close();
            };
        }
    }

    private final RawServer server = RawServer.start(this::serve);
    private volatile Reply reply = RawProvider::prepared;

    private void serve(Connection connection) throws IOException, InterruptedException {
        while (connection.hasRequest()) {
            reply.to(connection.request(), connection);
        }
    }

    /** From now on every request gets this answer. */
    void answers(Reply answer) {
        reply = answer;
    }

    /** From now on it gives its prepared answers again. */
    void answersAsPrepared() {
        reply = RawProvider::prepared;
    }

    /** The request that came last. */
    Received lastRequest() {
        return server.received().get(server.received().size() - 1);
    }

    String url() {
        return server.url() + "/v1";
    }

    /** The file of a provider that speaks every dialect, has three models, wants {@link #KEY} and is at this URL. */
    static String file(String id, String baseUrl) {
        return """
                id: %s
                name: A raw socket
                baseUrl: %s
                dialects:
                  openai-chat: /chat/completions
                  openai-responses: /responses
                  openai-embeddings: /embeddings
                  anthropic-messages: /messages
                auth:
                  header: Authorization
                  prefix: "Bearer "
                  env: %s
                models:
                  - id: caravan
                    aliases: [caravan-2026-11-01]
                  - id: maker/caravan-2:free
                  - id: embed-raw
                """.formatted(id, baseUrl, KEY_VARIABLE);
    }

    private static void prepared(Received request, Connection connection) throws IOException {
        String body = request.text();
        String endpoint = endpoint(request);
        if (endpoint.equals("embeddings")) {
            String format = body.contains("\"base64\"") ? "base64" : "float";
            connection.write(RawServer.json(200, answer("embeddings/" + format + ".json")));
            return;
        }
        boolean hasResult = body.contains("tool_call_id")
                || body.contains("tool_result")
                || body.contains("_output\"")
                || body.contains("functionResponse");
        String name = endpoint + (body.contains("\"tools\"") && !hasResult ? "/tool" : "/text");
        if (body.contains("\"stream\":true") || request.head().contains(":streamGenerateContent")) {
            stream(connection, answer(name + ".sse"));
        } else {
            connection.write(RawServer.json(200, answer(name + ".json")));
        }
    }

    private static String endpoint(Received request) {
        String path = request.head().split(" ", 3)[1];
        String endpoint = path.substring("/v1/".length()).replace("/completions", "");
        return (endpoint.startsWith("gemini/") ? "gemini" : endpoint).toLowerCase(Locale.ROOT);
    }

    /** Writes an event stream, each event in a chunk of its own. */
    static void stream(Connection connection, String events) throws IOException {
        connection.write(RawServer.streamHead());
        for (String event : events.split("(?<=\n\n)", -1)) {
            if (!event.isEmpty()) {
                connection.write(RawServer.chunk(event));
            }
        }
        connection.write(RawServer.lastChunk());
    }

    /** A prepared answer. */
    static String answer(String name) {
        try (InputStream in = RawProvider.class.getResourceAsStream("/journeys/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no answer " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
