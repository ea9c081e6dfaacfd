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

    public GatewayException(ErrorCode code, String message) {
        this(code, message, null);
    }

    /** @param param the request field that is at fault, such as {@code model}; null if none is */
    public GatewayException(ErrorCode code, String message, @Nullable String param) {
        super(message, null, false, false);
        this.code = code;
        this.param = param;
    }

    public ErrorCode code() {
        return code;
    }

    public @Nullable String param() {
        return param;
    }

    /** The same failure as clients see it in an envelope. */
    public GatewayError toError(String requestId) {
        return new GatewayError(code.status(), code.code(), String.valueOf(getMessage()), param, requestId);
    }
}
