package dev.serai.management;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.credits.Balance;
import dev.serai.credits.Dollars;
import dev.serai.credits.Grant;
import dev.serai.credits.Lot;
import dev.serai.credits.Transaction;
import dev.serai.store.Fields;
import dev.serai.store.Ledger;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/credits}: what an account has, and what it was given and charged. Changes of the books are no changes of the store, and
 * are not waited for by them; what is sent again with the same {@code externalId} or {@code Idempotency-Key} is done once.
 */
final class CreditsResource implements Resource {
    private final ControlPlane plane;

    CreditsResource(ControlPlane plane) {
        this.plane = plane;
    }

    @Override
    public Map<String, Function<Call, Reply>> operations() {
        return Map.of(
                "get-credit-balance", this::balance,
                "list-credit-transactions", this::transactions,
                "create-credit-grant", this::grant,
                "create-credit-adjustment", this::adjust,
                "create-credit-refund", this::refund);
    }

    private Reply balance(Call call) {
        return Reply.ok(shown(plane.ledger().balance(call.accountId())));
    }

    private Reply transactions(Call call) {
        return Lists.reply(
                call,
                plane.ledger().transactions(call.accountId(), Lists.cursor(call), Lists.limit(call)),
                CreditsResource::shown);
    }

    private Reply grant(Call call) {
        Grant grant = call.read(fields -> {
            return new Grant(
                    call.accountId(),
                    kind(fields),
                    Shapes.amount(fields),
                    expiresAt(fields),
                    Shapes.textOrEmpty(fields, "description"),
                    externalId(call, fields));
        });
        return made(plane.ledger().grant(call.caller().actor(), grant));
    }

    private Reply adjust(Call call) {
        record Adjustment(
                long nanos,
                Instant expiresAt,
                String reason,
                @Nullable String externalId) {}
        Adjustment adjustment = call.read(fields -> {
            long nanos = Shapes.amount(fields);
            Grant.checkNanos(Math.abs(nanos));
            return new Adjustment(nanos, expiresAt(fields), reason(fields), externalId(call, fields));
        });
        return made(plane.ledger()
                .adjust(
                        call.caller().actor(),
                        call.accountId(),
                        adjustment.nanos,
                        adjustment.expiresAt,
                        adjustment.reason,
                        adjustment.externalId));
    }

    private Reply refund(Call call) {
        Ledger.Refund refund = call.read(fields -> {
            return new Ledger.Refund(
                    call.accountId(),
                    fields.text("transactionId"),
                    fields.text("eventId"),
                    Shapes.amount(fields),
                    expiresAt(fields),
                    reason(fields),
                    externalId(call, fields));
        });
        return made(plane.ledger().refund(call.caller().actor(), refund));
    }

    private static Reply made(Ledger.Done done) {
        return new Reply(201, shown(done.transaction()), null, null);
    }

    private static Lot.Kind kind(Fields fields) {
        Lot.Kind kind = fields.parsed("kind", text -> switch (text) {
            case "purchase" -> Lot.Kind.PURCHASE;
            case "promotional" -> Lot.Kind.PROMOTIONAL;
            default -> throw new IllegalArgumentException("must be purchase or promotional");
        });
        return kind == null ? Lot.Kind.PURCHASE : kind;
    }

    private Instant expiresAt(Fields fields) {
        Instant now = plane.clock().instant();
        Instant expiresAt = fields.parsed("expiresAt", text -> {
            Instant time = Shapes.time(text);
            if (!time.isAfter(now)) {
                throw new IllegalArgumentException("is past");
            }
            return time;
        });
        return expiresAt == null ? now.plus(Lot.USUAL_LIFE) : expiresAt;
    }

    private static String reason(Fields fields) {
        return fields.required("reason", CreditsResource::notEmpty, "");
    }

    private static String notEmpty(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("is empty");
        }
        return text;
    }

    private static @Nullable String externalId(Call call, Fields fields) {
        String named = fields.parsed("externalId", CreditsResource::notEmpty);
        Repetition repetition = call.repetition();
        return named != null || repetition == null
                ? named
                : String.join(
                        ":",
                        "idempotency",
                        call.caller().keyId(),
                        call.operation().id(),
                        repetition.key());
    }

    private static ObjectNode shown(Balance balance) {
        ObjectNode json = Shapes.object()
                .put("accountId", balance.accountId())
                .put("balance", Dollars.ofNanos(balance.balanceNanos()))
                .put("overdraft", Dollars.ofNanos(balance.overdraftNanos()))
                .put("leased", Dollars.ofNanos(balance.leasedNanos()))
                .put("granted", Dollars.ofNanos(balance.grantedNanos()));
        ArrayNode lots = json.putArray("lots");
        balance.lots().forEach(lot -> lots.addObject()
                .put("id", lot.id())
                .put("kind", lower(lot.kind()))
                .put("granted", Dollars.ofNanos(lot.grantedNanos()))
                .put("left", Dollars.ofNanos(lot.leftNanos()))
                .put("expiresAt", lot.expiresAt().toString())
                .put("createdAt", lot.createdAt().toString()));
        return json;
    }

    private static ObjectNode shown(Transaction transaction) {
        ObjectNode json = Shapes.object()
                .put("id", transaction.id())
                .put("createdAt", transaction.at().toString())
                .put("accountId", transaction.accountId())
                .put("kind", lower(transaction.kind()))
                .put("amount", Dollars.ofNanos(transaction.nanos()))
                .put("events", transaction.events())
                .put("description", transaction.description())
                .put("actor", transaction.actor());
        if (transaction.externalId() != null) {
            json.put("externalId", transaction.externalId());
        }
        if (transaction.refersTo() != null) {
            json.put("refersTo", transaction.refersTo());
        }
        return json;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
