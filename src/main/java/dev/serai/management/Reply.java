package dev.serai.management;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param body     null for none
 * @param tag      entity tag; null for none
 * @param location of what was made; null for nothing
 */
record Reply(
        int status,
        @Nullable JsonNode body,
        @Nullable String tag,
        @Nullable String location) {
    static Reply ok(JsonNode body) {
        return new Reply(200, body, null, null);
    }

    static Reply ok(JsonNode body, String tag) {
        return new Reply(200, body, tag, null);
    }

    static Reply created(JsonNode body, String tag) {
        return new Reply(201, body, tag, body.path("uri").asText());
    }

    static Reply deleted() {
        return new Reply(204, null, null, null);
    }

    static Reply unchanged(String tag) {
        return new Reply(304, null, tag, null);
    }
}
