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

    private Ledger ledger() {
        return new Ledger(plane.store().database(), plane.clock(), plane.random());
    }

    private Reply balance(Call call) {
        return Reply.ok(shown(ledger().balance(call.accountId())));
    }

    private Reply transactions(Call call) {
        return Lists.reply(
                call,
                ledger().transactions(call.accountId(), Lists.cursor(call), Lists.limit(call)),
                CreditsResource::shown);
    }

    private Reply grant(Call call) {
        Grant grant = call.read(fields -> {
            know(fields, "kind", "expiresAt", "description", "externalId");
            return new Grant(
                    call.accountId(),
                    kind(fields),
                    nanos(fields),
                    expiresAt(fields),
                    Shapes.textOrEmpty(fields, "description"),
                    externalId(call, fields));
        });
        return made(ledger().grant(call.caller().actor(), grant));
    }

    private Reply adjust(Call call) {
        record Adjustment(
                long nanos,
                Instant expiresAt,
                String reason,
                @Nullable String externalId) {}
        Adjustment adjustment = call.read(fields -> {
            know(fields, "expiresAt", "reason", "externalId");
            long nanos = nanos(fields);
            Grant.checkNanos(Math.abs(nanos));
            return new Adjustment(nanos, expiresAt(fields), reason(fields), externalId(call, fields));
        });
        return made(ledger().adjust(
                        call.caller().actor(),
                        call.accountId(),
                        adjustment.nanos,
                        adjustment.expiresAt,
                        adjustment.reason,
                        adjustment.externalId));
    }

    private Reply refund(Call call) {
        Ledger.Refund refund = call.read(fields -> {
            know(fields, "expiresAt", "reason", "externalId");
            return new Ledger.Refund(
                    call.accountId(),
                    fields.text("transactionId"),
                    fields.text("eventId"),
                    nanos(fields),
                    expiresAt(fields),
                    reason(fields),
                    externalId(call, fields));
        });
        return made(ledger().refund(call.caller().actor(), refund));
    }

    private static Reply made(Ledger.Done done) {
        return new Reply(201, shown(done.transaction()), null, null);
    }

    /** There are these fields, whether or not one that is read before them is refused. */
    private static void know(Fields fields, String... names) {
        for (String name : names) {
            fields.has(name);
        }
    }

    private static Lot.Kind kind(Fields fields) {
        String kind = fields.text("kind");
        if (kind == null || kind.equals("purchase")) {
            return Lot.Kind.PURCHASE;
        }
        if (kind.equals("promotional")) {
            return Lot.Kind.PROMOTIONAL;
        }
        throw new IllegalArgumentException("kind must be purchase or promotional");
    }

    private static long nanos(Fields fields) {
        try {
            return Dollars.nanos(fields.required("amount"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("amount " + e.getMessage(), e);
        }
    }

    private Instant expiresAt(Fields fields) {
        Instant now = plane.clock().instant();
        Instant expiresAt = Shapes.time(fields, "expiresAt");
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw new IllegalArgumentException("expiresAt is past");
        }
        return expiresAt == null ? now.plus(Lot.USUAL_LIFE) : expiresAt;
    }

    private static String reason(Fields fields) {
        String reason = fields.required("reason");
        if (reason.isBlank()) {
            throw new IllegalArgumentException("reason is empty");
        }
        return reason;
    }

    private static @Nullable String externalId(Call call, Fields fields) {
        String named = fields.text("externalId");
        if (named != null && named.isBlank()) {
            throw new IllegalArgumentException("externalId is empty");
        }
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
