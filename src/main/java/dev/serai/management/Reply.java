package dev.serai.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param body     null for none; text, if it is of another kind than JSON
 * @param tag      entity tag; null for none
 * @param location of what was made; null for nothing
 * @param mediaType of the body
 */
record Reply(
        int status,
        @Nullable JsonNode body,
        @Nullable String tag,
        @Nullable String location,
        String mediaType) {
    static final String JSON = "application/json";
    static final String CSV = "text/csv";
    static final String SVG = "image/svg+xml";

    Reply(int status, @Nullable JsonNode body, @Nullable String tag, @Nullable String location) {
        this(status, body, tag, location, JSON);
    }

    /** Something else than JSON. */
    static Reply text(String mediaType, String text) {
        return new Reply(200, TextNode.valueOf(text), null, null, mediaType);
    }

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
