package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.access.Secrets;
import dev.serai.control.Account;
import dev.serai.control.Actor;
import dev.serai.credits.Dollars;
import dev.serai.credits.Grant;
import dev.serai.credits.Lot;
import dev.serai.store.Database;
import dev.serai.store.DatabaseUrl;
import dev.serai.store.Ledger;
import dev.serai.store.Migrations;
import dev.serai.store.StoreCheck;
import dev.serai.store.TestDatabase;
import dev.serai.testing.FreePort;
import dev.serai.testing.PaidModel;
import dev.serai.testing.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Five hundred clients spend a balance that is worth a thousand requests, and a bit more at the very end: never more than the bound. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ParallelCreditsTest {
    private static final int CLIENTS = 500;
    private static final int WORTH = 1_000;
    private static final String REQUEST =
            "{\"model\":\"paid:m\",\"max_tokens\":20,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    /** At 1 and 10 dollars a million tokens, and the fee. */
    private static final long COST_NANOS = Dollars.nanos(PaidModel.COST);

    /** At least the output that the request allows is held; so this much at most is used beyond what is held. */
    private static final long BEYOND_NANOS = COST_NANOS - Dollars.nanos("0.0002");

    @TempDir
    Path home;

    private final RawServer provider = RawServer.start(connection -> {
        while (connection.hasRequest()) {
            connection.write(RawServer.json(200, PaidModel.ANSWER));
        }
    });

    @ParameterizedTest
    @CsvSource({"SQLITE, 1", "POSTGRESQL, 1", "POSTGRESQL, 2"})
    void no_more_is_spent_than_requests_under_way_cost_beyond_their_holds(TestDatabase kind, int nodes)
            throws Exception {
        String setting = kind == TestDatabase.SQLITE ? "" : TestDatabase.postgres();
        Path first = Files.createDirectories(home.resolve("node-0/data"));
        List<RunningSerai> running = new ArrayList<>();
        try (Database database = Database.open(DatabaseUrl.parse(setting, first, new Secrets(1)))) {
            new Migrations(database).migrate();
            Ledger ledger = new Ledger(database, Clock.systemUTC(), new SecureRandom());
            ledger.grant(new Actor(Actor.Kind.COMMAND, "test"), grant());
            for (int node = 0; node < nodes; node++) {
                running.add(start(home.resolve("node-" + node), setting));
            }
            int answered = spend(running);
            long balance = ledger.balance(Account.DEFAULT).balanceNanos();
            System.out.printf("%s, %d nodes: %d answered, %s left%n", kind, nodes, answered, Dollars.ofNanos(balance));
            assertThat(WORTH * COST_NANOS - balance)
                    .as("every answer is charged, and nothing else")
                    .isEqualTo(answered * COST_NANOS);
            assertThat(answered).isGreaterThanOrEqualTo(WORTH - CLIENTS);
            assertThat(-balance).isLessThanOrEqualTo(CLIENTS * BEYOND_NANOS);
            assertThat(ledger.verify()).isNotEmpty().allMatch(StoreCheck.Finding::isGood);
        } finally {
            running.forEach(RunningSerai::close);
            provider.close();
        }
    }

    private static Grant grant() {
        return new Grant(
                Account.DEFAULT,
                Lot.Kind.PURCHASE,
                WORTH * COST_NANOS,
                Instant.now().plus(Duration.ofDays(365)),
                "for a test",
                null);
    }

    private RunningSerai start(Path folder, String database) throws Exception {
        int port = FreePort.find();
        return RunningSerai.in(folder)
                .with("CAMEL_MANAGEMENT_ENABLED", "true")
                .with("SERAI_ADMIN_PORT", Integer.toString(port))
                .with("SERAI_CREDITS", "prepaid")
                .with("SERAI_DATABASE_URL", database)
                .withProviderFile("paid", PaidModel.file(provider.port()))
                .start();
    }

    /** Everybody asks until there is nothing left for them. @return how many requests were answered */
    private static int spend(List<RunningSerai> nodes) throws InterruptedException {
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger strange = new AtomicInteger();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            RunningSerai node = nodes.get(i % nodes.size());
            Thread client = new Thread(() -> {
                int status = 200;
                while (status == 200) {
                    try {
                        status = node.post("/v1/chat/completions", REQUEST).status();
                    } catch (IOException e) {
                        status = 0;
                    }
                    answered.addAndGet(status == 200 ? 1 : 0);
                }
                strange.addAndGet(status == 402 ? 0 : 1);
            });
            client.start();
            clients.add(client);
        }
        for (Thread client : clients) {
            client.join();
        }
        assertThat(strange).as("clients that were told something else").hasValue(0);
        return answered.get();
    }
}
