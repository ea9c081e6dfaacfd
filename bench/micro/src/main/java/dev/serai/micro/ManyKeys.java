package dev.serai.micro;

import dev.serai.access.AccessKey;
import dev.serai.access.AccessKeys;
import dev.serai.access.Pepper;
import dev.serai.access.Scope;
import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import dev.serai.catalog.Catalog;
import dev.serai.control.Account;
import dev.serai.control.Actor;
import dev.serai.control.FailoverOverrides;
import dev.serai.control.KeyConfiguration;
import dev.serai.control.Limits;
import dev.serai.control.RoutingRule;
import dev.serai.control.Stamp;
import dev.serai.control.Step;
import dev.serai.control.StoredAccessKey;
import dev.serai.control.Timeouts;
import dev.serai.permit.Permit;
import dev.serai.permit.PermitLoader;
import dev.serai.permit.PermitSource;
import dev.serai.permit.Permits;
import dev.serai.permit.StoreWatch;
import dev.serai.secrets.MasterKey;
import dev.serai.secrets.MasterKeys;
import dev.serai.secrets.ReferenceValues;
import dev.serai.secrets.References;
import dev.serai.secrets.Vault;
import dev.serai.selection.Aliases;
import dev.serai.selection.Directory;
import dev.serai.selection.ProviderCredentials;
import dev.serai.store.Database;
import dev.serai.store.DatabaseUrl;
import dev.serai.store.Migrations;
import dev.serai.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** From a token to what may be done with it, with 10,000 access keys and 1,000 configurations in the store; and how long those take to load. */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ManyKeys {
    private static final int KEYS = 10_000;
    private static final int CONFIGURATIONS = 1_000;
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Stamp STAMP = Stamp.first(NOW);

    private final Pepper pepper = new Pepper(new byte[32]);
    private final AtomicReference<PermitSource> loaded = new AtomicReference<>();
    private Path home;
    private Database database;
    private AccessKeys keys;
    private Permits permits;
    private int turn;

    @Setup(Level.Trial)
    public void fill() throws Exception {
        home = Files.createTempDirectory("serai-micro");
        SecureRandom random = new SecureRandom();
        Clock clock = Clock.systemUTC();
        database = Database.open(new DatabaseUrl.Sqlite(home.resolve("serai.db")));
        new Migrations(database).migrate();
        Store store = new Store(database, clock, random);
        store.change(new Actor(Actor.Kind.COMMAND, "bench"), session -> {
            session.accounts().insert(new Account("default", "Default", STAMP));
            for (int i = 0; i < CONFIGURATIONS; i++) {
                session.configurations().insert(configuration(i));
            }
            for (int i = 0; i < KEYS; i++) {
                session.accessKeys().insert(key(i));
            }
            return true;
        });
        ProviderCredentials managed = new ProviderCredentials(Map.of(), new Secrets(10));
        Vault vault = new Vault(new MasterKeys(List.of(MasterKey.generate(random))), random);
        PermitLoader loader =
                new PermitLoader(
                        () -> store,
                        () -> vault,
                        new ReferenceValues(new NoReferences(), new Secrets(10), clock, Duration.ofMinutes(5)),
                        managed,
                        new Secrets(10));
        try (StoreWatch watch =
                new StoreWatch(database, () -> store, loader, loaded::set, clock, Duration.ofHours(1))) {
            long start = System.nanoTime();
            watch.look();
            permits = loaded.get().permits(new Directory(new Catalog(List.of()), Aliases.NONE));
            keys = new AccessKeys(pepper, Map.of()).with(loaded.get().keys());
            System.out.printf("loaded in %d ms%n", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        }
    }

    private static KeyConfiguration configuration(int number) {
        return new KeyConfiguration(
                "c" + number,
                "default",
                "team " + number,
                "",
                Scope.of(List.of("openai", "anthropic"), List.of("openai:*", "claude-*")),
                List.of(new RoutingRule("openai", null, List.of(new Step.Managed()))),
                Limits.NONE,
                Timeouts.NONE,
                FailoverOverrides.NONE,
                null,
                STAMP);
    }

    private StoredAccessKey key(int number) {
        return new StoredAccessKey(
                "k" + number,
                "default",
                "key " + number,
                "",
                Map.of(),
                "c" + number % CONFIGURATIONS,
                pepper.hash(token(number)),
                null,
                null,
                Limits.NONE,
                STAMP);
    }

    private static String token(int number) {
        return "serai-ak-of-the-benchmark-number-" + number;
    }

    @TearDown(Level.Trial)
    public void empty() throws Exception {
        database.close();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    public Permit authenticate() {
        turn = (turn + 7_919) % KEYS;
        AccessKey key = keys.authenticate(token(turn), NOW);
        return permits.of(key);
    }

    /** All keys are kept in the store. */
    private static final class NoReferences implements References {
        @Override
        public void check(String expression) {
            throw new UnsupportedOperationException(expression);
        }

        @Override
        public Secret value(String expression) {
            throw new UnsupportedOperationException(expression);
        }

        @Override
        public boolean isNear(String expression) {
            return true;
        }
    }
}
