package dev.serai.dialect.anthropic;

import dev.serai.error.GatewayError;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonDocument.Kind;
import dev.serai.json.JsonOutput;
import dev.serai.json.JsonText;

/** Anthropic's error envelope (https://docs.anthropic.com/en/api/errors), with Serai's code added to the error. */
final class AnthropicErrors {
    private AnthropicErrors() {}

    static byte[] body(GatewayError error) {
        return JsonOutput.object(json -> {
            json.writeStringField("type", "error");
            json.writeObjectFieldStart("error");
            json.writeStringField("type", type(error.status()));
            json.writeStringField("message", JsonText.wellFormed(error.message()));
            json.writeStringField("code", error.code());
            if (Threads.isCauseOf(error)) {
                json.writeObjectFieldStart("details");
                json.writeStringField("error_code", Threads.NOT_FOUND);
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeStringField("request_id", error.requestId());
        });
    }

    static boolean isError(JsonDocument body) {
        JsonDocument error = body.object("error");
        return "error".equals(body.string("type")) && error != null && error.kind("message") == Kind.STRING;
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 408, 504 -> "timeout_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }
}
