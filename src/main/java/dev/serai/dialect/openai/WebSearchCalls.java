package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.dialect.Hints;
import dev.serai.json.JsonCursor;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Searches of the web among the items of a response: OpenAI charges for each search, and for the pages that the model opens or looks through
 * only their tokens (https://platform.openai.com/docs/guides/tools-web-search).
 */
final class WebSearchCalls {
    private static final String TYPE = "web_search_call";
    private static final Hints HINTS = Hints.of(TYPE);

    private WebSearchCalls() {}

    /** How many a response has. */
    static long in(JsonDocument response) {
        if (!HINTS.occurIn(response.array())) {
            return 0;
        }
        long searches = 0;
        List<JsonDocument.Value> items = response.elements("output");
        for (JsonDocument.Value item : items) {
            if (item.kind() == JsonDocument.Kind.OBJECT) {
                JsonDocument call = response.object(item);
                JsonDocument action = call.object("action");
                searches += is(call.string("type"), action == null ? null : action.string("type")) ? 1 : 0;
            }
        }
        return searches;
    }

    /** How many items of a list are one. */
    static long in(JsonNode output) {
        long searches = 0;
        for (JsonNode item : output) {
            String action = item.path("action").path("type").textValue();
            searches += is(item.path("type").textValue(), action) ? 1 : 0;
        }
        return searches;
    }

    /** Leaves an item behind, and says whether it is a search. */
    static boolean isAt(JsonCursor json) throws JsonException {
        String type = null;
        String action = null;
        if (!json.isObject()) {
            json.skip();
            return false;
        }
        while (json.nextMember()) {
            switch (json.name()) {
                case "type" -> {
                    type = json.string();
                    json.skip();
                }
                case "action" -> action = typeAt(json);
                default -> json.skip();
            }
        }
        return is(type, action);
    }

    private static @Nullable String typeAt(JsonCursor json) throws JsonException {
        String type = null;
        if (json.isObject()) {
            while (json.nextMember()) {
                type = json.name().equals("type") ? json.string() : type;
                json.skip();
            }
        } else {
            json.skip();
        }
        return type;
    }

    private static boolean is(@Nullable String type, @Nullable String action) {
        return TYPE.equals(type) && (action == null || action.equals("search"));
    }
}
