package dev.serai.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.client.ApiClient;
import dev.serai.client.CallException;
import dev.serai.config.YamlText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serai gateway-config show} */
@Command(name = "show", description = "Show what is set.")
final class ShowSettings extends ApiCommand {
    static final String PATH = "/api/gateway-config";

    @Option(names = "--effective", description = "Show what holds in the end, and who says so.")
    private boolean effective;

    @Option(names = "--key", paramLabel = "NAME|ID", description = "The same for requests with this access key.")
    private @Nullable String key;

    ShowSettings(ApiSetup setup) {
        super(setup);
    }

    @Override
    int run(ApiClient api) throws CallException, UnclearNameException {
        if (effective || key != null) {
            JsonNode answered = api.get(PATH + "/effective" + ofKey(api)).body();
            out().println(isJson() ? Shown.json(answered) : table(answered));
            return 0;
        }
        JsonNode config = api.get(PATH).body();
        out().println(isJson() ? Shown.json(config) : YamlText.of(config).stripTrailing());
        return 0;
    }

    private String ofKey(ApiClient api) throws CallException, UnclearNameException {
        return key == null
                ? ""
                : "?accessKeyId="
                        + Named.path(api, Kind.ACCESS_KEYS, key)
                                .substring(Kind.ACCESS_KEYS.path().length() + 1);
    }

    private static String table(JsonNode answered) {
        Table table = new Table("FIELD", "VALUE", "FROM");
        for (JsonNode one : answered.path("values")) {
            table.row(
                    one.path("field").asText(),
                    one.path("value").isNull() ? "-" : one.path("value").asText(),
                    one.path("from").asText());
        }
        return table.toString();
    }
}
