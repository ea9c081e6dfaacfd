package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.control.Account;
import dev.serai.control.Actor;
import dev.serai.credits.Balance;
import dev.serai.credits.Dollars;
import dev.serai.credits.Grant;
import dev.serai.credits.Lot;
import dev.serai.store.Cursor;
import dev.serai.store.Database;
import dev.serai.store.DatabaseUrl;
import dev.serai.store.Ledger;
import dev.serai.store.Migrations;
import dev.serai.store.Page;
import dev.serai.store.StoreCheck;
import dev.serai.store.UsageRecords;
import dev.serai.usage.EventFilter;
import dev.serai.usage.UsageEvent;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The books of an account that was given a thousand dollars, looked at from outside of Serai. */
final class PaidBooks {
    private static final long GRANTED_NANOS = Dollars.nanos("1000");

    private final DatabaseUrl url;

    PaidBooks(DatabaseUrl url) {
        this.url = url;
    }

    /** Makes the schema and the grant. */
    void open() throws IOException {
        try (Database database = Database.open(url)) {
            new Migrations(database).migrate();
            Grant grant = new Grant(
                    Account.DEFAULT,
                    Lot.Kind.PURCHASE,
                    GRANTED_NANOS,
                    Instant.now().plus(Duration.ofDays(365)),
                    "for a test",
                    null);
            ledger(database).grant(new Actor(Actor.Kind.COMMAND, "test"), grant);
        }
    }

    private static Ledger ledger(Database database) {
        return new Ledger(database, Clock.systemUTC(), new SecureRandom());
    }

    /**
     * Fails unless all of these are charged, everything is charged once, and the books are sound; nothing may be held any more.
     *
     * @return how many requests were charged
     */
    int check(Set<String> seenWhole) throws IOException {
        try (Database database = Database.open(url)) {
            Map<String, Integer> charged = charged(database);
            assertThat(seenWhole).isNotEmpty().allSatisfy(id -> assertThat(charged)
                    .containsEntry(id, 1));
            assertThat(charged.values()).allMatch(times -> times == 1);
            Balance balance = ledger(database).balance(Account.DEFAULT);
            assertThat(balance.leasedNanos()).isZero();
            assertThat(GRANTED_NANOS - balance.balanceNanos()).isEqualTo(charged.size() * PaidProvider.COST_NANOS);
            assertThat(ledger(database).verify()).isNotEmpty().allMatch(StoreCheck.Finding::isGood);
            return charged.size();
        }
    }

    /** How often each request was charged. */
    private static Map<String, Integer> charged(Database database) {
        Map<String, Integer> charged = new HashMap<>();
        UsageRecords records = new UsageRecords(database);
        @Nullable Cursor after = null;
        do {
            Page<UsageEvent> page = records.events(EventFilter.of(Account.DEFAULT), after, Page.MAX_LIMIT);
            for (UsageEvent event : page.items()) {
                if (event.chargeNanos() > 0) {
                    assertThat(event.result().outcome()).isIn("answered", "cancelled", "broken");
                    charged.merge(event.call().requestId(), 1, Integer::sum);
                }
            }
            after = page.next();
        } while (after != null);
        return charged;
    }
}
