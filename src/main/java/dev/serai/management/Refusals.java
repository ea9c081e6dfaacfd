package dev.serai.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.credits.Dollars;
import dev.serai.payment.PaymentException;
import dev.serai.store.ChangeRefusedException;
import dev.serai.store.DocumentException;
import dev.serai.store.Refusal;
import dev.serai.store.StoreAwayException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a call was not served, in the words of the API. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private Refusals() {}

    /** @param reference leads to the log */
    static ApiException of(Throwable failure, String reference) {
        if (failure instanceof ApiException refused) {
            return refused;
        }
        if (failure instanceof DocumentException document) {
            return ApiException.invalid(document.problems());
        }
        if (failure instanceof ChangeRefusedException refused) {
            return of(refused.refusal());
        }
        if (failure instanceof StoreAwayException) {
            return new ApiException(
                    ApiError.STORE_UNAVAILABLE, "The store cannot be reached for now. Try again in a few seconds.");
        }
        if (failure instanceof PaymentException payment) {
            return new ApiException(
                    payment.reason() == PaymentException.Reason.KEY_REUSED
                            ? ApiError.IDEMPOTENCY_KEY_REUSED
                            : ApiError.PAYMENT_UNAVAILABLE,
                    String.valueOf(payment.getMessage()));
        }
        LOG.atError().addKeyValue("reference", reference).setCause(failure).log("a call of the management API failed");
        return new ApiException(
                ApiError.INTERNAL_ERROR, "That was a mistake of Serai's. The log has it under " + reference + ".");
    }

    private static ApiException of(Refusal refusal) {
        if (refusal instanceof Refusal.Referenced referenced) {
            return new ApiException(
                    ApiError.CONFLICT,
                    "The object is needed by others, which details names. Change them first.",
                    referrers(referenced.by()));
        }
        if (refusal instanceof Refusal.LostUpdate lost) {
            return new ApiException(
                    ApiError.PRECONDITION_FAILED,
                    "Somebody changed the object meanwhile: its version is " + lost.current() + " now.");
        }
        if (refusal instanceof Refusal.Duplicate duplicate) {
            return new ApiException(
                    ApiError.CONFLICT, "There is another object with this " + duplicate.field() + " already.");
        }
        if (refusal instanceof Refusal.Dangling dangling) {
            return ApiException.invalid(
                    dangling.field() + " names what is not in this account: " + String.join(", ", dangling.ids()));
        }
        if (refusal instanceof Refusal.Fixed fixed) {
            return ApiException.invalid(fixed.field() + " never changes");
        }
        if (refusal instanceof Refusal.TooMuch much) {
            return ApiException.invalid("amount must be at most " + Dollars.ofNanos(much.mostNanos()) + ": the "
                    + much.type() + " was no more, or has been refunded already");
        }
        return ApiException.absent();
    }

    private static JsonNode referrers(List<Refusal.Referrer> by) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        by.forEach(one ->
                list.addObject().put("type", one.type()).put("id", one.id()).put("name", one.name()));
        return list;
    }
}
