package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Content;
import dev.serai.conversation.Tool;
import dev.serai.dialect.CustomToolInput;
import org.jspecify.annotations.Nullable;

/**
 * Arguments of functions, which are an object in this dialect. The plain text of a custom tool is its {@code input}. Arguments that
 * are no object, because the model was cut off or made a mistake, are kept as a text, from which they come back as they were.
 */
final class Arguments {
    private static final String UNREADABLE = "_unreadable_arguments";

    private Arguments() {}

    /** Null if there are none. */
    static @Nullable ObjectNode encode(Content.ToolCall call) {
        if (call.kind() == Tool.Kind.CUSTOM) {
            return Json.parseObject(CustomToolInput.pack(call.arguments()));
        }
        if (call.arguments().isEmpty()) {
            return null;
        }
        ObjectNode object = Json.parseObject(call.arguments());
        return object == null ? Json.object().put(UNREADABLE, call.arguments()) : object;
    }

    /** The text of the arguments; empty if there are none. */
    static String decode(@Nullable JsonNode args) {
        if (args == null) {
            return "";
        }
        JsonNode unreadable = args.size() == 1 ? args.path(UNREADABLE) : null;
        return unreadable != null && unreadable.isTextual() ? unreadable.textValue() : Json.text(args);
    }
}
