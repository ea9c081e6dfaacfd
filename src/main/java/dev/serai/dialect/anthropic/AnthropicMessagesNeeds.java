package dev.serai.dialect.anthropic;

import dev.serai.dialect.Hints;
import dev.serai.dialect.JsonWalk;
import dev.serai.dialect.RequestNeeds;
import dev.serai.dialect.RequestNeeds.Input;
import dev.serai.json.JsonCursor;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a message asks of its model. Blocks stand in messages, and in the results of tools. */
final class AnthropicMessagesNeeds implements RequestNeeds.Reader {
    private static final Hints HINTS = Hints.of("image", "document");

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public void findInputs(JsonDocument body, Set<Input> found) throws JsonException {
        JsonWalk.document(body, (name, value) -> {
            if (name.equals("messages")) {
                JsonWalk.elements(value, message -> readBlocksOf(message, found));
            } else {
                value.skip();
            }
        });
    }

    private static void readBlocksOf(JsonCursor parent, Set<Input> found) throws JsonException {
        JsonWalk.members(parent, (name, value) -> {
            if (name.equals("content")) {
                JsonWalk.elements(value, block -> new Block().read(block, found));
            } else {
                value.skip();
            }
        });
    }

    /** A block says in any order what it is, and where its content comes from. */
    private static final class Block {
        private String type = "";
        private String source = "";

        void read(JsonCursor block, Set<Input> found) throws JsonException {
            JsonWalk.members(block, (name, value) -> {
                switch (name) {
                    case "type" -> type = text(value);
                    case "source" -> JsonWalk.members(value, this::readSource);
                    case "content" -> JsonWalk.elements(value, inner -> new Block().read(inner, found));
                    default -> value.skip();
                }
            });
            if (type.equals("image")) {
                found.add(Input.IMAGE);
            } else if (type.equals("document") && (source.equals("base64") || source.equals("url"))) {
                found.add(Input.DOCUMENT);
            }
        }

        private void readSource(String name, JsonCursor value) throws JsonException {
            if (name.equals("type")) {
                source = text(value);
            } else {
                value.skip();
            }
        }

        private static String text(JsonCursor value) throws JsonException {
            String text = value.string();
            value.skip();
            return text == null ? "" : text;
        }
    }

    @Override
    public long outputLimit(JsonDocument body) {
        return body.integer("max_tokens", RequestNeeds.UNSAID);
    }

    @Override
    public boolean offersTools(JsonDocument body) {
        return !body.elements("tools").isEmpty();
    }

    @Override
    public boolean demandsSchema(JsonDocument body) {
        return isSchema(body.object("output_format")) || isSchema(config(body));
    }

    private static @Nullable JsonDocument config(JsonDocument body) {
        JsonDocument config = body.object("output_config");
        return config == null ? null : config.object("format");
    }

    private static boolean isSchema(@Nullable JsonDocument format) {
        return format != null && "json_schema".equals(format.string("type"));
    }
}
