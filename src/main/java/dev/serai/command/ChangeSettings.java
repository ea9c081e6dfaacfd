package dev.serai.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.client.ApiClient;
import dev.serai.config.YamlText;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code serai gateway-config set} */
@Command(name = "set", description = "Set what is given; everything else stays.")
final class ChangeSettings extends ApiCommand {
    private static final List<Field> FIELDS = Stream.concat(
                    Kind.SETTINGS.stream(),
                    Stream.of(
                            Field.of(
                                    "--strict-translation",
                                    "strictTranslation",
                                    FieldForm.FLAG,
                                    "Refuse what a provider's format cannot say whole; or none."),
                            Field.of(
                                    "--rescue",
                                    "rescue",
                                    FieldForm.CHOICE,
                                    "Of broken streams: off, continue or buffered; or none."),
                            Field.of("--hedge-after", "hedgeAfter", FieldForm.DURATION, "Such as 2s; or none."),
                            Field.of("--log-payloads", "logPayloads", FieldForm.FLAG, "Or none.")))
            .toList();

    private @Nullable FieldOptions options;

    ChangeSettings(ApiSetup setup) {
        super(setup);
    }

    /** To be called once, before the command is. */
    void addOptions(CommandSpec spec) {
        options = new FieldOptions(spec, FIELDS, true);
    }

    @Override
    int run(ApiClient api) throws Exception {
        if (options == null) {
            throw new IllegalStateException("a command has its options before it is called");
        }
        ObjectNode patch = options.read(setup(), api);
        if (patch.isEmpty()) {
            throw new CommandLine.ParameterException(spec().commandLine(), "say what is to be set");
        }
        JsonNode config = api.patch(
                        ShowSettings.PATH, patch, api.get(ShowSettings.PATH).etag())
                .body();
        out().println(isJson() ? Shown.json(config) : YamlText.of(config).stripTrailing());
        return 0;
    }
}
