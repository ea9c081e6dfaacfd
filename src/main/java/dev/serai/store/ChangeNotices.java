package dev.serai.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.PGConnection;

/**
 * Hears of changes that other nodes make, where the database tells of them: PostgreSQL does, a file of SQLite has one node. It only makes
 * haste: a notice can get lost with its connection, so whoever uses it looks by itself, too.
 */
public final class ChangeNotices implements AutoCloseable {
    private static final int LISTEN_MILLIS = 10_000;
    private static final Duration REST = Duration.ofSeconds(1);

    private final Database database;
    private final Runnable whenChanged;
    private final Thread listener = new Thread(this::listen, "serai-store-notices");
    private volatile boolean closed;

    /** @param whenChanged called on a thread of its own, which it may block */
    public ChangeNotices(Database database, Runnable whenChanged) {
        this.database = database;
        this.whenChanged = whenChanged;
    }

    /** Begins to listen, once. */
    public void start() {
        if (database.isPostgres()) {
            listener.setDaemon(true);
            listener.start();
        }
    }

    private void listen() {
        while (!closed) {
            try (Connection connection = database.unpooled().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + Store.CHANNEL);
                PGConnection notices = connection.unwrap(PGConnection.class);
                while (!closed) {
                    if (notices.getNotifications(LISTEN_MILLIS).length > 0) {
                        whenChanged.run();
                    }
                }
            } catch (SQLException away) {
                rest();
            }
        }
    }

    private void rest() {
        try {
            Thread.sleep(REST.toMillis());
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** Ends soon; a notice that is under way may still be told. */
    @Override
    public void close() {
        closed = true;
        listener.interrupt();
    }
}
