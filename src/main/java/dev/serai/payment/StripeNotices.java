package dev.serai.payment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import dev.serai.access.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads events as Stripe sends them to a web-hook (https://docs.stripe.com/api/events), once it is certain that Stripe sent them. Of the
 * JSON it wants a few fields only, which are the same in every version of Stripe's API. Thread-safe.
 */
public final class StripeNotices {
    /** How old a signature may be: longer, and somebody may have kept it for a while. */
    private static final long TOLERANCE_SECONDS = Webhook.DEFAULT_TOLERANCE;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> UNDONE = Set.of("failed", "canceled");

    private final Secret secret;
    private final Clock clock;

    public StripeNotices(Secret secret, Clock clock) {
        this.secret = secret;
        this.clock = clock;
    }

    /**
     * Looks whether Stripe signed this, just now. Nothing of it is read before.
     *
     * @param header what {@code Stripe-Signature} says; null for nothing
     */
    public boolean isSigned(byte[] body, @Nullable String header) {
        if (header == null) {
            return false;
        }
        try {
            return Webhook.Signature.verifyHeader(
                    new String(body, StandardCharsets.UTF_8), header, secret.reveal(), TOLERANCE_SECONDS, clock);
        } catch (SignatureVerificationException | RuntimeException e) {
            // Stripe's client trips over headers such as "t", which anybody can send.
            return false;
        }
    }

    /** @throws IllegalArgumentException if it is no event of the published form */
    public static StripeNotice read(byte[] body) {
        JsonNode event;
        try {
            event = JSON.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the event cannot be read as JSON", e);
        }
        String id = text(event, "id");
        String type = text(event, "type");
        JsonNode object = event.path("data").path("object");
        StripeNotice notice =
                switch (type) {
                    case "checkout.session.completed", "checkout.session.async_payment_succeeded" -> paid(id, object);
                    case "refund.created", "refund.updated", "refund.failed" ->
                        reversal(
                                id,
                                object,
                                "refund",
                                UNDONE.contains(object.path("status").asText()));
                    case "charge.dispute.funds_withdrawn" -> reversal(id, object, "dispute", false);
                    case "charge.dispute.funds_reinstated" -> reversal(id, object, "dispute", true);
                    default -> null;
                };
        return notice == null ? new StripeNotice.Irrelevant(id, type) : notice;
    }

    /** Nothing, if the money is still on its way, or is for something else that is sold with the same account of Stripe's. */
    private static @Nullable StripeNotice paid(String eventId, JsonNode session) {
        JsonNode account = session.path("metadata").path(StripePayments.ACCOUNT);
        if (!account.isTextual()
                || !session.path("mode").asText().equals("payment")
                || !session.path("payment_status").asText().equals("paid")) {
            return null;
        }
        return new StripeNotice.Paid(
                eventId,
                text(session, "id"),
                account.asText(),
                cents(session, "amount_total"),
                text(session, "currency"));
    }

    private static @Nullable StripeNotice reversal(String eventId, JsonNode object, String kind, boolean isUndone) {
        JsonNode payment = object.path("payment_intent");
        if (!payment.isTextual()) {
            // Checkout always makes one.
            return null;
        }
        return new StripeNotice.Reversal(
                eventId,
                text(object, "id"),
                kind,
                payment.asText(),
                cents(object, "amount"),
                text(object, "currency"),
                isUndone);
    }

    private static String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isTextual() || value.asText().isEmpty() || value.asText().length() > 255) {
            throw new IllegalArgumentException("the event has no " + field);
        }
        return value.asText();
    }

    private static long cents(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
            throw new IllegalArgumentException("the event has no " + field);
        }
        return value.asLong();
    }
}
