package dev.serai.store;

import dev.serai.credits.Bill;
import dev.serai.usage.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Sums of events by day, in memory: to be added to those that are kept, or compared with them. */
final class UsageDays {
    /** The columns that are sums, in a fixed order. */
    static final List<String> SUMS = Stream.of(
                    Stream.of("requests", "attempts", "failed", "estimated"),
                    UsageCount.ALL.stream().map(UsageCount::column),
                    Stream.of("charge", "model_cost", "fee"))
            .flatMap(columns -> columns)
            .toList();

    private static final long PICOS_PER_NANO = 1_000;
    private static final long MICROS_PER_DAY = Duration.ofDays(1).toNanos() / 1_000;

    private static final String ADD =
            "INSERT INTO usage_day (account_id, day, access_key_id, provider, model, key_source, "
                    + String.join(", ", SUMS) + ") VALUES (:account, :day, :key, :provider, :model, :source, :"
                    + String.join(", :", SUMS)
                    + ") ON CONFLICT (account_id, day, access_key_id, provider, model, key_source) DO UPDATE SET "
                    + SUMS.stream()
                            .map(sum -> sum + " = usage_day." + sum + " + excluded." + sum)
                            .collect(Collectors.joining(", "));

    private final Map<Key, long[]> sums = new TreeMap<>(Key.ORDER);

    /** What is summed together. */
    record Key(String account, long day, String accessKey, String provider, String model, String keySource) {
        /** The order of the table. */
        static final Comparator<Key> ORDER = Comparator.comparing(Key::account)
                .thenComparingLong(Key::day)
                .thenComparing(Key::accessKey)
                .thenComparing(Key::provider)
                .thenComparing(Key::model)
                .thenComparing(Key::keySource);

        static Key of(UsageEvent event) {
            return new Key(
                    UsageEventJson.clean(event.call().accountId()),
                    UsageDays.day(event.at()),
                    UsageEventJson.clean(event.call().accessKeyId()),
                    UsageEventJson.clean(event.target().provider()),
                    UsageEventJson.clean(event.target().model()),
                    event.target().key().kind().name().toLowerCase(Locale.ROOT));
        }
    }

    /** The number of the day, from 1970-01-01 (UTC). */
    static long day(Instant at) {
        return Math.floorDiv(Row.micros(at), MICROS_PER_DAY);
    }

    /** When a day begins, in microseconds. */
    static long begin(long day) {
        return day * MICROS_PER_DAY;
    }

    void add(UsageEvent event) {
        long[] sum = sums.computeIfAbsent(Key.of(event), key -> new long[SUMS.size()]);
        Bill bill = event.bill();
        int i = 0;
        sum[i++] += event.isFinal() ? 1 : 0;
        sum[i++]++;
        sum[i++] += event.isFinal() && event.result().errorClass() != null ? 1 : 0;
        sum[i++] += event.isEstimated() ? 1 : 0;
        for (UsageCount count : UsageCount.ALL) {
            sum[i++] += count.of(event.usage());
        }
        sum[i++] += event.chargeNanos();
        sum[i++] += bill.modelPicos() / PICOS_PER_NANO;
        sum[i] += bill.feeNanos();
    }

    /** The sums, in the order of {@link #SUMS}. */
    Map<Key, long[]> sums() {
        return sums;
    }

    /** Adds them to those that are kept. */
    void write(Handle handle) {
        if (sums.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(ADD);
        sums.forEach((key, sum) -> {
            batch.bind("account", key.account())
                    .bind("day", key.day())
                    .bind("key", key.accessKey())
                    .bind("provider", key.provider())
                    .bind("model", key.model())
                    .bind("source", key.keySource());
            for (int i = 0; i < sum.length; i++) {
                batch.bind(SUMS.get(i), sum[i]);
            }
            batch.add();
        });
        batch.execute();
    }
}
