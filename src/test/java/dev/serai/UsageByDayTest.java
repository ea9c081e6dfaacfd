package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.access.Secrets;
import dev.serai.store.Database;
import dev.serai.store.DatabaseUrl;
import dev.serai.store.TestDatabase;
import dev.serai.testing.Await;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The route {@code prepare-usage}. */
@Timeout(60)
class UsageByDayTest {
    @TempDir
    Path home;

    private static boolean hasPart(Database database, LocalDate day) {
        try (Connection connection = database.unpooled().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT to_regclass('usage_event_d" + day.toEpochDay() + "') IS NOT NULL")) {
            return result.next() && result.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void soon_after_a_start_on_postgresql_the_next_days_have_parts_of_the_table_of_events() throws Exception {
        String url = TestDatabase.postgres();
        LocalDate tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1);
        try (RunningSerai serai =
                        RunningSerai.in(home).with("SERAI_DATABASE_URL", url).start();
                Database database = Database.open(DatabaseUrl.parse(url, home, new Secrets(1)))) {
            assertThat(serai.context().getRoute("prepare-usage")).isNotNull();
            Await.until("there is a part for tomorrow", () -> hasPart(database, tomorrow));
        }
    }
}
