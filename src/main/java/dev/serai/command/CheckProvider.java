package dev.serai.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.client.ApiClient;
import picocli.CommandLine.Mixin;

/** {@code serai providers check}: whether a provider that is not added yet answers, and with which models. Exits with 1 if not. */
final class CheckProvider extends CreateObject {
    @Mixin
    private final KeyValue value = new KeyValue();

    CheckProvider(ApiSetup setup) {
        super(setup, Kind.PROVIDERS);
    }

    @Override
    int run(ApiClient api) throws Exception {
        ObjectNode body = body(api);
        String text = value.read(setup(), spec().commandLine());
        if (text != null) {
            body.put("value", text);
        }
        JsonNode checked = api.post(Kind.PROVIDERS.path() + "/check", body).body();
        out().println(isJson() ? Shown.json(checked) : said(checked));
        return checked.path("answers").asBoolean() ? 0 : FAILED;
    }

    private static String said(JsonNode checked) {
        StringBuilder said =
                new StringBuilder(checked.path("answers").asBoolean() ? "It answers" : "It does not answer");
        if (checked.has("status")) {
            said.append(", with status ").append(checked.path("status").asInt());
        }
        if (checked.has("reason")) {
            said.append(": ").append(checked.path("reason").asText());
        }
        for (JsonNode model : checked.path("models")) {
            said.append("\n  ").append(model.asText());
        }
        return said.toString();
    }
}
