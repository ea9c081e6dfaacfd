package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.ChatFailure.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says went wrong (https://ai.google.dev/gemini-api/docs/troubleshooting). Google has few statuses and puts the rest
 * into details and words.
 */
final class ErrorDecoder {
    private static final long MAX_RETRY_SECONDS = 86_400;

    private final JsonNode error;
    private final @Nullable Integer status;

    private ErrorDecoder(JsonNode error, @Nullable Integer status) {
        this.error = error;
        this.status = status;
    }

    static ChatFailure decode(int status, byte[] body, @Nullable Duration retryAfter) {
        JsonNode tree = Json.parse(body, 0, body.length);
        JsonNode holder = tree != null && tree.isArray() && tree.size() > 0 ? tree.get(0) : tree;
        JsonNode error = holder == null ? null : holder.get("error");
        if (holder == null || error == null || !error.isObject()) {
            String message = tree == null || tree.isArray()
                    ? "the provider answered with status " + status + " and no error that Serai can read"
                    : ReplyDecoder.message(body);
            return new ChatFailure(ofStatus(status), message, null, null, status, retryAfter);
        }
        return new ErrorDecoder(error, status).failure(ReplyDecoder.message(Json.bytes(holder)), retryAfter);
    }

    /** For an event of a stream that has a member {@code error}. */
    static ChatFailure ofEvent(JsonNode event) {
        return new ErrorDecoder(event.path("error"), null).failure(ReplyDecoder.message(Json.bytes(event)), null);
    }

    private ChatFailure failure(String message, @Nullable Duration retryAfter) {
        JsonNode info = detail("ErrorInfo");
        String reason = info.path("reason").textValue();
        String param = detail("BadRequest")
                .path("fieldViolations")
                .path(0)
                .path("field")
                .textValue();
        String own = info.path("metadata").path("code").textValue();
        return new ChatFailure(
                kind(info, message.toLowerCase(Locale.ROOT)),
                message,
                own != null ? own : reason != null && !isOwn(info) ? reason : word(),
                param,
                status,
                retryAfter == null ? retryDelay() : retryAfter);
    }

    private @Nullable String word() {
        return isOwn(detail("ErrorInfo")) ? null : error.path("status").textValue();
    }

    /** Whether another Serai says it. */
    private static boolean isOwn(JsonNode info) {
        return ErrorEncoder.DOMAIN.equals(info.path("domain").textValue());
    }

    private JsonNode detail(String type) {
        for (JsonNode detail : error.path("details")) {
            if (detail.path("@type").asText("").endsWith("google.rpc." + type)) {
                return detail;
            }
        }
        return Json.object();
    }

    private Kind kind(JsonNode info, String words) {
        String reason = info.path("reason").asText("");
        if (isOwn(info)) {
            for (Kind kind : Kind.values()) {
                if (kind.name().equals(reason)) {
                    return kind;
                }
            }
        }
        return switch (reason) {
            case "API_KEY_INVALID", "ACCESS_TOKEN_EXPIRED", "ACCESS_TOKEN_TYPE_UNSUPPORTED", "CREDENTIALS_MISSING" ->
                Kind.AUTHENTICATION;
            case "BILLING_DISABLED" -> Kind.QUOTA_EXHAUSTED;
            default -> ofStatusWord(words);
        };
    }

    private Kind ofStatusWord(String words) {
        return switch (error.path("status").asText("")) {
            case "INVALID_ARGUMENT", "OUT_OF_RANGE" -> ofInvalid(words);
            case "FAILED_PRECONDITION" -> words.contains("billing") ? Kind.QUOTA_EXHAUSTED : Kind.PERMISSION;
            case "UNAUTHENTICATED" -> Kind.AUTHENTICATION;
            case "PERMISSION_DENIED" -> words.contains("api key") ? Kind.AUTHENTICATION : Kind.PERMISSION;
            case "NOT_FOUND" -> Kind.NOT_FOUND;
            case "RESOURCE_EXHAUSTED" -> isSpent(words) ? Kind.QUOTA_EXHAUSTED : Kind.RATE_LIMITED;
            case "UNAVAILABLE" -> Kind.OVERLOADED;
            case "DEADLINE_EXCEEDED" -> Kind.TIMED_OUT;
            case "INTERNAL", "UNKNOWN", "DATA_LOSS", "ABORTED", "CANCELLED" ->
                words.contains("overloaded") ? Kind.OVERLOADED : Kind.SERVER_ERROR;
            default -> ofCode(words);
        };
    }

    private Kind ofCode(String words) {
        int code = status != null ? status : error.path("code").asInt(500);
        return code == 400 ? ofInvalid(words) : ofStatus(code);
    }

    private static Kind ofInvalid(String words) {
        if (words.contains("api key not valid")
                || words.contains("api key expired")
                || words.contains("api_key_invalid")) {
            return Kind.AUTHENTICATION;
        }
        if (words.contains("input token count") || (words.contains("token") && words.contains("exceed"))) {
            return Kind.CONTEXT_TOO_LONG;
        }
        if (words.contains("payload size") || words.contains("request size")) {
            return Kind.REQUEST_TOO_LARGE;
        }
        boolean filtered = words.contains("responsible ai")
                || words.contains("safety")
                || words.contains("prohibited")
                || words.contains("blocked");
        return filtered ? Kind.CONTENT_FILTER : Kind.INVALID_REQUEST;
    }

    /** A limit by the day or of money, which waiting a minute does not lift. */
    private boolean isSpent(String words) {
        for (JsonNode violation : detail("QuotaFailure").path("violations")) {
            if (violation.path("quotaId").asText("").contains("PerDay")) {
                return true;
            }
        }
        return words.contains("credits are depleted")
                || words.contains("spending cap")
                || words.contains("spend cap")
                || words.contains("limit: 0,")
                || words.contains("prepayment");
    }

    static Kind ofStatus(int status) {
        return switch (status) {
            case 401 -> Kind.AUTHENTICATION;
            case 402 -> Kind.QUOTA_EXHAUSTED;
            case 403 -> Kind.PERMISSION;
            case 404 -> Kind.NOT_FOUND;
            case 408, 504 -> Kind.TIMED_OUT;
            case 413 -> Kind.REQUEST_TOO_LARGE;
            case 429 -> Kind.RATE_LIMITED;
            case 503, 529 -> Kind.OVERLOADED;
            default -> status >= 400 && status < 500 ? Kind.INVALID_REQUEST : Kind.SERVER_ERROR;
        };
    }

    /** Seconds with a fraction and an {@code s} behind them, rounded up. */
    private @Nullable Duration retryDelay() {
        String delay = detail("RetryInfo").path("retryDelay").asText("");
        if (!delay.matches("\\d{1,9}(\\.\\d{1,9})?s")) {
            return null;
        }
        BigDecimal seconds = new BigDecimal(delay.substring(0, delay.length() - 1));
        long whole = Math.min(
                MAX_RETRY_SECONDS, seconds.setScale(0, RoundingMode.CEILING).longValue());
        return Duration.ofSeconds(whole);
    }
}
