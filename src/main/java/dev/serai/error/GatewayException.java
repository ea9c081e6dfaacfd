package dev.serai.error;

import org.jspecify.annotations.Nullable;

/**
 * Serai refuses or fails a request, for a reason the client may read. An ordinary outcome, so it carries no stack trace.
 * The message says what happened and what to do, and never contains a secret.
 */
public final class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable String param;
    private final @Nullable Long retryAfterSeconds;

    public GatewayException(ErrorCode code, String message) {
        this(code, message, null);
    }

    /** @param param the request field that is at fault, such as {@code model}; null if none is */
    public GatewayException(ErrorCode code, String message, @Nullable String param) {
        this(code, message, param, null);
    }

    private GatewayException(ErrorCode code, String message, @Nullable String param, @Nullable Long retryAfterSeconds) {
        super(message, null, false, false);
        this.code = code;
        this.param = param;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** A refusal that will not be one any more after so many seconds. */
    public static GatewayException until(ErrorCode code, String message, long retryAfterSeconds) {
        return new GatewayException(code, message, null, retryAfterSeconds);
    }

    public ErrorCode code() {
        return code;
    }

    public @Nullable String param() {
        return param;
    }

    /** When it makes sense to ask again, in seconds from now; null if nobody knows, or it never does. */
    public @Nullable Long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** The same failure as clients see it in an envelope. */
    public GatewayError toError(String requestId) {
        return new GatewayError(code.status(), code.code(), String.valueOf(getMessage()), param, requestId);
    }
}
