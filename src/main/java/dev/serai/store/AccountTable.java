package dev.serai.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.control.Account;
import dev.serai.control.AccountPricing;
import dev.serai.control.Stamp;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The accounts. An account is its own account: it is found under its id twice. */
public final class AccountTable extends ObjectTable<Account> {
    private static final Map<String, String> CONTENTS = Map.of(
            "access_key", "access-key",
            "api_key", "api-key",
            "key_configuration", "access-key-configuration",
            "provider_key", "provider-key",
            "custom_provider", "provider");

    AccountTable(Handle handle, @Nullable Journal journal) {
        super(handle, journal, new Form("account", "account", "id", "id"));
    }

    /** A page of all accounts, newest first. */
    public Page<Account> list(@Nullable Cursor after, int limit) {
        return page("1 = 1", null, after, limit);
    }

    @Override
    Account read(Row row) throws SQLException {
        String pricing = row.optionalText("pricing");
        return new Account(
                row.text("id"),
                row.text("name"),
                pricing == null
                        ? AccountPricing.NONE
                        : Fields.of(Json.parse(pricing)).make(AccountPricingJson::read),
                row.stamp());
    }

    @Override
    Map<String, @Nullable Object> values(Account account) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("name", account.name());
        boolean isUsual = account.pricing().equals(AccountPricing.NONE);
        values.put(
                "pricing",
                isUsual ? null : AccountPricingJson.of(account.pricing()).toString());
        return values;
    }

    @Override
    ObjectNode shown(Account account) {
        ObjectNode json = Json.shown(account.id(), account.name(), account.stamp());
        json.set("pricing", AccountPricingJson.of(account.pricing()));
        return json;
    }

    @Override
    Account stamped(Account account, Stamp stamp) {
        return new Account(account.id(), account.name(), account.pricing(), stamp);
    }

    @Override
    void beforeWrite(Account account, @Nullable Account before) {
        if (before == null && find(account.id(), account.id()).isPresent()) {
            throw new ChangeRefusedException(new Refusal.Duplicate("account", "id", account.id()));
        }
    }

    /** Everything that is in it, but for its gateway configuration, which goes with it. */
    @Override
    List<Refusal.Referrer> referrers(Account account) {
        List<Refusal.Referrer> referrers = new ArrayList<>();
        CONTENTS.forEach((table, type) -> referrers.addAll(referrers(
                type,
                "SELECT id, name FROM " + table + " WHERE account_id = :account ORDER BY created_at",
                account.id(),
                account.id())));
        return referrers;
    }
}
