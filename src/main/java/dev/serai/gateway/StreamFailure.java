package dev.serai.gateway;

import dev.serai.error.GatewayError;
import java.util.Optional;

/** A stream that failed for a reason which the client may read. */
public interface StreamFailure {
    /** The reason, for the dialect's error event; empty if the client has read it already, in the provider's own event. */
    Optional<GatewayError> toError(String requestId);
}
