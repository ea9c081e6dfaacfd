package dev.serai.management;

import dev.serai.credits.Dollars;
import dev.serai.payment.CheckoutSession;
import dev.serai.payment.PaymentProvider;
import dev.serai.payment.Purchase;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code /api/credits/checkout-session}: a page on which an account pays for credits. It gets them when the money is there. */
final class CheckoutResource implements Resource {
    private final ControlPlane plane;
    private final Supplier<Optional<PaymentProvider>> payments;

    CheckoutResource(ControlPlane plane, Supplier<Optional<PaymentProvider>> payments) {
        this.plane = plane;
        this.payments = payments;
    }

    @Override
    public Map<String, Function<Call, Reply>> operations() {
        return Map.of("create-checkout-session", this::open);
    }

    private Reply open(Call call) {
        String key = idempotencyKey(call);
        Purchase purchase = call.read(fields -> new Purchase(
                call.accountId(),
                fields.required("amount", CheckoutResource::cents, 0L),
                fields.required("successUrl"),
                fields.required("cancelUrl"),
                key));
        PaymentProvider provider = payments.get()
                .orElseThrow(() -> new ApiException(
                        ApiError.BUYING_NOT_SET_UP,
                        "Buying is not set up here. Ask the operator to grant credits, or to set serai.stripe-secret-key and"
                                + " serai.stripe-webhook-secret."));
        CheckoutSession session = provider.open(purchase);
        return new Reply(
                201,
                Shapes.object()
                        .put("id", session.id())
                        .put("url", session.url())
                        .put("accountId", purchase.accountId())
                        .put("amount", Dollars.ofNanos(purchase.cents() * Dollars.NANOS_PER_CENT))
                        .put("expiresAt", session.expiresAt().toString()),
                null,
                null);
    }

    private static long cents(String amount) {
        long nanos = Dollars.nanos(amount);
        if (nanos % Dollars.NANOS_PER_CENT != 0) {
            throw new IllegalArgumentException("must be in whole cents");
        }
        return nanos / Dollars.NANOS_PER_CENT;
    }

    /** What the caller chose, apart from what other callers choose; otherwise each call is one of its own. */
    private String idempotencyKey(Call call) {
        Repetition repetition = call.repetition();
        return "serai-"
                + (repetition == null
                        ? UUID.randomUUID().toString()
                        : plane.pepper()
                                .hash(String.join("\0", call.caller().keyId(), call.accountId(), repetition.key()))
                                .hex());
    }
}
