package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatFailure;
import dev.serai.dialect.ChatCodec.EncodedError;
import dev.serai.dialect.JsonTree;
import java.util.Locale;

/** Writes failures in Anthropic's envelope (https://docs.anthropic.com/en/api/errors). */
final class FailureEncoder {
    /** By these words Anthropic's own clients know that a conversation has grown too long. */
    private static final String TOO_LONG = "prompt is too long";

    private FailureEncoder() {}

    static EncodedError encode(ChatFailure failure, String requestId) {
        ObjectNode body = body(failure).put("request_id", requestId);
        return new EncodedError(status(failure.kind()), JsonTree.write(body));
    }

    /** Without a request id, as it stands in a stream. */
    static ObjectNode body(ChatFailure failure) {
        ObjectNode body = Json.ofType("error");
        body.putObject("error").put("type", type(failure.kind())).put("message", message(failure));
        return body;
    }

    private static String message(ChatFailure failure) {
        boolean unclear = failure.kind() == ChatFailure.Kind.CONTEXT_TOO_LONG
                && !failure.message().toLowerCase(Locale.ROOT).contains(TOO_LONG);
        return unclear ? TOO_LONG + ": " + failure.message() : failure.message();
    }

    private static int status(ChatFailure.Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST, CONTEXT_TOO_LONG, CONTENT_FILTER -> 400;
            case AUTHENTICATION -> 401;
            case QUOTA_EXHAUSTED -> 402;
            case PERMISSION -> 403;
            case NOT_FOUND -> 404;
            case REQUEST_TOO_LARGE -> 413;
            case RATE_LIMITED -> 429;
            case SERVER_ERROR -> 500;
            case TIMED_OUT -> 504;
            case OVERLOADED -> 529;
        };
    }

    private static String type(ChatFailure.Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST, CONTEXT_TOO_LONG, CONTENT_FILTER -> "invalid_request_error";
            case AUTHENTICATION -> "authentication_error";
            case QUOTA_EXHAUSTED -> "billing_error";
            case PERMISSION -> "permission_error";
            case NOT_FOUND -> "not_found_error";
            case REQUEST_TOO_LARGE -> "request_too_large";
            case RATE_LIMITED -> "rate_limit_error";
            case SERVER_ERROR -> "api_error";
            case TIMED_OUT -> "timeout_error";
            case OVERLOADED -> "overloaded_error";
        };
    }
}
