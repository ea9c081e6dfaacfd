package dev.serai.store;

import dev.serai.credits.Standing;
import dev.serai.credits.Transaction;
import dev.serai.usage.UsageEvent;
import dev.serai.usage.UsageLog;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Keeps events, and charges their accounts, in one transaction of the database: so many statements as there are tables, not events. */
final class Settlement {
    private static final String KEEP =
            "INSERT INTO usage_event (id, account_id, access_key_id, provider, model, attempt,"
                    + " is_final, at, settlement, charge, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (id, at) DO NOTHING";
    private static final int MOST_IN_A_LIST = 400;

    private final Books books;
    private final String node;

    Settlement(Books books, String node) {
        this.books = books;
        this.node = node;
    }

    /** What the events of an account cost together. */
    private static final class Charge {
        long nanos;
        long model;
        long events;
        Instant oldest = Instant.MAX;

        void add(UsageEvent event) {
            nanos = Math.addExact(nanos, event.chargeNanos());
            model = Math.addExact(
                    model, Math.min(event.chargeNanos(), event.bill().modelNanos()));
            events++;
            oldest = event.at().isBefore(oldest) ? event.at() : oldest;
        }
    }

    UsageLog.Posting post(List<UsageEvent> events) {
        Map<String, UsageEvent> once = new LinkedHashMap<>();
        events.forEach(event -> once.putIfAbsent(event.id(), event));
        List<UsageEvent> kept = keep(once.values());
        UsageDays days = new UsageDays();
        // Accounts in one order everywhere, so that the order of events has no influence on the books.
        Map<String, Charge> charges = new TreeMap<>();
        for (UsageEvent event : kept) {
            days.add(event);
            if (event.chargeNanos() > 0) {
                charges.computeIfAbsent(event.call().accountId(), id -> new Charge())
                        .add(event);
            }
        }
        days.write(books.handle());
        return new UsageLog.Posting(kept.size(), charge(charges));
    }

    private List<UsageEvent> keep(Collection<UsageEvent> events) {
        try (PreparedStatement keep = books.handle().getConnection().prepareStatement(KEEP)) {
            for (UsageEvent event : events) {
                bind(keep, event);
                keep.addBatch();
            }
            int[] counts = keep.executeBatch();
            List<UsageEvent> kept = new ArrayList<>(events.size());
            int i = 0;
            for (UsageEvent event : events) {
                if (counts[i++] == 1) {
                    kept.add(event);
                }
            }
            return kept;
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    private void bind(PreparedStatement keep, UsageEvent event) throws SQLException {
        int i = 0;
        keep.setString(++i, UsageEventJson.clean(event.id()));
        keep.setString(++i, UsageEventJson.clean(event.call().accountId()));
        keep.setString(++i, UsageEventJson.clean(event.call().accessKeyId()));
        keep.setString(++i, UsageEventJson.clean(event.target().provider()));
        keep.setString(++i, UsageEventJson.clean(event.target().model()));
        keep.setInt(++i, event.attempt());
        keep.setInt(++i, event.isFinal() ? 1 : 0);
        keep.setLong(++i, Row.micros(event.at()));
        keep.setLong(++i, books.position());
        keep.setLong(++i, event.chargeNanos());
        keep.setString(++i, new String(UsageEventJson.write(event), StandardCharsets.UTF_8));
    }

    private List<Standing> charge(Map<String, Charge> charges) {
        if (charges.isEmpty()) {
            return List.of();
        }
        books.load(charges.keySet());
        Map<String, Long> before = new HashMap<>();
        charges.forEach((id, charge) -> {
            AccountBook account = books.account(id);
            before.put(id, account.balance);
            post(account, charge);
        });
        books.flush();
        takeFromLeases(charges);
        Map<String, Long> leased = leased(List.copyOf(charges.keySet()));
        return charges.keySet().stream()
                .map(id -> {
                    AccountBook account = books.account(id);
                    return new Standing(
                            id,
                            leased.getOrDefault(id, 0L),
                            account.balance,
                            before.getOrDefault(id, 0L),
                            account.granted);
                })
                .toList();
    }

    private void post(AccountBook account, Charge charge) {
        List<AccountBook.Entry> entries = account.take(charge.nanos, books.nowMicros());
        long fee = charge.nanos - charge.model;
        if (charge.model > 0) {
            entries.add(AccountBook.Entry.of("model-costs", charge.model));
        }
        if (fee > 0) {
            entries.add(AccountBook.Entry.of("fees", fee));
        }
        books.post(
                account,
                new Books.Note(
                        Transaction.Kind.CHARGE,
                        charge.events,
                        Row.micros(charge.oldest),
                        "",
                        "system:settlement",
                        null,
                        null,
                        null),
                entries);
    }

    private void takeFromLeases(Map<String, Charge> charges) {
        PreparedBatch batch = books.handle()
                .prepareBatch("UPDATE credit_lease SET amount = CASE WHEN amount > :charge THEN amount - :charge"
                        + " ELSE 0 END WHERE account_id = :account AND node = :node");
        charges.forEach((id, charge) -> batch.bind("charge", charge.nanos)
                .bind("account", id)
                .bind("node", node)
                .add());
        batch.execute();
    }

    private Map<String, Long> leased(List<String> ids) {
        Map<String, Long> leased = new HashMap<>();
        for (int from = 0; from < ids.size(); from += MOST_IN_A_LIST) {
            books.handle()
                    .createQuery("SELECT account_id, amount FROM credit_lease WHERE node = :node"
                            + " AND account_id IN (<ids>)")
                    .bind("node", node)
                    .bindList("ids", ids.subList(from, Math.min(ids.size(), from + MOST_IN_A_LIST)))
                    .map((result, context) -> Map.entry(result.getString("account_id"), result.getLong("amount")))
                    .forEach(lease -> leased.put(lease.getKey(), lease.getValue()));
        }
        return leased;
    }
}
