package dev.serai.crash;

import dev.serai.access.Secrets;
import dev.serai.store.DatabaseUrl;
import dev.serai.store.TestDatabase;
import dev.serai.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Serai is killed at random moments under load: every answer that a client saw whole is charged, no answer is charged twice, and the books
 * are sound. {@code make crash} does it fifty times on each database.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class CrashTest extends CrashScene {
    private static final int KILLS = Integer.getInteger("serai.crash.kills", 2);

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoever_kills_it_finds_every_answer_charged_once_and_the_books_sound(TestDatabase kind) throws Exception {
        Path data = Files.createDirectories(home.resolve("data"));
        String setting = kind == TestDatabase.SQLITE ? "" : TestDatabase.postgres();
        PaidBooks books = new PaidBooks(DatabaseUrl.parse(setting, data, new Secrets(1)));
        books.open();
        provider.describeIn(home.resolve("config"));
        Map<String, String> environment = ServerProcess.prepaid(setting);
        for (int kill = 0; kill < KILLS; kill++) {
            start(environment);
            clients.start();
            clients.awaitAnswers();
            sleepUpTo(1_000);
            server().kill();
            clients.stop();
        }
        start(environment);
        Await.within(30_000, "it answers", () -> clients.ask(false).equals("whole"));
        stopServer(data);
        report(kind + ", " + KILLS + " kills", books.check(clients.seenWhole()));
    }
}
