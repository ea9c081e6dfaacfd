package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.ChatFailure.Kind;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.ProviderMessage;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads errors: Anthropic's (https://docs.anthropic.com/en/api/errors) and those of others who speak its dialect, some of whom answer in
 * Google's, Amazon's or OpenAI's envelope. Words decide where a type means several things.
 */
final class FailureDecoder {
    private static final Map<String, Kind> TYPES = Map.ofEntries(
            Map.entry("invalid_request_error", Kind.INVALID_REQUEST),
            Map.entry("authentication_error", Kind.AUTHENTICATION),
            Map.entry("permission_error", Kind.PERMISSION),
            Map.entry("billing_error", Kind.QUOTA_EXHAUSTED),
            Map.entry("insufficient_quota", Kind.QUOTA_EXHAUSTED),
            Map.entry("not_found_error", Kind.NOT_FOUND),
            Map.entry("request_too_large", Kind.REQUEST_TOO_LARGE),
            Map.entry("context_length_exceeded", Kind.CONTEXT_TOO_LONG),
            Map.entry("rate_limit_error", Kind.RATE_LIMITED),
            Map.entry("timeout_error", Kind.TIMED_OUT),
            Map.entry("overloaded_error", Kind.OVERLOADED),
            Map.entry("api_error", Kind.SERVER_ERROR));

    private static final List<String> TOO_LONG = List.of(
            "prompt is too long",
            "exceed context limit",
            "context length",
            "context window",
            "context_length",
            "maximum context",
            "input is too long",
            "exceeds max length",
            "model token limit");

    private static final List<String> EXHAUSTED = List.of(
            "credit balance",
            "api usage limits",
            "insufficient balance",
            "insufficient credit",
            "insufficient_quota",
            "exceeded your current quota",
            "spend limit");

    private static final List<String> FILTERED = List.of(
            "content filter", "content_filter", "content management policy", "content policy", "content_policy");

    private FailureDecoder() {}

    static ChatFailure decode(int status, byte[] bytes, @Nullable Duration retryAfter) {
        JsonNode json = parse(bytes);
        JsonNode body = json.isArray() ? json.path(0) : json;
        if (!(body instanceof ObjectNode object) || !(object.has("error") || object.has("message"))) {
            String message = "the provider answered " + status + " without an error of its dialect";
            return new ChatFailure(ofStatus(status), message, null, null, status, retryAfter);
        }
        return decode(object, status, retryAfter);
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            return JsonTree.read(bytes, 0, bytes.length);
        } catch (CodecException e) {
            return JsonTree.NODES.missingNode();
        }
    }

    /** From an event of a stream, or a body. */
    static ChatFailure decode(ObjectNode body, @Nullable Integer status, @Nullable Duration retryAfter) {
        JsonNode error = body.path("error").isObject() ? body.path("error") : body;
        String type = error.path("type").textValue();
        String code = error.path("code").isTextual() ? error.path("code").textValue() : type;
        String message = message(body);
        Kind kind = kind(type, code, status);
        return new ChatFailure(
                byWords(kind, message),
                message,
                "error".equals(code) ? null : code,
                error.path("param").textValue(),
                status,
                retryAfter);
    }

    /** The provider's words in one line, with secrets masked. */
    static String message(ObjectNode body) {
        try {
            return ProviderMessage.of(JsonDocument.parseLeniently(JsonTree.write(body)));
        } catch (JsonException e) {
            return "the provider reported an error that cannot be read";
        }
    }

    private static Kind kind(@Nullable String type, @Nullable String code, @Nullable Integer status) {
        Kind byCode = code == null ? null : TYPES.get(code);
        Kind byType = type == null ? null : TYPES.get(type);
        if (byCode != null || byType != null) {
            Kind known = byCode == null ? byType : byCode;
            return known == null ? Kind.SERVER_ERROR : known;
        }
        return status == null ? Kind.SERVER_ERROR : ofStatus(status);
    }

    private static Kind byWords(Kind kind, String message) {
        boolean ambiguous = kind == Kind.INVALID_REQUEST
                || kind == Kind.REQUEST_TOO_LARGE
                || kind == Kind.RATE_LIMITED
                || kind == Kind.PERMISSION
                || kind == Kind.SERVER_ERROR;
        if (!ambiguous) {
            return kind;
        }
        String words = message.toLowerCase(Locale.ROOT);
        if (TOO_LONG.stream().anyMatch(words::contains)) {
            return Kind.CONTEXT_TOO_LONG;
        }
        if (EXHAUSTED.stream().anyMatch(words::contains)) {
            return Kind.QUOTA_EXHAUSTED;
        }
        if (FILTERED.stream().anyMatch(words::contains)) {
            return Kind.CONTENT_FILTER;
        }
        return kind == Kind.SERVER_ERROR && words.contains("overloaded") ? Kind.OVERLOADED : kind;
    }

    private static Kind ofStatus(int status) {
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
}
