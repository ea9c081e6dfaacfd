package dev.serai.sandbox;

import dev.serai.error.GatewayError;
import dev.serai.gateway.StreamFailure;
import java.util.Optional;

/** A pretend model that said no more. It was told to, so there is no stack trace. */
final class SilenceException extends RuntimeException implements StreamFailure {
    private static final long serialVersionUID = 1L;

    SilenceException() {
        super(ScriptWriter.NOTICE + "it kept silent for as long as it stalls, and gives up.", null, false, false);
    }

    @Override
    public Optional<GatewayError> toError(String requestId) {
        return Optional.of(error(requestId));
    }

    GatewayError error(String requestId) {
        return new GatewayError(504, "timed_out", String.valueOf(getMessage()), null, requestId);
    }
}
