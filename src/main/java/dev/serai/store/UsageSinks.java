package dev.serai.store;

import dev.serai.usage.UsageEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Readers of events, each of which goes through all of them in the order in which they were settled, and remembers in the store how far
 * it has come. Whoever delivers first, and notes it then, delivers each event at least once. Blocks; thread-safe.
 */
public final class UsageSinks {
    private final Database database;
    private final Clock clock;

    public UsageSinks(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Events to deliver.
     *
     * @param position what is to be noted when they are delivered; where the reader was before, if there are none
     */
    public record Delivery(long position, List<UsageEvent> events) {
        public Delivery {
            events = List.copyOf(events);
        }
    }

    private record Found(long settlement, String document) {}

    /** The last position that there is: a reader that begins here is told of what comes, and of nothing that was. */
    public long last() {
        return in(database.reader(), handle -> handle.createQuery(
                        "SELECT COALESCE(MAX(position), 0) FROM ledger_position")
                .mapTo(Long.class)
                .one());
    }

    /** How far a reader has come; empty if it never noted anything. */
    public OptionalLong position(String sink) {
        return in(database.reader(), handle -> handle.createQuery("SELECT position FROM usage_sink WHERE name = :name")
                .bind("name", sink)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty));
    }

    /** Notes how far a reader has come. It never goes back, so that two nodes with the same reader do not undo each other's notes. */
    public void note(String sink, long position) {
        in(database.writer(), handle -> handle.createUpdate("INSERT INTO usage_sink (name, position, updated_at)"
                        + " VALUES (:name, :position, :now) ON CONFLICT (name) DO UPDATE SET"
                        + " position = excluded.position, updated_at = excluded.updated_at"
                        + " WHERE usage_sink.position < excluded.position")
                .bind("name", sink)
                .bind("position", position)
                .bind("now", Row.micros(clock.instant()))
                .execute());
    }

    /**
     * Lets one node deliver to a reader, and no other until it is released or that time has come.
     *
     * @return whether this node may deliver; it may again if it may already
     */
    public boolean claim(String sink, String node, Instant until) {
        return in(database.writer(), handle -> handle.createUpdate(
                                "INSERT INTO usage_sink_lease (name, node, expires_at)"
                                        + " VALUES (:name, :node, :until) ON CONFLICT (name) DO UPDATE SET"
                                        + " node = excluded.node, expires_at = excluded.expires_at"
                                        + " WHERE usage_sink_lease.node = excluded.node OR usage_sink_lease.expires_at <= :now")
                        .bind("name", sink)
                        .bind("node", node)
                        .bind("until", Row.micros(until))
                        .bind("now", Row.micros(clock.instant()))
                        .execute())
                == 1;
    }

    /** Lets others deliver, if this node is the one that does. */
    public void release(String sink, String node) {
        in(database.writer(), handle -> handle.createUpdate(
                        "DELETE FROM usage_sink_lease WHERE name = :name AND node = :node")
                .bind("name", sink)
                .bind("node", node)
                .execute());
    }

    /** Whether anything follows a position. */
    public boolean hasAfter(long position) {
        return in(database.reader(), handle -> handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM usage_event WHERE settlement > :position)")
                .bind("position", position)
                .mapTo(Boolean.class)
                .one());
    }

    /**
     * What follows a position: whole settlements, so that no position is in the midst of one.
     *
     * @param about how many events there should be at most; there are more if one settlement has more
     */
    public Delivery next(long position, int about) {
        return in(database.reader(), handle -> {
            List<Found> found =
                    find(handle, "settlement > :position ORDER BY settlement, id LIMIT :limit", position, about + 1);
            if (found.size() > about) {
                long cut = found.get(about).settlement;
                long first = found.get(0).settlement;
                found = cut == first
                        ? find(handle, "settlement = :position ORDER BY id", first, 0)
                        : found.stream().filter(one -> one.settlement < cut).toList();
            }
            List<UsageEvent> events = new ArrayList<>(found.size());
            found.forEach(one -> events.add(UsageEventJson.read(one.document)));
            return new Delivery(found.isEmpty() ? position : found.get(found.size() - 1).settlement, events);
        });
    }

    private static List<Found> find(Handle handle, String condition, long position, int limit) {
        return handle.createQuery("SELECT settlement, document FROM usage_event WHERE " + condition)
                .bind("position", position)
                .bind("limit", limit)
                .map((result, context) -> new Found(result.getLong("settlement"), result.getString("document")))
                .list();
    }

    private static <T> T in(Jdbi jdbi, Function<Handle, T> work) {
        try {
            return jdbi.inTransaction(work::apply);
        } catch (JdbiException e) {
            throw Failures.of(e);
        }
    }
}
