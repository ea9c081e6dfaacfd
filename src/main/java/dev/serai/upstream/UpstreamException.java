package dev.serai.upstream;

import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayError;
import dev.serai.gateway.StreamFailure;

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
    public GatewayError toError(String requestId) {
        String message = "The provider's stream broke off: " + outcome.reason() + ". What came before is incomplete.";
        return new GatewayError(
                ErrorCode.PROVIDER_FAILED.status(), ErrorCode.PROVIDER_FAILED.code(), message, null, requestId);
    }
}
