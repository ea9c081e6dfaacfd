package dev.serai.crash;

import static dev.serai.crash.ServerProcess.freePort;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.access.Secrets;
import dev.serai.store.DatabaseUrl;
import dev.serai.store.TestDatabase;
import dev.serai.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Serai is killed at random moments under load: every answer that a client saw whole is charged, no answer is charged twice, and the books
 * are sound. {@code make crash} does it fifty times on each database.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class CrashTest {
    private static final int KILLS = Integer.getInteger("serai.crash.kills", 2);

    @TempDir
    Path home;

    private final Random random = new Random();
    private final PaidProvider provider = new PaidProvider();
    private final List<ServerProcess> started = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (ServerProcess one : started) {
            one.kill();
        }
        provider.close();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoever_kills_it_finds_every_answer_charged_once_and_the_books_sound(TestDatabase kind) throws Exception {
        Path data = Files.createDirectories(home.resolve("data"));
        String setting = kind == TestDatabase.SQLITE ? "" : TestDatabase.postgres();
        PaidBooks books = new PaidBooks(DatabaseUrl.parse(setting, data, new Secrets(1)));
        books.open();
        provider.describeIn(home.resolve("config"));
        Map<String, String> environment = ServerProcess.prepaid(setting);
        int port = freePort();
        BusyClients clients = new BusyClients(port);
        for (int kill = 0; kill < KILLS; kill++) {
            ServerProcess server = start(port, environment);
            clients.start();
            clients.awaitAnswers();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
            server.kill();
            clients.stop();
        }
        ServerProcess last = start(port, environment);
        Await.within(10_000, "it answers", () -> clients.ask(false).equals("whole"));
        Await.within(10_000, "the spool is empty", () -> ServerProcess.isSpoolEmpty(data));
        last.stop();
        int charged = books.check(clients.seenWhole());
        assertThat(BusyClients.EXPECTED).containsAll(clients.told().keySet());
        System.out.printf(
                "%s, %d kills: %d answers seen whole, %d charged%n",
                kind, KILLS, clients.seenWhole().size(), charged);
    }

    private ServerProcess start(int port, Map<String, String> environment) throws Exception {
        ServerProcess server = ServerProcess.start(home, port, environment);
        started.add(server);
        return server;
    }
}
