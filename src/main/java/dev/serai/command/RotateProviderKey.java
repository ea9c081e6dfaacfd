package dev.serai.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.client.ApiClient;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code serai provider-keys rotate}: another value under the same id. */
final class RotateProviderKey extends ApiCommand {
    @Mixin
    private final KeyValue value = new KeyValue();

    @Parameters(paramLabel = "NAME|ID")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String name;

    RotateProviderKey(ApiSetup setup) {
        super(setup);
    }

    @Override
    int run(ApiClient api) throws Exception {
        String text = value.read(setup(), spec().commandLine());
        if (text == null) {
            throw new CommandLine.ParameterException(
                    spec().commandLine(), "say where its value is, with --value-file, --value-env or --reference");
        }
        String path = Named.path(api, Kind.PROVIDER_KEYS, name);
        JsonNode kept = api.post(
                        path + "/rotate",
                        JsonNodeFactory.instance.objectNode().put("value", text),
                        api.get(path).etag())
                .body();
        out().println(
                        isJson()
                                ? Shown.json(kept)
                                : Kind.PROVIDER_KEYS.called(kept) + " has the value "
                                        + kept.path("value").asText() + " now (" + Named.id(kept) + ")");
        return 0;
    }
}
