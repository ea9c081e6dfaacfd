package dev.serai.store;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.JdbiException;

/**
 * Makes room for events of the days to come, and forgets those of days that are long ago; their sums, and the charges, stay for ever. Blocks;
 * thread-safe.
 */
public final class UsageRetention {
    private static final int SLICE = 1_000;

    private final Database database;
    private final Clock clock;
    private final UsageParts parts;

    public UsageRetention(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.parts = new UsageParts(database);
    }

    /**
     * Gives today and the next days parts of their own, where the database can do it. Whoever comes too late, or cannot, changes nothing of
     * what is kept: an event whose day has no part is kept as well, and forgotten more slowly.
     *
     * @return how many parts are new
     * @throws StoreException if it cannot be done now
     */
    public int makeRoom() {
        try {
            return parts.make(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        } catch (JdbiException e) {
            throw Failures.of(e);
        }
    }

    /**
     * Deletes events of earlier days: whole parts at once, and the others in small slices between which others write. That they are not all there any more is noted first,
     * so that a crash in between leaves nothing that a check would wonder at. An event of such a day that is settled later is deleted the next
     * time.
     *
     * @param firstKept the first day (UTC) whose events stay
     * @return how many were deleted
     */
    public long forget(LocalDate firstKept) {
        long before = Row.micros(firstKept.atStartOfDay().toInstant(ZoneOffset.UTC));
        try {
            database.writer().useTransaction(handle -> handle.createUpdate("INSERT INTO usage_retention (id, kept_from,"
                            + " updated_at) VALUES (1, :before, :now) ON CONFLICT (id) DO UPDATE SET"
                            + " kept_from = excluded.kept_from, updated_at = excluded.updated_at"
                            + " WHERE usage_retention.kept_from < excluded.kept_from")
                    .bind("before", before)
                    .bind("now", Row.micros(clock.instant()))
                    .execute());
            long all = parts.drop(firstKept);
            for (String account : accounts()) {
                int some;
                do {
                    some = slice(account, before);
                    all += some;
                } while (some == SLICE);
            }
            return all;
        } catch (JdbiException e) {
            throw Failures.of(e);
        }
    }

    /** Who has used something: each event has its part in a sum. */
    private List<String> accounts() {
        return database.reader()
                .inTransaction(handle -> handle.createQuery("SELECT DISTINCT account_id FROM usage_day ORDER BY 1")
                        .mapTo(String.class)
                        .list());
    }

    private int slice(String account, long before) {
        return database.writer().inTransaction(handle -> handle.createUpdate(
                        "DELETE FROM usage_event WHERE id IN (SELECT id FROM usage_event WHERE account_id = :account"
                                + " AND at < :before ORDER BY at LIMIT " + SLICE + ")")
                .bind("account", account)
                .bind("before", before)
                .execute());
    }
}
