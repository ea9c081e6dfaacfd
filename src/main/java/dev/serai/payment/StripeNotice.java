package dev.serai.payment;

/** What Stripe tells, as far as it matters to credits. */
public sealed interface StripeNotice {
    /** The id of the event that told it. */
    String eventId();

    /**
     * The money of a session is there.
     *
     * @param cents    in the smallest unit of the currency
     * @param currency in small letters
     */
    record Paid(String eventId, String sessionId, String accountId, long cents, String currency)
            implements StripeNotice {}

    /**
     * Money went back to the buyer, or that did not last.
     *
     * @param id            of the refund, or of the dispute
     * @param kind          {@code refund} or {@code dispute}
     * @param paymentIntent the payment that it concerns
     * @param isUndone      whether the money stays here after all
     */
    record Reversal(
            String eventId, String id, String kind, String paymentIntent, long cents, String currency, boolean isUndone)
            implements StripeNotice {}

    /** Nothing to do. */
    record Irrelevant(String eventId, String type) implements StripeNotice {}
}
