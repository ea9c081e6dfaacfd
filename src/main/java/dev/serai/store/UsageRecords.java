package dev.serai.store;

import dev.serai.credits.Spending;
import dev.serai.usage.EventFilter;
import dev.serai.usage.Grouping;
import dev.serai.usage.UsageEvent;
import dev.serai.usage.UsageSum;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The events that are kept, and their sums by day. Reads only. Blocks; thread-safe. */
public final class UsageRecords implements Spending {
    /** The longest time of which sums are given at once, in days. */
    public static final int MOST_DAYS = 366;

    private static final int MOST_SUMS = 20_000;

    private final Database database;

    public UsageRecords(Database database) {
        this.database = database;
    }

    /**
     * A page of events, newest first.
     *
     * @param limit from 1 to {@link Page#MAX_LIMIT}
     * @throws StoreAwayException within seconds, if the database is away
     */
    public Page<UsageEvent> events(EventFilter filter, @Nullable Cursor after, int limit) {
        Page.check(limit);
        List<UsageEvent> found = find(filter, after, limit + 1);
        return Page.of(found, limit, last -> new Cursor(Row.micros(last.at()), last.id()));
    }

    /**
     * All events that are meant, newest first.
     *
     * @param most how many there may be
     * @throws IllegalArgumentException if there are more
     * @throws StoreAwayException       within seconds, if the database is away
     */
    public List<UsageEvent> all(EventFilter filter, int most) {
        List<UsageEvent> found = find(filter, null, most + 1);
        if (found.size() > most) {
            throw new IllegalArgumentException("there are more than " + most + " events; ask for a shorter time");
        }
        return found;
    }

    private List<UsageEvent> find(EventFilter filter, @Nullable Cursor after, int limit) {
        List<String> conditions = new ArrayList<>(List.of("account_id = :account"));
        Map<String, Object> values = new HashMap<>(Map.of("account", filter.accountId(), "limit", limit));
        add(conditions, values, "at >= :from", "from", Row.optionalMicros(filter.from()));
        add(conditions, values, "at < :to", "to", Row.optionalMicros(filter.to()));
        add(conditions, values, "access_key_id = :key", "key", filter.accessKeyId());
        add(conditions, values, "provider = :provider", "provider", filter.provider());
        add(conditions, values, "model = :model", "model", filter.model());
        add(conditions, values, "attempt > :first", "first", filter.onlyRetries() ? 1 : null);
        add(conditions, values, "is_final = :final", "final", filter.onlyFinal() ? 1 : null);
        if (after != null) {
            add(conditions, values, "(at, id) < (:last_at, :last_id)", "last_id", after.id());
            values.put("last_at", after.createdAtMicros());
        }
        String sql = "SELECT document FROM usage_event WHERE " + String.join(" AND ", conditions)
                + " ORDER BY at DESC, id DESC LIMIT :limit";
        try {
            return database.reader().inTransaction(handle -> handle.createQuery(sql)
                    .bindMap(values)
                    .map((result, context) -> UsageEventJson.read(result.getString("document")))
                    .list());
        } catch (JdbiException e) {
            throw Failures.of(e);
        }
    }

    private static void add(
            List<String> conditions,
            Map<String, Object> values,
            String condition,
            String name,
            @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            values.put(name, value);
        }
    }

    /** An event of an account, unless there is none, or it is not kept any more. */
    public Optional<UsageEvent> event(String accountId, String id) {
        try {
            return database.reader().inTransaction(handle -> handle.createQuery(
                            "SELECT document FROM usage_event WHERE id = :id AND account_id = :account")
                    .bind("id", id)
                    .bind("account", accountId)
                    .map((result, context) -> UsageEventJson.read(result.getString("document")))
                    .findOne());
        } catch (JdbiException e) {
            throw Failures.of(e);
        }
    }

    /**
     * Sums of an account by day, the first day first. A day without usage has none.
     *
     * @param from the first day (UTC)
     * @param to   the last day
     * @throws IllegalArgumentException if these are too many days, or there would be too many sums
     */
    public List<UsageSum> overview(String accountId, LocalDate from, LocalDate to, Grouping by) {
        if (to.isBefore(from) || from.plusDays(MOST_DAYS).isBefore(to)) {
            throw new IllegalArgumentException("from one day to a later one, at most " + MOST_DAYS);
        }
        String group = group(by);
        String sql = "SELECT day, " + group + " AS name, "
                + UsageDays.SUMS.stream()
                        .map(sum -> "SUM(" + sum + ") AS " + sum)
                        .collect(Collectors.joining(", "))
                + " FROM usage_day WHERE account_id = :account AND day BETWEEN :from AND :to GROUP BY day, " + group
                + " ORDER BY day, name LIMIT :limit";
        try {
            List<UsageSum> sums = database.reader().inTransaction(handle -> {
                Query query = handle.createQuery(sql)
                        .bind("account", accountId)
                        .bind("from", from.toEpochDay())
                        .bind("to", to.toEpochDay())
                        .bind("limit", MOST_SUMS + 1);
                return query.map((result, context) -> sum(result)).list();
            });
            if (sums.size() > MOST_SUMS) {
                throw new IllegalArgumentException(
                        "these are more than " + MOST_SUMS + " sums; ask for fewer days at once");
            }
            return sums;
        } catch (JdbiException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public Map<String, Spent> spent(String accountId, LocalDate day) {
        try {
            return database.reader()
                    .inTransaction(handle -> handle.createQuery("SELECT access_key_id, SUM(model_cost + fee) AS month,"
                                    + " SUM(CASE WHEN day = :day THEN model_cost + fee ELSE 0 END) AS today"
                                    + " FROM usage_day WHERE account_id = :account AND day BETWEEN :first AND :day"
                                    + " GROUP BY access_key_id")
                            .bind("account", accountId)
                            .bind("first", day.withDayOfMonth(1).toEpochDay())
                            .bind("day", day.toEpochDay())
                            .reduceResultSet(new HashMap<>(), (spent, result, context) -> {
                                spent.put(
                                        result.getString("access_key_id"),
                                        new Spent(result.getLong("today"), result.getLong("month")));
                                return spent;
                            }));
        } catch (JdbiException e) {
            throw Failures.of(e);
        }
    }

    private static String group(Grouping by) {
        if (by == Grouping.KEY) {
            return "access_key_id";
        }
        return by == Grouping.PROVIDER ? "provider" : "provider || ':' || model";
    }

    private static UsageSum sum(ResultSet result) throws SQLException {
        Map<UsageCount, Long> counts = new HashMap<>();
        for (UsageCount count : UsageCount.ALL) {
            counts.put(count, result.getLong(count.column()));
        }
        return new UsageSum(
                LocalDate.ofEpochDay(result.getLong("day")),
                result.getString("name"),
                result.getLong("requests"),
                result.getLong("attempts"),
                result.getLong("failed"),
                result.getLong("estimated"),
                UsageCount.usage(count -> counts.getOrDefault(count, 0L)),
                result.getLong("charge"),
                result.getLong("model_cost"),
                result.getLong("fee"));
    }
}
