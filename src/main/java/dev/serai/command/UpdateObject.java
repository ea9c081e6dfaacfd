package dev.serai.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.client.ApiAnswer;
import dev.serai.client.ApiClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** {@code serai keys update} and its like: what is given changes, everything else stays. */
final class UpdateObject extends ApiCommand {
    private final Kind kind;
    private @Nullable FieldOptions options;

    @Parameters(paramLabel = "NAME|ID")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String name;

    UpdateObject(ApiSetup setup, Kind kind) {
        super(setup);
        this.kind = kind;
    }

    /** To be called once, before the command is. */
    void addOptions(CommandSpec spec) {
        options = new FieldOptions(spec, kind.changeable(), !kind.equals(Kind.PROVIDER_KEYS));
    }

    @Override
    int run(ApiClient api) throws Exception {
        if (options == null) {
            throw new IllegalStateException("a command has its options before it is called");
        }
        ObjectNode patch = options.read(setup(), api);
        if (patch.isEmpty()) {
            throw new CommandLine.ParameterException(spec().commandLine(), "say what is to be changed");
        }
        String path = Named.path(api, kind, name);
        ApiAnswer seen = api.get(path);
        JsonNode kept = api.patch(path, patch, seen.etag()).body();
        boolean isSame = kept.equals(seen.body());
        out().println(
                        isJson()
                                ? Shown.json(kept)
                                : kind.called(kept) + (isSame ? " is so already" : " is changed") + " ("
                                        + Named.id(kept) + ")");
        return 0;
    }
}
