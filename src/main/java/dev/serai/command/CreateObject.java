package dev.serai.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.client.ApiClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** {@code serai keys create} and its like. A token is shown this once. */
class CreateObject extends ApiCommand {
    private final Kind kind;
    private @Nullable FieldOptions options;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "What it is called; can stand in the file instead.")
    private @Nullable String name;

    CreateObject(ApiSetup setup, Kind kind) {
        super(setup);
        this.kind = kind;
    }

    /** To be called once, before the command is. */
    void addOptions(CommandSpec spec) {
        options = new FieldOptions(
                spec,
                kind.fields().stream()
                        .filter(field -> !field.place().equals(kind.subject()))
                        .toList(),
                !kind.equals(Kind.PROVIDER_KEYS));
    }

    /** What is to be made. */
    ObjectNode body(ApiClient api) throws Exception {
        if (options == null) {
            throw new IllegalStateException("a command has its options before it is called");
        }
        ObjectNode body = options.read(setup(), api);
        if (name != null) {
            body.put(kind.subject(), name);
        }
        if (!body.has(kind.subject())) {
            throw new CommandLine.ParameterException(spec().commandLine(), "say what it is called");
        }
        if (!body.has("name")) {
            body.set("name", body.get(kind.subject()));
        }
        return body;
    }

    @Override
    int run(ApiClient api) throws Exception {
        show(api.post(kind.path(), body(api)).body());
        return 0;
    }

    private void show(JsonNode made) {
        if (isJson()) {
            out().println(Shown.json(made));
            return;
        }
        out().println(kind.called(made) + " is made (" + Named.id(made) + ")");
        if (made.has("token")) {
            out().println("Its token, shown this once: " + made.path("token").asText());
        }
    }
}
