package dev.serai.gateway;

import dev.serai.error.GatewayError;

/** A stream that failed for a reason which the client may read. */
public interface StreamFailure {
    /** The reason, for the dialect's error event. */
    GatewayError toError(String requestId);
}
