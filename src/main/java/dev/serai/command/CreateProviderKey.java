package dev.serai.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.client.ApiClient;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code serai provider-keys create}, whose value comes from elsewhere. */
final class CreateProviderKey extends CreateObject {
    @Mixin
    private final KeyValue value = new KeyValue();

    CreateProviderKey(ApiSetup setup) {
        super(setup, Kind.PROVIDER_KEYS);
    }

    @Override
    ObjectNode body(ApiClient api) throws Exception {
        ObjectNode body = super.body(api);
        String text = value.read(setup(), spec().commandLine());
        if (text == null) {
            throw new CommandLine.ParameterException(
                    spec().commandLine(), "say where its value is, with --value-file, --value-env or --reference");
        }
        return body.put("value", text);
    }
}
