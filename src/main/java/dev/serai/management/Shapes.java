package dev.serai.management;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.control.Stamp;
import dev.serai.credits.Dollars;
import dev.serai.store.Fields;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Pieces of JSON that several objects have. */
final class Shapes {
    private Shapes() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** What every object begins with. */
    static ObjectNode head(String id, String uri, Stamp stamp) {
        return object().put("id", id)
                .put("uri", uri)
                .put("createdAt", stamp.createdAt().toString())
                .put("updatedAt", stamp.updatedAt().toString());
    }

    static ObjectNode texts(Map<String, String> texts) {
        ObjectNode json = object();
        new TreeMap<>(texts).forEach(json::put);
        return json;
    }

    static void put(ObjectNode json, String name, @Nullable Instant time) {
        if (time != null) {
            json.put(name, time.toString());
        }
    }

    static String textOrEmpty(Fields fields, String name) {
        String text = fields.text(name);
        return text == null ? "" : text;
    }

    /** A time in the form of RFC 3339; null if there is none. */
    static @Nullable Instant time(Fields fields, String name) {
        return fields.parsed(name, Shapes::time);
    }

    /** @throws IllegalArgumentException if it is none */
    static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be a time such as 2027-01-31T12:00:00Z", e);
        }
    }

    /** An amount of US dollars that must be there, in nano-dollars; 0 if it is not. */
    static long amount(Fields fields) {
        return fields.required("amount", Dollars::nanos, 0L);
    }
}
