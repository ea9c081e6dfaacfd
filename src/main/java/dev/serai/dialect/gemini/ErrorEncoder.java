package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatFailure;
import org.jspecify.annotations.Nullable;

/**
 * A failure in Google's envelope. The kind is the reason of an {@code ErrorInfo} in Serai's name, because Google's statuses are fewer;
 * the provider's own code stands beside it.
 */
final class ErrorEncoder {
    static final String DOMAIN = "serai";
    private static final String TYPES = "type.googleapis.com/google.rpc.";

    private ErrorEncoder() {}

    static int status(ChatFailure.Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST, CONTEXT_TOO_LONG, CONTENT_FILTER -> 400;
            case AUTHENTICATION -> 401;
            case PERMISSION -> 403;
            case NOT_FOUND -> 404;
            case REQUEST_TOO_LARGE -> 413;
            case RATE_LIMITED, QUOTA_EXHAUSTED -> 429;
            case SERVER_ERROR -> 500;
            case OVERLOADED -> 503;
            case TIMED_OUT -> 504;
        };
    }

    /** @param requestId null in a stream, whose head has told it */
    static ObjectNode encode(ChatFailure failure, @Nullable String requestId) {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error");
        int status = status(failure.kind());
        error.put("code", status);
        error.put("message", failure.message());
        error.put("status", RpcStatus.of(status));
        ArrayNode details = error.putArray("details");
        ObjectNode info = detail(details, "ErrorInfo");
        info.put("reason", failure.kind().name()).put("domain", DOMAIN);
        if (failure.code() != null) {
            info.putObject("metadata").put("code", failure.code());
        }
        if (failure.param() != null) {
            detail(details, "BadRequest")
                    .putArray("fieldViolations")
                    .addObject()
                    .put("field", failure.param());
        }
        if (failure.retryAfter() != null) {
            detail(details, "RetryInfo").put("retryDelay", failure.retryAfter().toSeconds() + "s");
        }
        if (requestId != null) {
            detail(details, "RequestInfo").put("requestId", requestId);
        }
        return body;
    }

    private static ObjectNode detail(ArrayNode details, String type) {
        return details.addObject().put("@type", TYPES + type);
    }
}
