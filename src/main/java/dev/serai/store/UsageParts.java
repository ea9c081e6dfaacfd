package dev.serai.store;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The parts of the table of events, on PostgreSQL: one for each day (UTC), {@code usage_event_d} and its number from 1970-01-01, and the rest
 * for days without one. SQLite has no parts of tables, and does nothing here. Each change keeps others waiting for a moment, and gives up
 * if it has to wait for others for longer than that. Blocks; thread-safe.
 */
final class UsageParts {
    private static final String REST = "usage_event_rest";
    private static final String PREFIX = "usage_event_d";
    private static final int DAYS_AHEAD = 3;

    private final Database database;

    UsageParts(Database database) {
        this.database = database;
    }

    /** What the statement that makes the table ends with. */
    static String clause(Database database) {
        return database.isPostgres() ? "PARTITION BY RANGE (at)" : "";
    }

    /** What makes the rest. */
    static String restStatement(Database database) {
        return database.isPostgres() ? "CREATE TABLE " + REST + " PARTITION OF usage_event DEFAULT;" : "";
    }

    /**
     * Gives this day and the next ones parts. What is kept of them already moves there.
     *
     * @return how many are new
     */
    int make(LocalDate today) {
        if (!database.isPostgres()) {
            return 0;
        }
        long from = today.toEpochDay();
        Set<Long> there = days();
        List<Long> missing = LongStream.rangeClosed(from, from + DAYS_AHEAD)
                .filter(day -> !there.contains(day))
                .boxed()
                .toList();
        Jdbi writer = database.writer();
        return missing.stream()
                .mapToInt(day -> writer.inTransaction(handle -> make(handle, day)))
                .sum();
    }

    private static int make(Handle handle, long day) {
        lock(handle);
        if (isThere(handle, day)) { // another node was faster
            return 0;
        }
        handle.execute("CREATE TABLE " + name(day) + " (LIKE usage_event INCLUDING ALL)");
        handle.execute("WITH moved AS (DELETE FROM " + REST + " WHERE " + in(day) + " RETURNING *) INSERT INTO "
                + name(day) + " SELECT * FROM moved");
        handle.execute("ALTER TABLE usage_event ATTACH PARTITION " + name(day) + " FOR VALUES FROM ("
                + UsageDays.begin(day) + ") TO (" + UsageDays.begin(day + 1) + ")");
        return 1;
    }

    /**
     * Drops the parts of earlier days.
     *
     * @return how many events were in them
     */
    long drop(LocalDate firstKept) {
        if (!database.isPostgres()) {
            return 0;
        }
        return days().stream()
                .filter(day -> day < firstKept.toEpochDay())
                .mapToLong(this::drop)
                .sum();
    }

    private long drop(long day) {
        // Before anybody has to wait for it.
        long events = database.reader()
                .inTransaction(handle -> handle.createQuery("SELECT COUNT(*) FROM usage_event WHERE " + in(day))
                        .mapTo(Long.class)
                        .one());
        return database.writer().inTransaction(handle -> {
            lock(handle);
            boolean isThere = isThere(handle, day);
            handle.execute("DROP TABLE IF EXISTS " + name(day));
            return isThere ? events : 0;
        });
    }

    /** So that no event is on its way into the rest meanwhile. */
    private static void lock(Handle handle) {
        handle.execute("SET LOCAL lock_timeout = '500ms'");
        handle.execute("LOCK TABLE usage_event IN ACCESS EXCLUSIVE MODE");
    }

    private static boolean isThere(Handle handle, long day) {
        return handle.createQuery("SELECT to_regclass(:name) IS NOT NULL")
                .bind("name", name(day))
                .mapTo(Boolean.class)
                .one();
    }

    private Set<Long> days() {
        return database.reader().inTransaction(handle -> handle
                .createQuery("SELECT inhrelid::regclass::text FROM pg_inherits"
                        + " WHERE inhparent = to_regclass('usage_event')")
                .mapTo(String.class)
                .list()
                .stream()
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> Long.valueOf(name.substring(PREFIX.length())))
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static String in(long day) {
        return "at >= " + UsageDays.begin(day) + " AND at < " + UsageDays.begin(day + 1);
    }

    private static String name(long day) {
        return PREFIX + day;
    }
}
