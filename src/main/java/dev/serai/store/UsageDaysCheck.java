package dev.serai.store;

import dev.serai.usage.UsageEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Compares the sums of each day with the events of that day, a day of an account after the other. */
final class UsageDaysCheck {
    private static final int FETCH = 500;

    private final Handle handle;

    UsageDaysCheck(Handle handle) {
        this.handle = handle;
    }

    /** A day of an account. */
    private record Part(String account, long day) {}

    /** What differs, in sentences. */
    List<String> problems(int most) {
        long keptFrom = handle.createQuery("SELECT COALESCE(MAX(kept_from), 0) FROM usage_retention")
                .mapTo(Long.class)
                .one();
        List<String> problems = new ArrayList<>();
        for (Part part : parts(UsageDays.day(Row.instant(keptFrom)))) {
            problems.addAll(problems(part));
            if (problems.size() >= most) {
                break;
            }
        }
        return problems;
    }

    /** The days of which all events are kept: also those of which there are events, and no sums. */
    private List<Part> parts(long from) {
        long dayMicros = UsageDays.begin(1);
        return handle.createQuery("SELECT account_id, day FROM usage_day WHERE day >= :from UNION"
                        + " SELECT account_id, at / " + dayMicros + " FROM usage_event WHERE at >= :at ORDER BY 1, 2")
                .bind("from", from)
                .bind("at", UsageDays.begin(from))
                .map((result, context) -> new Part(result.getString(1), result.getLong(2)))
                .list();
    }

    private List<String> problems(Part part) {
        UsageDays days = new UsageDays();
        List<String> problems = new ArrayList<>();
        handle.createQuery("SELECT id, charge, document FROM usage_event WHERE account_id = :account AND at >= :from"
                        + " AND at < :to")
                .bind("account", part.account)
                .bind("from", UsageDays.begin(part.day))
                .bind("to", UsageDays.begin(part.day + 1))
                .setFetchSize(FETCH)
                .map((result, context) -> {
                    UsageEvent event = UsageEventJson.read(result.getString("document"));
                    return event.id().equals(result.getString("id")) && event.chargeNanos() == result.getLong("charge")
                            ? event
                            : result.getString("id");
                })
                .forEach(event -> {
                    if (event instanceof UsageEvent read) {
                        days.add(read);
                    } else {
                        problems.add(event + " is not what its document says");
                    }
                });
        Map<UsageDays.Key, long[]> kept = kept(part);
        Map<UsageDays.Key, long[]> counted = days.sums();
        counted.forEach((key, sums) -> {
            if (!Arrays.equals(sums, kept.remove(key))) {
                problems.add("the sums of " + key + " differ from its events");
            }
        });
        kept.keySet().forEach(key -> problems.add("there are sums and no events of " + key));
        return problems;
    }

    private Map<UsageDays.Key, long[]> kept(Part part) {
        Map<UsageDays.Key, long[]> kept = new TreeMap<>(UsageDays.Key.ORDER);
        handle.createQuery("SELECT * FROM usage_day WHERE account_id = :account AND day = :day")
                .bind("account", part.account)
                .bind("day", part.day)
                .map((result, context) -> {
                    long[] sums = new long[UsageDays.SUMS.size()];
                    for (int i = 0; i < sums.length; i++) {
                        sums[i] = result.getLong(UsageDays.SUMS.get(i));
                    }
                    return Map.entry(
                            new UsageDays.Key(
                                    part.account,
                                    part.day,
                                    result.getString("access_key_id"),
                                    result.getString("provider"),
                                    result.getString("model"),
                                    result.getString("key_source")),
                            sums);
                })
                .forEach(row -> kept.put(row.getKey(), row.getValue()));
        return kept;
    }
}
