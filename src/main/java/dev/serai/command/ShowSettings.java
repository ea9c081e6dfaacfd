package dev.serai.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.client.ApiClient;
import dev.serai.client.CallException;
import dev.serai.config.YamlText;
import picocli.CommandLine.Command;

/** {@code serai gateway-config show} */
@Command(name = "show", description = "Show what is set.")
final class ShowSettings extends ApiCommand {
    static final String PATH = "/api/gateway-config";

    ShowSettings(ApiSetup setup) {
        super(setup);
    }

    @Override
    int run(ApiClient api) throws CallException {
        JsonNode config = api.get(PATH).body();
        out().println(isJson() ? Shown.json(config) : YamlText.of(config).stripTrailing());
        return 0;
    }
}
