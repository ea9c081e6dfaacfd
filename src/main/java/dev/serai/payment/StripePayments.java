package dev.serai.payment;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionListParams;
import dev.serai.access.Secrets;
import dev.serai.payment.PaymentException.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stripe Checkout (https://docs.stripe.com/api/checkout/sessions), through Stripe's own client. Tries once; who asked may ask again. */
public final class StripePayments implements PaymentProvider {
    /** Which account of Serai's a session of Stripe's is for; a session without it is none of Serai's. */
    static final String ACCOUNT = "serai_account";

    static final String CURRENCY = "usd";

    private static final Logger LOG = LoggerFactory.getLogger(StripePayments.class);
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 10_000;

    /** The admin port has few threads, and a Stripe that is slow must not take them all. */
    private static final int AT_ONCE = 2;

    static {
        // How long the last call took is nothing that Stripe has to know.
        Stripe.enableTelemetry = false;
    }

    private final StripeClient client;
    private final Secrets masked;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** @param masked what must not get into the log, although Stripe may quote it */
    public StripePayments(StripeKeys keys, Secrets masked) {
        this(keys, masked, READ_MILLIS);
    }

    StripePayments(StripeKeys keys, Secrets masked, int readMillis) {
        this.masked = masked;
        client = StripeClient.builder()
                .setApiKey(keys.secretKey().reveal())
                .setApiBase(keys.apiBase())
                .setConnectTimeout(CONNECT_MILLIS)
                .setReadTimeout(readMillis)
                .setMaxNetworkRetries(0)
                .build();
    }

    @Override
    public CheckoutSession open(Purchase purchase) {
        RequestOptions once = RequestOptions.builder()
                .setIdempotencyKey(purchase.idempotencyKey())
                .build();
        Session session = ask(() -> client.v1().checkout().sessions().create(parameters(purchase), once));
        if (session.getId() == null || session.getUrl() == null || session.getExpiresAt() == null) {
            throw new PaymentException(Reason.UNAVAILABLE, "Stripe answered without a page to pay on.");
        }
        return new CheckoutSession(session.getId(), session.getUrl(), Instant.ofEpochSecond(session.getExpiresAt()));
    }

    private static SessionCreateParams parameters(Purchase purchase) {
        Map<String, String> metadata = Map.of(ACCOUNT, purchase.accountId());
        return SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setSuccessUrl(purchase.successUrl())
                .setCancelUrl(purchase.cancelUrl())
                .setClientReferenceId(purchase.accountId())
                .putAllMetadata(metadata)
                .setPaymentIntentData(SessionCreateParams.PaymentIntentData.builder()
                        .putAllMetadata(metadata)
                        .build())
                .addLineItem(SessionCreateParams.LineItem.builder()
                        .setQuantity(1L)
                        .setPriceData(SessionCreateParams.LineItem.PriceData.builder()
                                .setCurrency(CURRENCY)
                                .setUnitAmount(purchase.cents())
                                .setProductData(SessionCreateParams.LineItem.PriceData.ProductData.builder()
                                        .setName("Credits")
                                        .build())
                                .build())
                        .build())
                .build();
    }

    /**
     * Ids of the sessions that led to a payment and are Serai's. Blocks.
     *
     * @throws PaymentException if Stripe cannot be asked
     */
    List<String> sessionsOf(String paymentIntent) {
        SessionListParams parameters =
                SessionListParams.builder().setPaymentIntent(paymentIntent).build();
        return ask(() -> client.v1().checkout().sessions().list(parameters)).getData().stream()
                .filter(session ->
                        session.getMetadata() != null && session.getMetadata().containsKey(ACCOUNT))
                .map(Session::getId)
                .toList();
    }

    private interface Question<T> {
        T ask() throws StripeException;
    }

    private <T> T ask(Question<T> question) {
        if (!places.tryAcquire()) {
            throw new PaymentException(
                    Reason.UNAVAILABLE, "Stripe is being asked by others just now. Try again in a few seconds.");
        }
        try {
            return question.ask();
        } catch (StripeException e) {
            throw failed(e);
        } finally {
            places.release();
        }
    }

    /** In words of our own: Stripe's may quote what was sent. */
    private PaymentException failed(StripeException failure) {
        LOG.atWarn()
                .addKeyValue("status", failure.getStatusCode())
                .addKeyValue("code", failure.getCode())
                .addKeyValue("stripeRequest", failure.getRequestId())
                .addKeyValue("reason", masked.redact(String.valueOf(failure.getMessage())))
                .log("Stripe did not do what it was asked");
        if (failure instanceof IdempotencyException) {
            return new PaymentException(
                    Reason.KEY_REUSED,
                    "This idempotency key came with another purchase before. Take a new one.",
                    failure);
        }
        if (failure instanceof ApiConnectionException
                || failure instanceof RateLimitException
                || failure instanceof ApiException) {
            return new PaymentException(
                    Reason.UNAVAILABLE,
                    "Stripe cannot be reached, or has too much to do. Nothing was paid. Try again later.",
                    failure);
        }
        return new PaymentException(
                Reason.REFUSED,
                "Stripe refused the request" + code(failure.getCode())
                        + ". Nothing was paid. The log of Serai says more.",
                failure);
    }

    private static String code(@Nullable String code) {
        return code == null || !code.matches("[a-z_]{1,60}") ? "" : " (" + code + ")";
    }
}
