package dev.serai.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A server of PostgreSQL for one test alone, which can be stopped and comes back with the same data at the same port. */
public final class StoppablePostgres implements AutoCloseable {
    private final Path data;
    private final int port;
    private EmbeddedPostgres server;

    private StoppablePostgres(Path data, EmbeddedPostgres server) {
        this.data = data;
        this.server = server;
        this.port = server.getPort();
    }

    /** @param data a folder that does not exist */
    public static StoppablePostgres start(Path data) throws IOException {
        TestDatabase.assumePostgres();
        return new StoppablePostgres(data, at(data).start());
    }

    private static EmbeddedPostgres.Builder at(Path data) {
        return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
    }

    /** The database that the server begins with, empty. */
    public String url() {
        return "postgresql://postgres@127.0.0.1:" + port + "/postgres";
    }

    /** Throws out whoever is connected, and nobody gets in any more. */
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After {@link #stop}. */
    public void startAgain() throws IOException {
        server = at(data).setPort(port).start();
    }

    @Override
    public void close() {
        stop();
    }
}
