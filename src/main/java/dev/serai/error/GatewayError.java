package dev.serai.error;

import org.jspecify.annotations.Nullable;

/**
 * An error as it goes into a dialect's envelope.
 *
 * @param status    HTTP status, 400 to 599
 * @param code      machine-readable code, such as {@code model_not_found}
 * @param message   what happened and what to do, without secrets
 * @param param     the request field at fault, or null
 * @param requestId the id that leads to the log
 */
public record GatewayError(
        int status, String code, String message, @Nullable String param, String requestId) {
    public GatewayError {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("not an error status: " + status);
        }
    }
}
