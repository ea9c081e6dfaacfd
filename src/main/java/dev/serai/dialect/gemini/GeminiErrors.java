package dev.serai.dialect.gemini;

import dev.serai.error.GatewayError;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonDocument.Kind;
import dev.serai.json.JsonOutput;
import dev.serai.json.JsonText;
import java.util.Locale;

/**
 * Google's error envelope (https://cloud.google.com/apis/design/errors). Serai's code is the reason of an {@code ErrorInfo} among the
 * details, in capitals as their rules demand.
 */
final class GeminiErrors {
    private static final String TYPES = "type.googleapis.com/google.rpc.";

    private GeminiErrors() {}

    static byte[] body(GatewayError error) {
        return JsonOutput.object(json -> {
            json.writeObjectFieldStart("error");
            json.writeNumberField("code", error.status());
            json.writeStringField("message", JsonText.wellFormed(error.message()));
            json.writeStringField("status", RpcStatus.of(error.status()));
            json.writeArrayFieldStart("details");
            json.writeStartObject();
            json.writeStringField("@type", TYPES + "ErrorInfo");
            json.writeStringField("reason", error.code().toUpperCase(Locale.ROOT));
            json.writeStringField("domain", "serai");
            if (error.param() != null) {
                json.writeObjectFieldStart("metadata");
                json.writeStringField("param", error.param());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeStartObject();
            json.writeStringField("@type", TYPES + "RequestInfo");
            json.writeStringField("requestId", error.requestId());
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    static boolean isError(JsonDocument body) {
        JsonDocument error = body.object("error");
        return error != null
                && error.kind("message") == Kind.STRING
                && (error.kind("status") == Kind.STRING || error.kind("code") == Kind.NUMBER);
    }
}
