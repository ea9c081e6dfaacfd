package dev.serai.crash;

import dev.serai.credits.Dollars;
import dev.serai.testing.ChatEvents;
import dev.serai.testing.PaidModel;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A provider of one model, {@code paid:m}, of which every answer costs the same. */
final class PaidProvider implements AutoCloseable {
    /** At 1 and 10 dollars a million tokens, and the fee. */
    static final long COST_NANOS = Dollars.nanos(PaidModel.COST);

    private static final String STREAM = ChatEvents.says("yes") + ChatEvents.FINISH
            + "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"choices\":[],\"usage\":" + PaidModel.USAGE
            + "}\n\n"
            + ChatEvents.DONE;

    private final RawServer server = RawServer.start(connection -> {
        while (connection.hasRequest()) {
            if (connection.request().text().contains("\"stream\":true")) {
                connection.write(RawServer.streamHead() + RawServer.chunk(STREAM) + RawServer.lastChunk());
            } else {
                connection.write(RawServer.json(200, PaidModel.ANSWER));
            }
        }
    });

    /** Writes its file into this folder of configuration. */
    void describeIn(Path config) throws IOException {
        Files.createDirectories(config.resolve("providers"));
        Files.writeString(config.resolve("providers/paid.yaml"), PaidModel.file(server.port()));
    }

    static String request(boolean streams) {
        return "{\"model\":\"paid:m\",\"max_tokens\":50,\"stream\":" + streams
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    }

    /** Whether a client has all of an answer. */
    static boolean isWhole(RawClient.Response answer, boolean streams) {
        return answer.status() == 200
                && (streams ? answer.body().contains("[DONE]") : answer.body().equals(PaidModel.ANSWER));
    }

    @Override
    public void close() {
        server.close();
    }
}
