package dev.serai.crash;

import dev.serai.credits.Dollars;
import dev.serai.testing.ChatEvents;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A provider of one model, {@code paid:m}, of which every answer costs the same. */
final class PaidProvider implements AutoCloseable {
    /** At 1 and 10 dollars a million tokens, and the fee. */
    static final long COST_NANOS = Dollars.nanos("0.000306");

    private static final String USAGE = "{\"prompt_tokens\":100,\"completion_tokens\":20,\"total_tokens\":120}";
    private static final String ANSWER =
            "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                    + "\"content\":\"yes\"},\"finish_reason\":\"stop\"}],\"usage\":" + USAGE + "}";
    private static final String STREAM = ChatEvents.says("yes") + ChatEvents.FINISH
            + "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"choices\":[],\"usage\":" + USAGE + "}\n\n"
            + ChatEvents.DONE;

    private final RawServer server = RawServer.start(connection -> {
        while (connection.hasRequest()) {
            if (connection.request().text().contains("\"stream\":true")) {
                connection.write(RawServer.streamHead() + RawServer.chunk(STREAM) + RawServer.lastChunk());
            } else {
                connection.write(RawServer.json(200, ANSWER));
            }
        }
    });

    /** Writes its file into this folder of configuration. */
    void describeIn(Path config) throws IOException {
        Files.createDirectories(config.resolve("providers"));
        Files.writeString(config.resolve("providers/paid.yaml"), """
                id: paid
                name: A server in a test
                baseUrl: http://127.0.0.1:%d/v1
                dialects: {openai-chat: /chat/completions}
                auth: none
                modelDefaults: {kind: chat, source: the test}
                models:
                  - id: m
                    price: {input: 1, output: 10}
                """.formatted(server.port()));
    }

    static String request(boolean streams) {
        return "{\"model\":\"paid:m\",\"max_tokens\":50,\"stream\":" + streams
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    }

    /** Whether a client has all of an answer. */
    static boolean isWhole(RawClient.Response answer, boolean streams) {
        return answer.status() == 200
                && (streams ? answer.body().contains("[DONE]") : answer.body().equals(ANSWER));
    }

    @Override
    public void close() {
        server.close();
    }
}
