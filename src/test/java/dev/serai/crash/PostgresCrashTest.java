package dev.serai.crash;

import static dev.serai.crash.ServerProcess.freePort;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.access.Secrets;
import dev.serai.store.DatabaseUrl;
import dev.serai.store.StoppablePostgres;
import dev.serai.testing.Await;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * PostgreSQL is killed at random moments under a busy Serai, and Serai itself now and then while PostgreSQL is away: the same promises as in
 * {@link CrashTest}. {@code make crash} does it more often.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class PostgresCrashTest {
    private static final int KILLS = Integer.getInteger("serai.crash.postgres", 2);

    @TempDir
    Path home;

    private final Random random = new Random();
    private final PaidProvider provider = new PaidProvider();
    private final List<ServerProcess> started = new ArrayList<>();
    private BusyClients clients = new BusyClients(0);

    @AfterEach
    void close() throws Exception {
        clients.stop();
        for (ServerProcess one : started) {
            one.kill();
        }
        provider.close();
    }

    @Test
    void whoever_kills_the_database_finds_every_answer_charged_once_and_the_books_sound() throws Exception {
        try (StoppablePostgres postgres = StoppablePostgres.start(home.resolve("postgres"))) {
            PaidBooks books = new PaidBooks(DatabaseUrl.parse(postgres.url(), home, new Secrets(1)));
            books.open();
            provider.describeIn(home.resolve("config"));
            Map<String, String> environment = ServerProcess.prepaid(postgres.url());
            int port = freePort();
            clients = new BusyClients(port);
            start(port, environment);
            clients.start();
            for (int kill = 0; kill < KILLS; kill++) {
                clients.awaitAnswers();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
                postgres.kill();
                clients.awaitAnswers(); // into the spool
                TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
                boolean dies = kill % 3 == 1;
                if (dies) {
                    server().kill();
                }
                if (dies && random.nextBoolean()) {
                    start(port, environment);
                    postgres.startAgain();
                } else {
                    postgres.startAgain();
                    if (dies) {
                        start(port, environment);
                    }
                }
            }
            clients.awaitAnswers();
            clients.stop();
            Path data = home.resolve("data");
            Await.within(15_000, "the spool is empty", () -> ServerProcess.isSpoolEmpty(data));
            server().stop();
            int charged = books.check(clients.seenWhole());
            System.out.printf("PostgreSQL killed %d times: %s, %d charged%n", KILLS, clients.told(), charged);
            assertThat(BusyClients.EXPECTED).containsAll(clients.told().keySet());
        }
    }

    private void start(int port, Map<String, String> environment) throws Exception {
        started.add(ServerProcess.start(home, port, environment));
    }

    private ServerProcess server() {
        return started.get(started.size() - 1);
    }
}
