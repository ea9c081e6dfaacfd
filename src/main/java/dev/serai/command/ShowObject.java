package dev.serai.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.client.ApiClient;
import dev.serai.config.YamlText;
import picocli.CommandLine.Parameters;

/** {@code serai keys show} and its like: everything about one. */
final class ShowObject extends ApiCommand {
    private final Kind kind;

    @Parameters(paramLabel = "NAME|ID")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String name;

    ShowObject(ApiSetup setup, Kind kind) {
        super(setup);
        this.kind = kind;
    }

    @Override
    int run(ApiClient api) throws Exception {
        JsonNode object = api.get(Named.path(api, kind, name)).body();
        out().println(isJson() ? Shown.json(object) : YamlText.of(object).stripTrailing());
        return 0;
    }
}
