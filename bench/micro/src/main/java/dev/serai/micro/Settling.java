package dev.serai.micro;

import dev.serai.control.Actor;
import dev.serai.conversation.Usage;
import dev.serai.credits.Bill;
import dev.serai.credits.Grant;
import dev.serai.credits.Lot;
import dev.serai.selection.KeySource;
import dev.serai.store.Database;
import dev.serai.store.DatabaseUrl;
import dev.serai.store.Ledger;
import dev.serai.store.Migrations;
import dev.serai.usage.EventIds;
import dev.serai.usage.UsageEvent;
import dev.serai.usage.UsageLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A transaction that keeps events in SQLite, durably: only counted, or charged to the credits of their account, too. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class Settling {
    private static final String ACCOUNT = "acct";

    /** What each event is charged, in nano-dollars. */
    @Param({"0", "2062500"})
    public long charge;

    /** How many there are in the transaction. */
    @Param({"1", "100"})
    public int events;

    private Path folder;
    private Database database;
    private Ledger ledger;
    private EventIds ids;

    @Setup(Level.Trial)
    public void open() throws IOException {
        folder = Files.createTempDirectory("settling");
        database = Database.open(new DatabaseUrl.Sqlite(folder.resolve("serai.db")));
        new Migrations(database).migrate();
        ledger = new Ledger(database, Clock.systemUTC(), new SecureRandom());
        ids = new EventIds(Clock.systemUTC(), new SecureRandom());
        ledger.grant(
                new Actor(Actor.Kind.COMMAND, "benchmark"),
                new Grant(
                        ACCOUNT,
                        Lot.Kind.PURCHASE,
                        1_000_000_000_000_000L,
                        Instant.now().plus(Duration.ofDays(365)),
                        "for the benchmark",
                        null));
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        database.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    public UsageLog.Posting settle() {
        List<UsageEvent> batch = new ArrayList<>(events);
        for (int i = 0; i < events; i++) {
            batch.add(event());
        }
        return ledger.settle("node", batch);
    }

    private UsageEvent event() {
        String id = ids.next();
        return new UsageEvent(
                id,
                Instant.now(),
                new UsageEvent.Call("req_" + id, ACCOUNT, "key_01k81a68mk7nv5rd53ers575", "openai-chat", true),
                new UsageEvent.Asked(
                        "openai", "OpenAI", "gpt-5.4", "GPT-5.4", "openai-chat", KeySource.MANAGED),
                1,
                true,
                new UsageEvent.Result("answered", 200, null, "stop"),
                new Usage(250, 0, 0, 0, 180, 0, 0, 0),
                false,
                new Bill(Bill.State.KNOWN, "openai:gpt-5.4@2026-03-05#1f3a90c2", 2_050_000_000L, true, 12_500_000L),
                charge,
                Duration.ofNanos(1_234_567_891),
                Duration.ofNanos(234_567_891));
    }
}
