package dev.serai.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.serai.access.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/**
 * An opened database: connections to read with and connections to write with, in two pools. SQLite has one writer at a time, so
 * that one connection writes and others wait for it in order, rather than finding the file locked; readers see what was
 * committed when they began. Opening connects to nothing, so that a server may be away; whoever then asks is told within seconds.
 * Thread-safe.
 */
public final class Database implements AutoCloseable {
    private static final int SECONDS_TO_CONNECT = 3;
    private static final int SECONDS_TO_ANSWER = 15;
    private static final int READERS = 4;
    private static final int WRITERS = 4;

    /** A hanging node lets go of its locks, and nobody waits for them for long. */
    private static final String POSTGRES_LIMITS = "SET lock_timeout = '5s'; SET statement_timeout = '10s';"
            + " SET idle_in_transaction_session_timeout = '10s'";

    /** What is committed is to be there after a crash, even where a server is set up to be in a hurry. */
    private static final String POSTGRES_DURABLE =
            "; SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

    private final DatabaseUrl url;
    private final HikariDataSource reading;
    private final HikariDataSource writing;
    private final Jdbi reader;
    private final Jdbi writer;

    private Database(DatabaseUrl url, HikariDataSource reading, HikariDataSource writing) {
        this.url = url;
        this.reading = reading;
        this.writing = writing;
        reader = jdbi(reading);
        writer = jdbi(writing);
    }

    /**
     * Opens the database; its schema may be missing, see {@link Migrations}.
     *
     * @throws IOException if the file of SQLite cannot be made
     */
    public static Database open(DatabaseUrl url) throws IOException {
        return open(url, SECONDS_TO_CONNECT);
    }

    /** The same with another time for a connection, in seconds. */
    static Database open(DatabaseUrl url, int patience) throws IOException {
        if (url instanceof DatabaseUrl.Sqlite sqlite) {
            if (!Files.exists(sqlite.file())) {
                PrivateFile.createOnce(sqlite.file(), new byte[0]);
            }
            HikariConfig readers =
                    pool("read", sqlite(sqlite.file(), TransactionMode.DEFERRED, patience), READERS, patience);
            readers.setConnectionInitSql("PRAGMA query_only = 1");
            HikariConfig writer =
                    pool("write", sqlite(sqlite.file(), TransactionMode.IMMEDIATE, patience), 1, patience);
            return new Database(url, new HikariDataSource(readers), new HikariDataSource(writer));
        }
        DatabaseUrl.Postgres postgres = (DatabaseUrl.Postgres) url;
        HikariConfig readers = pool("read", postgres(postgres, SECONDS_TO_ANSWER, patience), READERS, patience);
        readers.setReadOnly(true);
        readers.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        readers.setConnectionInitSql(POSTGRES_LIMITS);
        HikariConfig writers = pool("write", postgres(postgres, SECONDS_TO_ANSWER, patience), WRITERS, patience);
        writers.setConnectionInitSql(POSTGRES_LIMITS + POSTGRES_DURABLE);
        return new Database(url, new HikariDataSource(readers), new HikariDataSource(writers));
    }

    private static HikariConfig pool(String name, DataSource connections, int size, int patience) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("serai-store-" + name);
        config.setDataSource(connections);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(Duration.ofSeconds(patience).toMillis());
        config.setValidationTimeout(Duration.ofSeconds(1).toMillis());
        return config;
    }

    private static DataSource sqlite(Path file, TransactionMode mode, int patience) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout((int) Duration.ofSeconds(patience).toMillis());
        config.setTransactionMode(mode);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    private static DataSource postgres(DatabaseUrl.Postgres url, int secondsToAnswer, int patience) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url.jdbcUrl());
        if (url.user() != null) {
            source.setUser(url.user());
        }
        if (url.password() != null) {
            source.setPassword(url.password().reveal());
        }
        source.setApplicationName("serai");
        source.setConnectTimeout(patience);
        source.setLoginTimeout(patience);
        source.setSocketTimeout(secondsToAnswer);
        source.setTcpKeepAlive(true);
        // The details of an error quote the values of the row.
        source.setLogServerErrorDetail(false);
        return source;
    }

    private static Jdbi jdbi(DataSource source) {
        Jdbi jdbi = Jdbi.create(source);
        jdbi.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        return jdbi;
    }

    /** Which database this is. */
    public DatabaseUrl url() {
        return url;
    }

    boolean isPostgres() {
        return url instanceof DatabaseUrl.Postgres;
    }

    Jdbi reader() {
        return reader;
    }

    /** To read with for longer than a request may take: whoever looks at everything. */
    Jdbi unhurried() {
        return isPostgres() ? jdbi(unpooled()) : reader;
    }

    Jdbi writer() {
        return writer;
    }

    /**
     * Connections of one's own, without limits to the time of an answer: for migrations, and for {@code LISTEN serai_change}. Whoever takes
     * one closes it.
     */
    public DataSource unpooled() {
        return url instanceof DatabaseUrl.Sqlite sqlite
                ? sqlite(sqlite.file(), TransactionMode.IMMEDIATE, SECONDS_TO_CONNECT)
                : postgres((DatabaseUrl.Postgres) url, 0, SECONDS_TO_CONNECT);
    }

    /** Closes all connections. */
    @Override
    public void close() {
        reading.close();
        writing.close();
    }
}
