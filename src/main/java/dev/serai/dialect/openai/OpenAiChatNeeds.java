package dev.serai.dialect.openai;

import dev.serai.dialect.Hints;
import dev.serai.dialect.JsonWalk;
import dev.serai.dialect.RequestNeeds;
import dev.serai.dialect.RequestNeeds.Input;
import dev.serai.json.JsonCursor;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import java.util.Set;

/** What a chat completion asks of its model. A content part has a member that is called like its type, which is all that counts. */
final class OpenAiChatNeeds implements RequestNeeds.Reader {
    private static final Hints HINTS = Hints.of("image_url", "input_audio", "video_url", "file");
    private static final long UNSAID = RequestNeeds.UNSAID;
    private static final String PDF = "data:application/pdf";

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public void findInputs(JsonDocument body, Set<Input> found) throws JsonException {
        JsonWalk.document(body, (name, value) -> {
            if (name.equals("messages")) {
                JsonWalk.elements(value, message -> readMessage(body, message, found));
            } else {
                value.skip();
            }
        });
    }

    private static void readMessage(JsonDocument body, JsonCursor message, Set<Input> found) throws JsonException {
        JsonWalk.members(message, (name, value) -> {
            if (name.equals("content")) {
                JsonWalk.elements(value, part -> readPart(body, part, found));
            } else {
                value.skip();
            }
        });
    }

    private static void readPart(JsonDocument body, JsonCursor part, Set<Input> found) throws JsonException {
        JsonWalk.members(part, (name, value) -> {
            switch (name) {
                case "image_url" -> found.add(Input.IMAGE);
                case "input_audio" -> found.add(Input.AUDIO);
                case "video_url" -> found.add(Input.VIDEO);
                case "file" -> {
                    readFile(body, value, found);
                    return;
                }
                default -> {
                    // text, refusals, and what nobody here knows
                }
            }
            value.skip();
        });
    }

    private static void readFile(JsonDocument body, JsonCursor file, Set<Input> found) throws JsonException {
        JsonWalk.members(file, (name, value) -> {
            if (!name.equals("file_data")) {
                value.skip();
            } else if (JsonWalk.begins(body, value, PDF)) {
                found.add(Input.DOCUMENT);
            }
        });
    }

    @Override
    public long outputLimit(JsonDocument body) {
        long limit = Math.max(body.integer("max_completion_tokens", UNSAID), body.integer("max_tokens", UNSAID));
        return RequestNeeds.times(limit, body.integer("n", 1));
    }

    @Override
    public boolean offersTools(JsonDocument body) {
        return !body.elements("tools").isEmpty() || !body.elements("functions").isEmpty();
    }

    @Override
    public boolean demandsSchema(JsonDocument body) {
        JsonDocument format = body.object("response_format");
        return format != null && "json_schema".equals(format.string("type"));
    }
}
