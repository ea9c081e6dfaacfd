package dev.serai.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class MigrationsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void a_new_database_is_migrated_once(TestDatabase kind) throws Exception {
        try (Database database = Database.open(kind.url(folder))) {
            Migrations migrations = new Migrations(database);
            assertThat(migrations.state()).isEqualTo(new Migrations.State(null, "5"));
            assertThat(migrations.migrate()).isEqualTo(5);
            assertThat(migrations.migrate()).isZero();
            assertThat(migrations.state().isCurrent()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_database_that_a_newer_serai_made_is_refused_and_left_as_it_is(TestDatabase kind) throws Exception {
        try (Database database = kind.open(folder)) {
            database.writer()
                    .useHandle(
                            handle -> handle.execute("INSERT INTO serai_schema (installed_rank, version, description,"
                                    + " type, script, checksum, installed_by, execution_time, success) VALUES (99, '7', 'later',"
                                    + " 'SQL', 'V7__later.sql', 1, 'later', 1, "
                                    + (kind == TestDatabase.SQLITE ? "1" : "true")
                                    + ")"));
            Migrations migrations = new Migrations(database);
            assertThat(migrations.state()).isEqualTo(new Migrations.State("7", "5"));
            assertThatThrownBy(migrations::migrate)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("the schema 7, which a newer Serai made; this one knows 5");
            assertThatThrownBy(() -> new Backup(database).write(folder.resolve("b"), java.time.Clock.systemUTC()))
                    .hasMessageContaining("the schema 7");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_database_of_something_else_is_left_alone(TestDatabase kind) throws Exception {
        try (Database database = Database.open(kind.url(folder))) {
            database.writer().useHandle(handle -> handle.execute("CREATE TABLE account (balance BIGINT)"));
            assertThatThrownBy(() -> new Migrations(database).migrate()).isInstanceOf(StoreException.class);
            assertThat(new Migrations(database).state().found()).isNull();
        }
    }

    @Test
    void nodes_that_start_at_once_migrate_once() throws Exception {
        DatabaseUrl url = TestDatabase.POSTGRESQL.url(folder);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try (Database one = Database.open(url);
                Database other = Database.open(url);
                Database third = Database.open(url)) {
            List<Callable<Integer>> starts = List.of(
                    () -> new Migrations(one).migrate(),
                    () -> new Migrations(other).migrate(),
                    () -> new Migrations(third).migrate());
            int steps = 0;
            for (Future<Integer> start : threads.invokeAll(starts)) {
                steps += start.get();
            }
            assertThat(steps).isEqualTo(5);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void the_file_of_sqlite_is_for_its_owner_alone_and_loses_nothing_in_a_crash() throws Exception {
        try (Database database = TestDatabase.SQLITE.open(folder.resolve("home").getParent())) {
            Path file = ((DatabaseUrl.Sqlite) database.url()).file();
            database.writer().useHandle(handle -> {
                assertThat(pragma(handle, "journal_mode")).isEqualTo("wal");
                assertThat(pragma(handle, "foreign_keys")).isEqualTo("1");
                assertThat(pragma(handle, "synchronous")).isEqualTo("2");
            });
            assertThat(Files.exists(file)).isTrue();
        }
        Path made = folder.resolve("deep/home/serai.db");
        Database.open(new DatabaseUrl.Sqlite(made)).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rw-------");
    }

    private static String pragma(org.jdbi.v3.core.Handle handle, String name) {
        return handle.createQuery("PRAGMA " + name).mapTo(String.class).one();
    }
}
