package dev.serai.dialect;

import dev.serai.json.JsonCursor;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import dev.serai.json.JsonSpan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Ways through the JSON of a request for a reader that looks at a few places; what has another form than expected is passed by. */
public final class JsonWalk {
    /** Looks at a member's value, and leaves it behind. */
    public interface Members {
        void on(String name, JsonCursor value) throws JsonException;
    }

    /** Looks at an element, and leaves it behind. */
    public interface Elements {
        void on(JsonCursor value) throws JsonException;
    }

    private JsonWalk() {}

    /** Through the whole document. */
    public static void document(JsonDocument body, Members members) throws JsonException {
        try (JsonCursor json = body.cursor()) {
            members(json, members);
        }
    }

    /** Through the object that the cursor stands on. */
    public static void members(JsonCursor json, Members members) throws JsonException {
        if (!json.isObject()) {
            json.skip();
            return;
        }
        while (json.nextMember()) {
            members.on(json.name(), json);
        }
    }

    /** Through the array that the cursor stands on. */
    public static void elements(JsonCursor json, Elements elements) throws JsonException {
        if (!json.isArray()) {
            json.skip();
            return;
        }
        while (json.nextElement()) {
            elements.on(json);
        }
    }

    /** Leaves a value behind and says whether it is a string that begins so; does not read what may be megabytes. */
    public static boolean begins(JsonDocument body, JsonCursor json, String ascii) throws JsonException {
        JsonSpan span = json.skipToSpan();
        byte[] sought = ('"' + ascii).getBytes(StandardCharsets.US_ASCII);
        int to = span.from() + sought.length;
        return to <= span.to() && Arrays.equals(body.array(), span.from(), to, sought, 0, sought.length);
    }
}
