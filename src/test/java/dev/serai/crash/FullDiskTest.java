package dev.serai.crash;

import static dev.serai.crash.ServerProcess.freePort;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.access.Secrets;
import dev.serai.store.DatabaseUrl;
import dev.serai.store.StoppablePostgres;
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
 * The disk of a busy Serai is full for a while: no client sees the end of an answer that is not charged, nobody hangs, and it goes on by
 * itself when there is room. {@code make crash} does it more often.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class FullDiskTest {
    private static final int TIMES = Integer.getInteger("serai.crash.full", 2);
    private static final String REFUSED = "503 store_unavailable";

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

    @ParameterizedTest
    @EnumSource(SmallDisk.Kind.class)
    void with_the_database_and_the_spool_on_a_full_disk_nothing_is_answered_that_is_not_charged(SmallDisk.Kind kind)
            throws Exception {
        Path data = Files.createDirectories(home.resolve("data"));
        new PaidBooks(DatabaseUrl.parse("", data, new Secrets(1))).open();
        provider.describeIn(home.resolve("config"));
        Map<String, String> environment = ServerProcess.prepaid("");
        int port = freePort();
        clients = new BusyClients(port);
        try (SmallDisk disk = kind.at(Files.createDirectory(home.resolve("disk")))) {
            SmallDisk.copy(data, disk.outside().resolve("data"));
            start(disk, port, environment);
            clients.start();
            for (int i = 0; i < TIMES; i++) {
                clients.awaitAnswers();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(500));
                disk.fill(server(), random.nextInt(64 << 10));
                clients.awaitTold(REFUSED, 50);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(1_500));
                if (i % 2 == 1) {
                    server().kill();
                }
                disk.makeRoom(server());
                if (i % 2 == 1) {
                    start(disk, port, environment);
                }
            }
            clients.awaitAnswers();
            clients.stop();
            Path small = disk.outside().resolve("data");
            Await.within(10_000, "the spool is empty", () -> ServerProcess.isSpoolEmpty(small));
            server().stop();
            Path after = home.resolve("after");
            SmallDisk.copy(small, after);
            int charged = new PaidBooks(DatabaseUrl.parse("", after, new Secrets(1))).check(clients.seenWhole());
            System.out.printf("%s disk, %d times: %s, %d charged%n", kind, TIMES, clients.told(), charged);
            assertThat(BusyClients.EXPECTED).containsAll(clients.told().keySet());
            assertThat(clients.longestMillis()).isLessThan(8_000);
        }
    }

    @ParameterizedTest
    @EnumSource(SmallDisk.Kind.class)
    void with_the_spool_on_a_full_disk_while_postgresql_is_away_it_goes_on_with_whichever_is_back_first(
            SmallDisk.Kind kind) throws Exception {
        try (StoppablePostgres postgres = StoppablePostgres.start(home.resolve("postgres"));
                SmallDisk disk = kind.at(Files.createDirectory(home.resolve("disk")))) {
            PaidBooks books = new PaidBooks(DatabaseUrl.parse(postgres.url(), home, new Secrets(1)));
            books.open();
            provider.describeIn(home.resolve("config"));
            Map<String, String> environment = ServerProcess.prepaid(postgres.url());
            int port = freePort();
            clients = new BusyClients(port);
            start(disk, port, environment);
            clients.start();
            for (int i = 0; i < TIMES; i++) {
                clients.awaitAnswers();
                disk.fill(server(), random.nextInt(64 << 10));
                clients.awaitAnswers();
                postgres.stop();
                clients.awaitTold(REFUSED, 50);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(500));
                if (i % 2 == 0) {
                    disk.makeRoom(server());
                    clients.awaitAnswers();
                    postgres.startAgain();
                } else {
                    postgres.startAgain();
                    clients.awaitAnswers();
                    disk.makeRoom(server());
                }
            }
            clients.awaitAnswers();
            clients.stop();
            Path small = disk.outside().resolve("data");
            Await.within(10_000, "the spool is empty", () -> ServerProcess.isSpoolEmpty(small));
            server().stop();
            int charged = books.check(clients.seenWhole());
            System.out.printf(
                    "%s disk and PostgreSQL away, %d times: %s, %d charged%n", kind, TIMES, clients.told(), charged);
            assertThat(BusyClients.EXPECTED).containsAll(clients.told().keySet());
            assertThat(clients.longestMillis()).isLessThan(8_000);
        }
    }

    private void start(SmallDisk disk, int port, Map<String, String> environment) throws Exception {
        started.add(ServerProcess.start(disk.within(), home, disk.path().resolve("data"), port, environment));
    }

    private ServerProcess server() {
        return started.get(started.size() - 1);
    }
}
