package dev.serai.dialect.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.serai.error.GatewayError;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonDocument.Kind;
import dev.serai.json.JsonOutput;
import dev.serai.json.JsonText;
import dev.serai.sse.SseFrame;
import java.io.IOException;

/** OpenAI's error envelope, {@code {"error":{"message","type","param","code"}}}, with Serai's request id added. */
final class OpenAiErrors {
    private OpenAiErrors() {}

    static byte[] body(GatewayError error) {
        return JsonOutput.object(json -> writeError(json, error));
    }

    /** OpenAI's clients raise an error for any event whose data has an {@code error}. */
    static byte[] event(GatewayError error) {
        return SseFrame.of("", body(error));
    }

    /**
     * The {@code error} event of responses. OpenAI's clients raise an error for the object in {@code error}; without it
     * they would hand the event on as one among many. The members beside it are those of the documented event. The
     * numbering of the stream is not known here: 0 satisfies a client that insists on a number.
     */
    static byte[] responsesEvent(GatewayError error) {
        byte[] data = JsonOutput.object(json -> {
            json.writeStringField("type", "error");
            writeDetails(json, error);
            json.writeNumberField("sequence_number", 0);
            writeError(json, error);
        });
        return SseFrame.of("error", data);
    }

    static boolean isError(JsonDocument body) {
        JsonDocument error = body.object("error");
        return error != null && error.kind("message") == Kind.STRING;
    }

    private static void writeError(JsonGenerator json, GatewayError error) throws IOException {
        json.writeObjectFieldStart("error");
        json.writeStringField("type", type(error.status()));
        writeDetails(json, error);
        json.writeStringField("request_id", error.requestId());
        json.writeEndObject();
    }

    private static void writeDetails(JsonGenerator json, GatewayError error) throws IOException {
        json.writeStringField("code", error.code());
        json.writeStringField("message", JsonText.wellFormed(error.message()));
        json.writeStringField("param", error.param());
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "insufficient_quota";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 408, 504 -> "timeout_error";
            case 409 -> "conflict_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }
}
