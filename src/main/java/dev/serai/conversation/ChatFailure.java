package dev.serai.conversation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a provider did not answer, or stopped: the same in every dialect.
 *
 * @param message    the provider's words, in one line, without secrets
 * @param code       the provider's machine-readable code or type, such as {@code context_length_exceeded}; null if it gave none
 * @param param      the field at fault, in the provider's words; null if it named none
 * @param status     the HTTP status that it came with; null if it came inside a stream
 * @param retryAfter how long the provider wants to be left alone; null if it did not say
 */
public record ChatFailure(
        Kind kind,
        String message,
        @Nullable String code,
        @Nullable String param,
        @Nullable Integer status,
        @Nullable Duration retryAfter) {

    /** What went wrong. Each dialect has a status and a type for each. */
    public enum Kind {
        INVALID_REQUEST,
        AUTHENTICATION,
        PERMISSION,
        NOT_FOUND,
        REQUEST_TOO_LARGE,
        CONTEXT_TOO_LONG,
        RATE_LIMITED,
        QUOTA_EXHAUSTED,
        CONTENT_FILTER,
        OVERLOADED,
        SERVER_ERROR,
        TIMED_OUT
    }

    public ChatFailure(Kind kind, String message) {
        this(kind, message, null, null, null, null);
    }
}
