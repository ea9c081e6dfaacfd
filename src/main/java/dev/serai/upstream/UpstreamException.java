package dev.serai.upstream;

import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayError;
import dev.serai.error.GatewayException;
import dev.serai.gateway.StreamFailure;
import java.util.Optional;

/** An attempt that gave no answer. An ordinary outcome, so it carries no stack trace. */
public final class UpstreamException extends Exception implements StreamFailure {
    private static final long serialVersionUID = 1L;

    private final transient Outcome.Failure outcome;

    public UpstreamException(Outcome.Failure outcome) {
        super(outcome.reason(), null, false, false);
        this.outcome = outcome;
    }

    public Outcome.Failure outcome() {
        return outcome;
    }

    @Override
    public Optional<GatewayError> toError(String requestId) {
        if (outcome instanceof Outcome.Broken broken && broken.told()) {
            return Optional.empty();
        }
        String message = "The provider's stream broke off: " + outcome.reason() + ". What came before is incomplete.";
        return Optional.of(new GatewayException(ErrorCode.PROVIDER_FAILED, message).toError(requestId));
    }
}
