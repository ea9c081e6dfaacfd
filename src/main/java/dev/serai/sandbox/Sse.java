package dev.serai.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;

/** Server-sent events, as the providers frame them. */
final class Sse {
    private Sse() {}

    static Buffer data(JsonNode data) {
        return Buffer.buffer("data: ").appendBytes(Json.bytes(data)).appendString("\n\n");
    }

    static Buffer data(String data) {
        return Buffer.buffer("data: " + data + "\n\n");
    }

    /** An event that is named like the {@code type} in its data. */
    static Buffer named(JsonNode data) {
        return Buffer.buffer("event: " + data.path("type").asText() + "\n").appendBuffer(data(data));
    }
}
