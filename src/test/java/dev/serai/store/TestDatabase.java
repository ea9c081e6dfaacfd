package dev.serai.store;

import dev.serai.access.Secrets;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** The databases that the store must be the same on. PostgreSQL is a real server, started once for all tests of a run. */
public enum TestDatabase {
    SQLITE,
    POSTGRESQL;

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Started when it is first asked for; stops with the JVM. */
    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** An empty database, without a schema. The folder is for this test alone. */
    public DatabaseUrl url(Path folder) {
        if (this == SQLITE) {
            return new DatabaseUrl.Sqlite(folder.resolve("serai-" + COUNT.incrementAndGet() + ".db"));
        }
        return DatabaseUrl.parse(postgres(), folder, new Secrets(1));
    }

    /** The URL of an empty database on the server. */
    public static String postgres() {
        return created("template1");
    }

    /** Skips a test where there is no server to run. */
    static void assumePostgres() {
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "PostgreSQL is at hand for Linux on x86-64 only");
    }

    private static String created(String template) {
        assumePostgres();
        String name = "serai_" + COUNT.incrementAndGet();
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return "postgresql://postgres@127.0.0.1:" + Server.POSTGRES.getPort() + "/" + name;
    }

    /** Databases that were migrated once, to be copied. */
    private static final class Migrated {
        static final DatabaseUrl POSTGRES = migrated(DatabaseUrl.parse(postgres(), Path.of(""), new Secrets(1)));
        static final DatabaseUrl.Sqlite SQLITE = sqlite();

        private static DatabaseUrl.Sqlite sqlite() {
            try {
                Path folder = Files.createTempDirectory("serai-store");
                folder.toFile().deleteOnExit();
                Path file = folder.resolve("serai.db");
                file.toFile().deleteOnExit();
                return (DatabaseUrl.Sqlite) migrated(new DatabaseUrl.Sqlite(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static DatabaseUrl migrated(DatabaseUrl url) {
            try (Database database = Database.open(url)) {
                new Migrations(database).migrate();
                return url;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** An empty database with the schema. */
    public Database open(Path folder) throws IOException {
        if (this == POSTGRESQL) {
            String template =
                    ((DatabaseUrl.Postgres) Migrated.POSTGRES).jdbcUrl().replaceFirst(".*/", "");
            return Database.open(DatabaseUrl.parse(created(template), folder, new Secrets(1)));
        }
        DatabaseUrl.Sqlite url = (DatabaseUrl.Sqlite) url(folder);
        Files.copy(Migrated.SQLITE.file(), url.file());
        return Database.open(url);
    }
}
