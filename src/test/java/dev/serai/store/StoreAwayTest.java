package dev.serai.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.access.Secrets;
import dev.serai.testing.FreePort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** A database that does not answer as it should, and what only one of the two has. */
@Timeout(60)
class StoreAwayTest {
    @TempDir
    Path folder;

    private static Store store(Database database) {
        return new Store(database, Clock.systemUTC(), Samples.RANDOM);
    }

    private Database at(String url) throws Exception {
        return Database.open(DatabaseUrl.parse(url, folder, new Secrets(1)), 1);
    }

    private static void isAway(Callable<Long> asking) {
        long start = System.nanoTime();
        assertThatThrownBy(asking::call).isInstanceOf(StoreAwayException.class).hasMessageNotContaining("hunter2");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void a_server_that_is_not_there_is_told_within_seconds() throws Exception {
        int port = FreePort.find();
        try (Database database = at("postgresql://ada:hunter2@127.0.0.1:" + port + "/serai")) {
            isAway(store(database)::changes);
            assertThatThrownBy(() -> new Migrations(database).migrate()).isInstanceOf(StoreException.class);
        }
    }

    @Test
    void a_server_that_never_says_a_word_is_told_within_seconds() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Database database = at("postgresql://ada:hunter2@127.0.0.1:" + silent.getLocalPort() + "/serai")) {
            Store store = store(database);
            isAway(() -> store.change(Samples.TESTER, Session::changes));
        }
    }

    @Test
    void a_store_that_comes_back_is_used_again() throws Exception {
        String url = TestDatabase.postgres();
        try (Database database = at(url)) {
            new Migrations(database).migrate();
            Store store = store(database);
            long changes = store.changes();
            try (Database other = at(url.replaceFirst("/[^/]*$", "/postgres"))) {
                other.writer().useHandle(handle -> handle.createQuery(
                                "SELECT pg_terminate_backend(pid)" + " FROM pg_stat_activity WHERE datname = :name")
                        .bind("name", url.replaceFirst(".*/", ""))
                        .mapTo(Boolean.class)
                        .list());
            }
            long seen = -1;
            for (int i = 0; i < 10 && seen < 0; i++) {
                try {
                    seen = store.changes();
                } catch (StoreAwayException e) {
                    seen = -1;
                }
            }
            assertThat(seen).isEqualTo(changes);
        }
    }

    @Test
    void a_change_that_another_process_holds_up_is_told_within_seconds() throws Exception {
        DatabaseUrl url;
        try (Database migrated = TestDatabase.SQLITE.open(folder)) {
            url = migrated.url();
        }
        try (Database database = Database.open(url, 1);
                Connection other = database.unpooled().getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            Store store = store(database);
            assertThatThrownBy(() -> store.change(Samples.TESTER, Session::changes))
                    .isInstanceOf(StoreAwayException.class);
            assertThat(store.changes()).isZero();
            statement.execute("ROLLBACK");
            assertThat((long) store.change(Samples.TESTER, Session::changes)).isEqualTo(1);
        }
    }

    @Test
    void postgresql_tells_listeners_of_each_change_when_it_is_there() throws Exception {
        try (Database database = TestDatabase.POSTGRESQL.open(folder);
                Connection listening = database.unpooled().getConnection()) {
            try (Statement statement = listening.createStatement()) {
                statement.execute("LISTEN " + Store.CHANNEL);
            }
            long number = store(database).change(Samples.TESTER, Session::changes);
            PGNotification[] told = listening.unwrap(PGConnection.class).getNotifications(10_000);
            assertThat(told).hasSize(1);
            assertThat(told[0].getParameter()).isEqualTo(String.valueOf(number));
        }
    }

    @Test
    void who_reads_does_not_wait_for_who_changes() throws Exception {
        for (TestDatabase kind : TestDatabase.values()) {
            try (Database database = kind.open(folder)) {
                Store store = store(database);
                CountDownLatch changing = new CountDownLatch(1);
                CountDownLatch read = new CountDownLatch(1);
                Thread thread = new Thread(() -> store.change(Samples.TESTER, session -> {
                    changing.countDown();
                    try {
                        return read.await(30, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));
                thread.start();
                assertThat(changing.await(30, TimeUnit.SECONDS)).isTrue();
                assertThat(store.changes()).isZero();
                read.countDown();
                thread.join();
                assertThat(store.changes()).isEqualTo(1);
            }
        }
    }
}
