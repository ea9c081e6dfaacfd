package dev.serai.management;

import dev.serai.payment.PaymentException;
import dev.serai.payment.Receipts;
import dev.serai.payment.StripeNotices;
import dev.serai.store.StoreAwayException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The steps of the web-hook that Stripe calls (https://docs.stripe.com/webhooks). Whoever calls is known by the signature alone. Every
 * status but 2xx has Stripe tell it again, for days: so nothing is lost while something is out of order here.
 */
public final class StripeHook {
    private static final Logger LOG = LoggerFactory.getLogger(StripeHook.class);
    private static final String SIGNATURE = "Stripe-Signature";

    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final AtomicLong warnedNanos = new AtomicLong(System.nanoTime() - QUIET_NANOS);
    private final StripeNotices notices;
    private final Receipts receipts;

    public StripeHook(StripeNotices notices, Receipts receipts) {
        this.notices = notices;
        this.receipts = receipts;
    }

    /** By the names that the route file refers to. */
    public Map<String, Processor> beans() {
        return Map.of(
                "checkStripeSignature", this::check,
                "settlePayment", this::settle,
                "answerStripeFailure", this::refuse);
    }

    private static byte[] body(Exchange exchange) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        return body == null ? new byte[0] : body;
    }

    private void check(Exchange exchange) {
        Object header = exchange.getMessage().getHeader(SIGNATURE);
        // A header that is there twice is a list.
        if (!notices.isSigned(body(exchange), header instanceof String one ? one : null)) {
            LOG.atLevel(mayWarn() ? Level.WARN : Level.DEBUG)
                    .log("somebody without Stripe's signature of these minutes called the web-hook of payments");
            throw ApiException.invalid("the signature is missing, wrong or too old");
        }
    }

    /** Once a minute: anybody on the Internet can call, and fill the log. */
    private boolean mayWarn() {
        long now = System.nanoTime();
        long last = warnedNanos.get();
        return now - last >= QUIET_NANOS && warnedNanos.compareAndSet(last, now);
    }

    private void settle(Exchange exchange) {
        receipts.take(StripeNotices.read(body(exchange)));
        Replies.write(Reply.ok(Shapes.object().put("received", true)), exchange);
    }

    private void refuse(Exchange exchange) {
        @Nullable Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Replies.write(refusal(failure == null ? new IllegalStateException() : failure, exchange), exchange);
    }

    private static ApiException refusal(Throwable failure, Exchange exchange) {
        if (failure instanceof ApiException unsigned) {
            return unsigned;
        }
        String reason = String.valueOf(failure.getMessage());
        if (failure instanceof StoreAwayException || isForLater(failure)) {
            LOG.atWarn().addKeyValue("reason", reason).log("what Stripe tells of a payment has to wait");
            return new ApiException(ApiError.STORE_UNAVAILABLE, "It cannot be written down for now. Tell it again.");
        }
        if (failure instanceof PaymentException || failure instanceof IllegalArgumentException) {
            LOG.atError()
                    .addKeyValue("reason", reason)
                    .log("what Stripe tells of a payment cannot be written into the books; somebody has to look");
            return new ApiException(ApiError.CONFLICT, "It does not fit the books. The log of Serai says why.");
        }
        return Refusals.of(failure, exchange.getExchangeId());
    }

    private static boolean isForLater(Throwable failure) {
        return failure instanceof PaymentException payment && payment.reason() != PaymentException.Reason.CONFLICT;
    }
}
