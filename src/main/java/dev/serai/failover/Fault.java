package dev.serai.failover;

import java.util.Locale;

/** What was wrong with an attempt, as far as it decides what to do next. {@code config/failover.yaml} has a line for each that has a choice. */
public enum Fault {
    /** No connection: name, network, TLS, no free place. */
    UNREACHABLE(Blame.PROVIDER),
    /** The connection was lost before any content. */
    RESET(Blame.PROVIDER),
    /** 500 or 502. */
    SERVER_ERROR(Blame.PROVIDER),
    /** 408, 409, 425, 503, 504, 529 and what else says: not now. */
    UNAVAILABLE(Blame.PROVIDER),
    /** A clock ran out before any content. */
    TIMED_OUT(Blame.PROVIDER),
    /** A success status, and no answer behind it. */
    UNUSABLE(Blame.PROVIDER),
    /** Too many requests with this key, for a while. */
    RATE_LIMITED(Blame.KEY),
    /** No money or quota left behind this key. */
    QUOTA_EXHAUSTED(Blame.KEY),
    /** 401 or 403. */
    CREDENTIAL_REFUSED(Blame.KEY),
    /** The provider does not have the model. */
    MODEL_NOT_FOUND(Blame.REQUEST),
    /** The request is at fault, in the eyes of this model. */
    INVALID_REQUEST(Blame.REQUEST),
    /** Longer than this model can read. */
    CONTEXT_TOO_LONG(Blame.REQUEST),
    /** A policy or a filter refused the content. */
    CONTENT_FILTERED(Blame.REQUEST),
    /** Cannot be said in the provider's dialect; nothing was sent. */
    UNTRANSLATABLE(Blame.REQUEST),
    /** Its breaker is open, or it has no place for one more request; nothing was sent. */
    LEFT_ALONE(Blame.NOBODY),
    /** The stream failed after its first content. There is a choice only if it was held back and the client has seen nothing of it. */
    BROKEN(Blame.PROVIDER),
    /** The client left. */
    CANCELLED(Blame.NOBODY);

    private enum Blame {
        PROVIDER,
        KEY,
        REQUEST,
        NOBODY
    }

    private final Blame blame;

    Fault(Blame blame) {
        this.blame = blame;
    }

    /** @throws IllegalArgumentException if there is none with this label */
    public static Fault named(String label) {
        return Labels.require(values(), Fault::label, label);
    }

    /** As in files, headers and metrics: {@code rate-limited}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it speaks against the provider: such a fault counts for its breaker. */
    public boolean isProvidersFault() {
        return blame == Blame.PROVIDER;
    }

    /** Whether another key of the same provider may do better. */
    boolean isOfKey() {
        return blame == Blame.KEY;
    }
}
