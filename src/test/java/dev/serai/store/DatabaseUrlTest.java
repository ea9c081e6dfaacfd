package dev.serai.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    private static final Path HOME = Path.of("home");
    private final Secrets masked = new Secrets(10);

    @Test
    void nothing_means_a_file_in_the_home() {
        assertThat(DatabaseUrl.parse("", HOME, masked)).isEqualTo(new DatabaseUrl.Sqlite(HOME.resolve("serai.db")));
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://ada:s%40cret%2B1-long@db.example:5433/serai?sslmode=require, jdbc:postgresql://db.example:5433/serai?sslmode=require, ada, s@cret+1-long",
        "postgres://ada:plus+plus@db.example/serai, jdbc:postgresql://db.example/serai, ada, plus+plus",
        "postgresql://ada@db.example/serai, jdbc:postgresql://db.example/serai, ada,",
        "jdbc:postgresql://db.example/serai?user=ada&password=secret-long&sslmode=require, jdbc:postgresql://db.example/serai?sslmode=require, ada, secret-long"
    })
    void a_url_names_a_server_and_its_password_is_kept_apart(String text, String jdbc, String user, String password) {
        DatabaseUrl.Postgres url = (DatabaseUrl.Postgres) DatabaseUrl.parse(text, HOME, masked);
        assertThat(url).isEqualTo(new DatabaseUrl.Postgres(jdbc, user, password == null ? null : new Secret(password)));
        if (password != null) {
            assertThat(url.toString()).doesNotContain(password);
            assertThat(masked.redact("with " + password)).isEqualTo("with ***");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://ada:hunter2@db.example/serai",
                "postgresql://ada:hunter2@db.example",
                "postgresql:///serai?password=hunter2",
                "jdbc:sqlite:hunter2",
                "jdbc:postgresql://db.example:port/hunter2",
                "hunter2",
                "postgresql://ada:hunter2 @db.example/serai"
            })
    void anything_else_is_refused_without_being_shown(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text, HOME, masked))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("postgresql://user:password@host:5432/database")
                .hasMessageNotContaining("hunter2");
    }
}
