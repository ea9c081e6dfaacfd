package dev.serai.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.control.Account;
import dev.serai.control.ObjectId;
import dev.serai.control.Stamp;
import dev.serai.credits.Dollars;
import dev.serai.store.AccountPricingJson;
import dev.serai.store.Cursor;
import dev.serai.store.Fields;
import dev.serai.store.ObjectTable;
import dev.serai.store.Page;
import dev.serai.store.Session;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /api/accounts} */
final class AccountResource extends ObjectResource<Account> {
    AccountResource(ControlPlane plane) {
        super(plane, "/api/accounts", "account", "accounts");
    }

    @Override
    ObjectTable<Account> table(Session session) {
        return session.accounts();
    }

    @Override
    Page<Account> page(Session session, Call call, @Nullable Cursor after, int limit) {
        return session.accounts().list(after, limit);
    }

    @Override
    Optional<Account> find(Session session, Call call) {
        return session.accounts().find(call.requireId(), call.requireId());
    }

    @Override
    ObjectNode document(Account account) {
        ObjectNode json = Shapes.object().put("name", account.name());
        json.set("pricing", AccountPricingJson.of(account.pricing()));
        return json;
    }

    @Override
    Made<Account> made(Call call, Session session) {
        Account none = new Account(
                ObjectId.ACCOUNT.generate(plane().random()),
                "new",
                Stamp.first(plane().clock().instant()));
        return new Made<>(session.accounts().insert(call.read(fields -> patched(fields, none))), null);
    }

    @Override
    Account patched(Fields fields, Account before) {
        return new Account(
                before.id(),
                fields.required("name"),
                AccountPricingJson.readNew(fields.object("pricing")),
                before.stamp());
    }

    @Override
    void beforeDelete(Account account, Call call) {
        if (account.id().equals(Account.DEFAULT)) {
            throw new ApiException(ApiError.CONFLICT, "The default account stays.");
        }
        long balance = plane().ledger().balance(account.id()).balanceNanos();
        if (balance != 0) {
            throw new ApiException(
                    ApiError.CONFLICT,
                    (balance > 0 ? "The account has credits left, USD " : "The account owes USD ")
                            + Dollars.ofNanos(Math.abs(balance))
                            + ". Settle that first, with POST /api/credits/adjustments.");
        }
    }
}
