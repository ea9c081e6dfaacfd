package dev.serai.dialect.openai;

import dev.serai.dialect.Hints;
import dev.serai.dialect.JsonWalk;
import dev.serai.dialect.RequestNeeds;
import dev.serai.dialect.RequestNeeds.Input;
import dev.serai.json.JsonCursor;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import java.util.Set;

/** What a response asks of its model: the parts of its messages, and of what tools have answered. */
final class OpenAiResponsesNeeds implements RequestNeeds.Reader {
    private static final Hints HINTS = Hints.of("input_image", "input_audio", "input_file");
    private static final String PDF = "data:application/pdf";

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public void findInputs(JsonDocument body, Set<Input> found) throws JsonException {
        JsonWalk.document(body, (name, value) -> {
            if (name.equals("input")) {
                JsonWalk.elements(value, item -> readItem(body, item, found));
            } else {
                value.skip();
            }
        });
    }

    private static void readItem(JsonDocument body, JsonCursor item, Set<Input> found) throws JsonException {
        JsonWalk.members(item, (name, value) -> {
            if (name.equals("content") || name.equals("output")) {
                JsonWalk.elements(value, part -> readPart(body, part, found));
            } else {
                value.skip();
            }
        });
    }

    private static void readPart(JsonDocument body, JsonCursor part, Set<Input> found) throws JsonException {
        JsonWalk.members(part, (name, value) -> {
            if (name.equals("type")) {
                readType(value, found);
            } else if (!name.equals("file_data")) {
                value.skip();
            } else if (JsonWalk.begins(body, value, PDF)) {
                found.add(Input.DOCUMENT);
            }
        });
    }

    private static void readType(JsonCursor type, Set<Input> found) throws JsonException {
        String text = type.string();
        if ("input_image".equals(text)) {
            found.add(Input.IMAGE);
        } else if ("input_audio".equals(text)) {
            found.add(Input.AUDIO);
        }
        type.skip();
    }

    @Override
    public long outputLimit(JsonDocument body) {
        return body.integer("max_output_tokens", RequestNeeds.UNSAID);
    }

    @Override
    public boolean offersTools(JsonDocument body) {
        return !body.elements("tools").isEmpty();
    }

    @Override
    public boolean demandsSchema(JsonDocument body) {
        JsonDocument text = body.object("text");
        JsonDocument format = text == null ? null : text.object("format");
        return format != null && "json_schema".equals(format.string("type"));
    }
}
