package dev.serai.payment;

/** Why a payment does not go on. The message holds no secret, and nothing of what a buyer sent. */
public final class PaymentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What kind of failure. */
    public enum Reason {
        /** The provider cannot be reached, or has a mistake or too much to do: later it may do. */
        UNAVAILABLE,
        /** The provider does not want this request, or this Serai. */
        REFUSED,
        /** The idempotency key came with another purchase. */
        KEY_REUSED,
        /** Something is said to be paid that does not fit the books. Money was taken: somebody has to look. */
        CONFLICT
    }

    public PaymentException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public PaymentException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
