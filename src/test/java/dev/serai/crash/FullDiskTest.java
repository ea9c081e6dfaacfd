package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.access.Secrets;
import dev.serai.store.DatabaseUrl;
import dev.serai.store.StoppablePostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The disk of a busy Serai is full for a while: no client sees the end of an answer that is not charged, nobody hangs, and it goes on by
 * itself when there is room. {@code make crash} does it more often.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class FullDiskTest extends CrashScene {
    private static final int TIMES = Integer.getInteger("serai.crash.full", 2);
    private static final String REFUSED = "503 store_unavailable";

    @ParameterizedTest
    @EnumSource(SmallDisk.Kind.class)
    void with_the_database_and_the_spool_on_a_full_disk_nothing_is_answered_that_is_not_charged(SmallDisk.Kind kind)
            throws Exception {
        Path data = Files.createDirectories(home.resolve("data"));
        new PaidBooks(DatabaseUrl.parse("", data, new Secrets(1))).open();
        provider.describeIn(home.resolve("config"));
        Map<String, String> environment = ServerProcess.prepaid("");
        try (SmallDisk disk = kind.at(Files.createDirectory(home.resolve("disk")))) {
            SmallDisk.copy(data, disk.outside().resolve("data"));
            start(disk, environment);
            clients.start();
            for (int i = 0; i < TIMES; i++) {
                clients.awaitAnswers();
                sleepUpTo(500);
                disk.fill(server(), randomUpTo(64 << 10));
                clients.awaitTold(REFUSED, 50);
                sleepUpTo(1_500);
                if (i % 2 == 1) {
                    server().kill();
                }
                disk.makeRoom(server());
                if (i % 2 == 1) {
                    start(disk, environment);
                }
            }
            clients.awaitAnswers();
            clients.stop();
            Path small = disk.outside().resolve("data");
            stopServer(small);
            Path after = home.resolve("after");
            SmallDisk.copy(small, after);
            int charged = new PaidBooks(DatabaseUrl.parse("", after, new Secrets(1))).check(clients.seenWhole());
            report(kind + " disk, " + TIMES + " times", charged);
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
            start(disk, environment);
            clients.start();
            for (int i = 0; i < TIMES; i++) {
                clients.awaitAnswers();
                disk.fill(server(), randomUpTo(64 << 10));
                clients.awaitAnswers();
                postgres.stop();
                clients.awaitTold(REFUSED, 50);
                sleepUpTo(500);
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
            stopServer(small);
            report(kind + " disk and PostgreSQL away, " + TIMES + " times", books.check(clients.seenWhole()));
            assertThat(clients.longestMillis()).isLessThan(8_000);
        }
    }
}
