package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Content;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a function said, as an object: {@code {"output": …}} for plain text, {@code {"error": …}} for what failed, and any other
 * object for a result that is one. In the model all of them are text.
 */
final class ToolResults {
    private static final String OUTPUT = "output";
    private static final String ERROR = "error";

    private ToolResults() {}

    /** The text of a response, and whether it says that the function failed. */
    record Said(List<Content> contents, boolean isError) {}

    static Said decode(@Nullable ObjectNode response) {
        if (response == null || response.isEmpty()) {
            return new Said(List.of(), false);
        }
        boolean alone = response.size() == 1;
        JsonNode output = response.get(OUTPUT);
        JsonNode error = response.get(ERROR);
        if (alone && output != null && output.isTextual() && isPlain(output.textValue())) {
            return new Said(List.of(new Content.Text(output.textValue())), false);
        }
        if (alone && error != null && error.isTextual()) {
            return new Said(List.of(new Content.Text(error.textValue())), true);
        }
        return new Said(List.of(new Content.Text(Json.text(response))), alone && error != null);
    }

    /** The response for these texts. */
    static ObjectNode encode(List<String> texts, boolean isError) {
        if (texts.isEmpty()) {
            return isError ? Json.object().put(ERROR, "") : Json.object();
        }
        String text = String.join("\n", texts);
        ObjectNode object = Json.parseObject(text);
        if (isError) {
            return object != null && isError(object) ? object : Json.object().put(ERROR, text);
        }
        return object == null || !isSendable(object) ? Json.object().put(OUTPUT, text) : object;
    }

    /** Whether it says in more than a text that the function failed. */
    private static boolean isError(ObjectNode response) {
        return response.size() == 1
                && response.has(ERROR)
                && !response.path(ERROR).isTextual();
    }

    private static boolean isPlain(String text) {
        ObjectNode object = Json.parseObject(text);
        return object == null || !isSendable(object);
    }

    /** Google takes the names {@code $ref} and {@code $defs} in a response for references of its own, and refuses it. */
    private static boolean isSendable(ObjectNode object) {
        return !object.isEmpty() && object.findValue("$ref") == null && object.findValue("$defs") == null;
    }

    /** The texts among the contents of a result. */
    static List<String> texts(List<Content> contents) {
        List<String> texts = new ArrayList<>();
        for (Content content : contents) {
            if (content instanceof Content.Text text) {
                texts.add(text.text());
            }
        }
        return texts;
    }
}
