package dev.serai.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.error.GatewayError;
import dev.serai.gateway.OwnWords;

/**
 * Errors in the envelopes of OpenAI and Anthropic, written without the dialects of the gateway: a pretend provider
 * that shared their code would share their mistakes, and no test would notice.
 */
final class SandboxErrors implements OwnWords {
    @Override
    public String guessDialect(String path, boolean anthropicVersion) {
        return anthropicVersion || path.startsWith("/v1/messages") ? MessagesFormat.DIALECT : ChatFormat.DIALECT;
    }

    @Override
    public byte[] body(String dialect, GatewayError error) {
        return Json.bytes(envelope(dialect, error));
    }

    @Override
    public byte[] event(String dialect, GatewayError error) {
        ObjectNode envelope = envelope(dialect, error);
        return switch (dialect) {
            case MessagesFormat.DIALECT -> Sse.named(envelope).getBytes();
            case ResponsesFormat.DIALECT -> Sse.named(numbered(error)).getBytes();
            default -> Sse.data(envelope).getBytes();
        };
    }

    private static ObjectNode envelope(String dialect, GatewayError error) {
        return dialect.equals(MessagesFormat.DIALECT) ? anthropic(error) : openai(error);
    }

    private static ObjectNode openai(GatewayError error) {
        ObjectNode envelope = Json.object();
        envelope.putObject("error")
                .put("message", error.message())
                .put("type", openaiType(error.status()))
                .put("param", error.param())
                .put("code", error.code());
        return envelope;
    }

    private static String openaiType(int status) {
        if (status == 429) {
            return "requests";
        }
        return status >= 500 ? "server_error" : "invalid_request_error";
    }

    private static ObjectNode anthropic(GatewayError error) {
        ObjectNode envelope = Json.object().put("type", "error");
        envelope.putObject("error").put("type", anthropicType(error.status())).put("message", error.message());
        return envelope.put("request_id", error.requestId());
    }

    private static String anthropicType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 504 -> "timeout_error";
            case 529 -> "overloaded_error";
            default -> status >= 500 ? "api_error" : "invalid_request_error";
        };
    }

    /** How many events came before is not known here: the number is there because the format demands one. */
    private static ObjectNode numbered(GatewayError error) {
        return Json.object()
                .put("type", "error")
                .put("code", error.code())
                .put("message", error.message())
                .put("param", error.param())
                .put("sequence_number", 0);
    }
}
