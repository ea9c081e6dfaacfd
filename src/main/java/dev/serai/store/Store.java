package dev.serai.store;

import dev.serai.control.Actor;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What is managed, kept in a database with a current schema. Each call is one transaction: it sees the store as it was at one
 * moment, and is there as a whole or not at all, also after a crash. Changes wait for each other. Blocks; thread-safe.
 */
public final class Store {
    /** The channel of PostgreSQL on which each change tells its number. */
    public static final String CHANNEL = "serai_change";

    private final Database database;
    private final Clock clock;
    private final SecureRandom random;
    private volatile Runnable whenChanged = () -> {};

    public Store(Database database, Clock clock, SecureRandom random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
    }

    /** Which database this is. */
    public Database database() {
        return database;
    }

    /**
     * Reads.
     *
     * @param work leaves nothing lazy behind: its session ends with it
     * @throws StoreAwayException within seconds, if the database is away
     */
    public <T> T read(Function<Session, T> work) {
        try {
            return database.reader().inTransaction(handle -> work.apply(new Session(handle, null)));
        } catch (JdbiException e) {
            throw Failures.of(e);
        }
    }

    /**
     * Makes a change, with its entries in the audit, and counts it. If the work throws, nothing of it happened.
     *
     * @param actor who is written into the audit
     * @param work  quick: all other changes wait for it
     * @throws ChangeRefusedException from the work
     * @throws StoreAwayException     within seconds, if the database is away. Whether the change was made is then known only by looking
     */
    public <T> T change(Actor actor, Function<Session, T> work) {
        T result = changed(actor, work);
        whenChanged.run();
        return result;
    }

    /** Who is told of each change that is made here, on the thread that made it, before it goes on; replaces who was told before. */
    public void whenChanged(Runnable listener) {
        whenChanged = listener;
    }

    private <T> T changed(Actor actor, Function<Session, T> work) {
        try {
            return database.writer().inTransaction(handle -> {
                count(handle);
                Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
                return work.apply(new Session(handle, new Journal(handle, actor, now, random)));
            });
        } catch (JdbiException e) {
            throw Failures.of(e);
        }
    }

    /** First of all, because this row is what changes wait for. The notice goes out when the change is committed. */
    private void count(Handle handle) {
        handle.execute("UPDATE store_change SET counter = counter + 1 WHERE id = 1");
        if (database.isPostgres()) {
            handle.createQuery("SELECT pg_notify('" + CHANNEL + "', CAST(counter AS TEXT)) FROM store_change")
                    .map((result, context) -> "")
                    .list();
        }
    }

    /** How many changes there were: as long as it is the same, so is everything that {@link #change} makes. Cheap enough to poll. */
    public long changes() {
        return read(Session::changes);
    }

    /**
     * Notes when access keys were used last. Neither a change nor in the audit: nothing waits for it, and versions stay.
     *
     * @param times id of the key to when; keys that are gone are passed over
     */
    public void accessKeysUsed(Map<String, Instant> times) {
        used("access_key", times);
    }

    /** The same for API keys. */
    public void apiKeysUsed(Map<String, Instant> times) {
        used("api_key", times);
    }

    private void used(String table, Map<String, Instant> times) {
        if (times.isEmpty()) {
            return;
        }
        try {
            database.writer().useTransaction(handle -> {
                // The same order everywhere, so that two nodes do not wait for each other.
                PreparedBatch batch = handle.prepareBatch("UPDATE " + table + " SET last_used_at = :at WHERE id = :id"
                        + " AND (last_used_at IS NULL OR last_used_at < :at)");
                times.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(use -> batch.bind(
                                "id", use.getKey())
                        .bind("at", Row.micros(use.getValue()))
                        .add());
                batch.execute();
            });
        } catch (JdbiException e) {
            throw Failures.of(e);
        }
    }
}
