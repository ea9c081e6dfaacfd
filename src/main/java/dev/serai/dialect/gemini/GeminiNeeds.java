package dev.serai.dialect.gemini;

import dev.serai.dialect.Hints;
import dev.serai.dialect.JsonWalk;
import dev.serai.dialect.RequestNeeds;
import dev.serai.dialect.RequestNeeds.Input;
import dev.serai.json.JsonCursor;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import java.util.Locale;
import java.util.Set;

/**
 * What generateContent asks of its model. Parts say what they are by their media type. Google reads names in camel case and with
 * underscores alike.
 */
final class GeminiNeeds implements RequestNeeds.Reader {
    private static final Hints HINTS = Hints.of("inlineData", "inline_data", "fileData", "file_data");

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public void findInputs(JsonDocument body, Set<Input> found) throws JsonException {
        JsonWalk.document(body, (name, value) -> {
            if (name.equals("contents")) {
                JsonWalk.elements(value, content -> readContent(content, found));
            } else {
                value.skip();
            }
        });
    }

    private static void readContent(JsonCursor content, Set<Input> found) throws JsonException {
        JsonWalk.members(content, (name, value) -> {
            if (name.equals("parts")) {
                JsonWalk.elements(value, part -> readPart(part, found));
            } else {
                value.skip();
            }
        });
    }

    private static void readPart(JsonCursor part, Set<Input> found) throws JsonException {
        JsonWalk.members(part, (name, value) -> {
            switch (name) {
                case "inlineData", "inline_data", "fileData", "file_data" ->
                    JsonWalk.members(value, (member, data) -> readData(member, data, found));
                default -> value.skip();
            }
        });
    }

    private static void readData(String name, JsonCursor value, Set<Input> found) throws JsonException {
        String type = name.equals("mimeType") || name.equals("mime_type") ? value.string() : null;
        value.skip();
        if (type != null) {
            add(type.toLowerCase(Locale.ROOT), found);
        }
    }

    private static void add(String mediaType, Set<Input> found) {
        if (mediaType.startsWith("image/")) {
            found.add(Input.IMAGE);
        } else if (mediaType.startsWith("audio/")) {
            found.add(Input.AUDIO);
        } else if (mediaType.startsWith("video/")) {
            found.add(Input.VIDEO);
        } else if (mediaType.equals("application/pdf")) {
            found.add(Input.DOCUMENT);
        }
    }

    @Override
    public long outputLimit(JsonDocument body) {
        return Math.max(outputLimit(body, "generationConfig"), outputLimit(body, "generation_config"));
    }

    private static long outputLimit(JsonDocument body, String name) {
        JsonDocument config = body.object(name);
        if (config == null) {
            return RequestNeeds.UNSAID;
        }
        long limit = either(config, "maxOutputTokens", "max_output_tokens", RequestNeeds.UNSAID);
        return RequestNeeds.times(limit, either(config, "candidateCount", "candidate_count", 1));
    }

    private static long either(JsonDocument config, String camel, String snake, long otherwise) {
        return config.integer(camel, config.integer(snake, otherwise));
    }

    @Override
    public boolean offersTools(JsonDocument body) {
        return !body.elements("tools").isEmpty();
    }

    @Override
    public boolean demandsSchema(JsonDocument body) {
        return hasSchema(body, "generationConfig") || hasSchema(body, "generation_config");
    }

    private static boolean hasSchema(JsonDocument body, String name) {
        JsonDocument config = body.object(name);
        return config != null
                && (config.kind("responseSchema") != null
                        || config.kind("response_schema") != null
                        || config.kind("responseJsonSchema") != null
                        || config.kind("response_json_schema") != null);
    }
}
