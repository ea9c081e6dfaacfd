package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatFailure;
import dev.serai.dialect.ChatCodec.EncodedError;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.ProviderMessage;
import dev.serai.json.JsonText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Errors in OpenAI's dialects: its own envelope, and what its imitators put in its place. */
final class OpenAiFailures {
    private OpenAiFailures() {}

    /** What a provider said, wherever it put it. */
    private record Said(
            String message,
            @Nullable String code,
            @Nullable String type,
            @Nullable String param) {}

    /** Reads the body of an error. */
    static ChatFailure decode(int status, byte[] body, @Nullable Duration retryAfter) {
        JsonNode root;
        try {
            root = JsonTree.read(body, 0, body.length);
        } catch (CodecException e) {
            return unreadable(status, retryAfter);
        }
        Said said = said(root);
        if (said == null) {
            return unreadable(status, retryAfter);
        }
        Duration wait = retryAfter == null ? OpenAiRetryAfter.find(root, said.message) : retryAfter;
        return failure(status, said, wait, flaggedByModerators(root));
    }

    /** Reads an error inside a stream, or inside a reply with a success status. */
    static ChatFailure inStream(ObjectNode event) {
        Said said = said(event);
        if (said == null) {
            return new ChatFailure(ChatFailure.Kind.SERVER_ERROR, ProviderMessage.of((String) null));
        }
        Integer status = statusWithin(event.path("error"));
        ChatFailure judged = failure(status, said, OpenAiRetryAfter.find(event, said.message), false);
        return new ChatFailure(
                judged.kind(), judged.message(), judged.code(), judged.param(), null, judged.retryAfter());
    }

    private static ChatFailure failure(
            @Nullable Integer status, Said said, @Nullable Duration retryAfter, boolean flagged) {
        ChatFailure.Kind kind = OpenAiErrorCodes.judge(status, said.code, said.type, said.message);
        if (kind == ChatFailure.Kind.QUOTA_EXHAUSTED && retryAfter != null && isVagueQuota(said)) {
            // Google says that the quota is exceeded when a minute's share is used up, and how long to wait.
            kind = ChatFailure.Kind.RATE_LIMITED;
        }
        return new ChatFailure(
                flagged ? ChatFailure.Kind.CONTENT_FILTER : kind,
                ProviderMessage.of(said.message),
                said.code == null ? said.type : said.code,
                said.param,
                status,
                retryAfter);
    }

    private static boolean isVagueQuota(Said said) {
        return "RESOURCE_EXHAUSTED".equals(said.code);
    }

    /** OpenRouter: 403 with what its moderation found. */
    private static boolean flaggedByModerators(JsonNode root) {
        return root.path("error").path("metadata").path("reasons").isArray();
    }

    private static ChatFailure unreadable(int status, @Nullable Duration retryAfter) {
        return new ChatFailure(
                OpenAiErrorCodes.ofStatus(status),
                "the provider answered with status " + status + " and no error that can be read",
                null,
                null,
                status,
                retryAfter);
    }

    private static @Nullable Integer statusWithin(JsonNode error) {
        for (String name : new String[] {"status_code", "code", "status"}) {
            JsonNode value = error.path(name);
            if (value.isInt() && value.intValue() >= 300 && value.intValue() <= 599) {
                return value.intValue();
            }
        }
        return null;
    }

    /** What the body says; null if it says nothing that can be told. */
    private static @Nullable Said said(JsonNode body) {
        JsonNode root = body.isArray() ? body.path(0) : body; // Google puts its envelope into a list
        JsonNode error = root.path("error");
        if (error.isObject()) {
            String message = words(error.path("message"), error.path("metadata").path("raw"));
            return message == null && !error.hasNonNull("code") && !error.hasNonNull("type")
                    ? null
                    : new Said(message == null ? "" : message, code(error), text(error.path("type")), param(error));
        }
        String message = words(
                error,
                root.path("message"),
                root.path("detail"),
                root.path("errors").path(0).path("message"));
        return message == null ? null : new Said(message, code(root), text(root.path("type")), param(root));
    }

    /** The first of the values that has words: a text, or validation errors as FastAPI and Mistral list them. */
    private static @Nullable String words(JsonNode... values) {
        for (JsonNode value : values) {
            JsonNode list = value.isObject() ? value.path("detail") : value;
            JsonNode word = list.isArray() ? list.path(0).path("msg") : list;
            if (word.isTextual() && !word.textValue().isBlank()) {
                return word.textValue();
            }
        }
        return null;
    }

    /** A code that names something: not a status, which says nothing new, and not a sentence, which xAI puts there. */
    private static @Nullable String code(JsonNode error) {
        String inner = name(error.path("innererror").path("code"));
        String own = name(error.path("code"));
        if (own == null) {
            own = name(error.path("status"));
        }
        return own == null ? inner : own;
    }

    private static @Nullable String name(JsonNode code) {
        boolean status = code.isNumber() && code.intValue() >= 300 && code.intValue() <= 599;
        String text = status || code.isContainerNode() ? "" : code.asText("");
        return text.isEmpty() || text.indexOf(' ') >= 0 || text.length() > 100 ? null : JsonText.wellFormed(text);
    }

    private static @Nullable String param(JsonNode error) {
        String text = text(error.path("param"));
        return text == null || text.length() > 200 ? null : text;
    }

    private static @Nullable String text(JsonNode value) {
        return value.isTextual() && !value.textValue().isEmpty() ? JsonText.wellFormed(value.textValue()) : null;
    }

    /** Writes an error as OpenAI does; its clients choose their exceptions by the status. */
    static EncodedError encode(ChatFailure failure, String requestId) {
        return new EncodedError(status(failure.kind()), body(failure, requestId));
    }

    /** The envelope, which is also the error event of a stream in Chat. */
    static byte[] body(ChatFailure failure, @Nullable String requestId) {
        ObjectNode envelope = JsonTree.NODES.objectNode();
        ObjectNode error = envelope.putObject("error");
        error.put("message", failure.message());
        error.put("type", type(failure.kind()));
        error.put("param", failure.param());
        error.put("code", code(failure));
        if (requestId != null) {
            error.put("request_id", requestId);
        }
        return JsonTree.write(envelope);
    }

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

    static String type(ChatFailure.Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST, CONTEXT_TOO_LONG, CONTENT_FILTER, REQUEST_TOO_LARGE -> "invalid_request_error";
            case AUTHENTICATION -> "authentication_error";
            case PERMISSION -> "permission_error";
            case NOT_FOUND -> "not_found_error";
            case RATE_LIMITED -> "rate_limit_error";
            case QUOTA_EXHAUSTED -> "insufficient_quota";
            case SERVER_ERROR -> "server_error";
            case OVERLOADED -> "service_unavailable_error"; // tells it apart within a stream, which has no status
            case TIMED_OUT -> "timeout_error";
        };
    }

    /** Where OpenAI's clients look for a certain code, it stands there, whatever the provider called it. */
    static @Nullable String code(ChatFailure failure) {
        String otherwise = failure.code();
        return switch (failure.kind()) {
            case CONTEXT_TOO_LONG -> "context_length_exceeded";
            case CONTENT_FILTER -> "content_filter";
            case QUOTA_EXHAUSTED -> "insufficient_quota";
            case AUTHENTICATION -> otherwise == null ? "invalid_api_key" : otherwise;
            case RATE_LIMITED -> otherwise == null ? "rate_limit_exceeded" : otherwise;
            case INVALID_REQUEST, PERMISSION, NOT_FOUND, REQUEST_TOO_LARGE, SERVER_ERROR, OVERLOADED, TIMED_OUT ->
                otherwise;
        };
    }
}
