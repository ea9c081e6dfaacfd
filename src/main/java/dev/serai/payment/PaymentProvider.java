package dev.serai.payment;

/**
 * Who takes money for credits. A bean of this type with the name {@value #BEAN} in Camel's registry takes the place of Stripe; what it is
 * told of payments it turns into grants, by {@code POST /api/credits/grants} with the id of the payment as {@code externalId}. Thread-safe.
 */
@FunctionalInterface
public interface PaymentProvider {
    /** What the bean is called. */
    String BEAN = "paymentProvider";

    /**
     * Opens a page where somebody pays. Gives no credits: that is for the moment when the money is there. Blocks, for seconds at most.
     *
     * @throws PaymentException if there is no such page now
     */
    CheckoutSession open(Purchase purchase);
}
