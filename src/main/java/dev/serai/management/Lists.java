package dev.serai.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.store.Cursor;
import dev.serai.store.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists, page by page: {@code {"items": […], "nextPageUri": "…"}}. */
final class Lists {
    private static final int USUAL_LIMIT = 20;

    private Lists() {}

    static @Nullable Cursor cursor(Call call) {
        String text = call.query().get("cursor");
        try {
            return text == null ? null : Cursor.parse(text);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("cursor is none that this API gave");
        }
    }

    static int limit(Call call) {
        String text = call.query().getOrDefault("limit", Integer.toString(USUAL_LIMIT));
        int limit = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > Page.MAX_LIMIT) {
            throw ApiException.invalid("limit must be a whole number from 1 to " + Page.MAX_LIMIT);
        }
        return limit;
    }

    static <T> Reply reply(Call call, Page<T> page, Function<T, ? extends JsonNode> shown) {
        Cursor next = page.next();
        return reply(page.items(), shown, next == null ? null : call.nextUri(next.text()));
    }

    static <T> Reply reply(List<T> items, Function<T, ? extends JsonNode> shown, @Nullable String nextUri) {
        ObjectNode json = Shapes.object();
        ArrayNode list = json.putArray("items");
        items.forEach(item -> list.add(shown.apply(item)));
        if (nextUri != null) {
            json.put("nextPageUri", nextUri);
        }
        return Reply.ok(json);
    }
}
