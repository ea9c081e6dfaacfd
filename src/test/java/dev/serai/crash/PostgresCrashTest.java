package dev.serai.crash;

import dev.serai.access.Secrets;
import dev.serai.store.DatabaseUrl;
import dev.serai.store.StoppablePostgres;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * PostgreSQL is killed at random moments under a busy Serai, and Serai itself now and then while PostgreSQL is away: the same promises as in
 * {@link CrashTest}. {@code make crash} does it more often.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class PostgresCrashTest extends CrashScene {
    private static final int KILLS = Integer.getInteger("serai.crash.postgres", 2);

    @Test
    void whoever_kills_the_database_finds_every_answer_charged_once_and_the_books_sound() throws Exception {
        try (StoppablePostgres postgres = StoppablePostgres.start(home.resolve("postgres"))) {
            PaidBooks books = new PaidBooks(DatabaseUrl.parse(postgres.url(), home, new Secrets(1)));
            books.open();
            provider.describeIn(home.resolve("config"));
            Map<String, String> environment = ServerProcess.prepaid(postgres.url());
            start(environment);
            clients.start();
            for (int kill = 0; kill < KILLS; kill++) {
                clients.awaitAnswers();
                sleepUpTo(1_000);
                postgres.kill();
                clients.awaitAnswers(); // into the spool
                sleepUpTo(1_000);
                boolean dies = kill % 3 == 1;
                if (dies) {
                    server().kill();
                }
                if (dies && randomUpTo(2) == 0) {
                    start(environment);
                    postgres.startAgain();
                } else {
                    postgres.startAgain();
                    if (dies) {
                        start(environment);
                    }
                }
            }
            clients.awaitAnswers();
            clients.stop();
            stopServer(home.resolve("data"));
            report("PostgreSQL killed " + KILLS + " times", books.check(clients.seenWhole()));
        }
    }
}
