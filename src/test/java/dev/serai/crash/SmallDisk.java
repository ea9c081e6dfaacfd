package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A disk that can be made full under processes that are started {@link #within} it. Needs no rights. */
abstract class SmallDisk implements AutoCloseable {
    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    /** How a disk is made full. */
    enum Kind {
        /** There is no room: what is written fails with {@code ENOSPC}. */
        FULL,
        /** No file may be longer than so much: what is written fails with {@code EFBIG}, which looks like a disk that is failing. */
        FAILING;

        /**
         * A disk of this kind. The test is skipped, and says so, where that cannot be had.
         *
         * @param path an empty folder
         */
        SmallDisk at(Path path) throws IOException, InterruptedException {
            return this == FULL ? Mounted.at(path) : new Limited(path);
        }
    }

    /** The command that runs a command where this disk is. */
    abstract List<String> within();

    /** Where it is, for those within. */
    Path path() {
        return path;
    }

    /** The same for this process. Not for SQLite, which would look through the link that this may be. */
    abstract Path outside();

    /** From now on there is no room, but for so many bytes. */
    abstract void fill(ServerProcess server, int left) throws Exception;

    abstract void makeRoom(ServerProcess server) throws Exception;

    @Override
    public void close() {}

    /** Memory as a disk, mounted in a name space of its own. It is gone when those within have ended. */
    private static final class Mounted extends SmallDisk {
        private static final int MEGABYTES = 12;

        private final Process holder;
        private final Path outside;

        private Mounted(Path path, Process holder) {
            super(path);
            this.holder = holder;
            this.outside = Path.of("/proc/" + holder.pid() + "/root" + path);
        }

        static Mounted at(Path path) throws IOException, InterruptedException {
            String mount =
                    "mount -t tmpfs -o size=" + MEGABYTES + "m none '" + path + "' && echo mounted && exec sleep 7200";
            boolean isMounted = false;
            Process holder = null;
            try {
                holder = new ProcessBuilder("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount)
                        .start();
                isMounted = holder.inputReader().readLine() != null;
            } catch (IOException e) {
                // there is no such command
            }
            if (holder == null || !isMounted) {
                Assumptions.abort("nobody may mount a small disk here: name spaces of users are not allowed");
            }
            return new Mounted(path, holder);
        }

        @Override
        List<String> within() {
            return List.of(
                    "nsenter", "--user", "--mount", "--preserve-credentials", "--target", Long.toString(holder.pid()));
        }

        @Override
        Path outside() {
            return outside;
        }

        @Override
        void fill(ServerProcess server, int left) throws IOException {
            Path ballast = outside.resolve("ballast");
            byte[] block = new byte[4096];
            try (OutputStream out = Files.newOutputStream(ballast)) {
                while (true) {
                    out.write(block);
                }
            } catch (IOException full) {
                try (FileChannel file = FileChannel.open(ballast, StandardOpenOption.WRITE)) {
                    file.truncate(Math.max(0, file.size() - left));
                }
            }
        }

        @Override
        void makeRoom(ServerProcess server) throws IOException {
            Files.deleteIfExists(outside.resolve("ballast"));
        }

        @Override
        public void close() {
            holder.destroyForcibly();
        }
    }

    /** A folder like any other, and a limit for the process. */
    private static final class Limited extends SmallDisk {
        Limited(Path path) {
            super(path);
        }

        @Override
        List<String> within() {
            return List.of();
        }

        @Override
        Path outside() {
            return path();
        }

        @Override
        void fill(ServerProcess server, int left) throws Exception {
            limit(server, Integer.toString(left));
        }

        @Override
        void makeRoom(ServerProcess server) throws Exception {
            if (server.isAlive()) {
                limit(server, "unlimited");
            }
        }

        private static void limit(ServerProcess server, String bytes) throws Exception {
            try {
                int status = new ProcessBuilder(
                                "prlimit", "--pid", Long.toString(server.pid()), "--fsize=" + bytes + ":")
                        .start()
                        .waitFor();
                assertThat(status).as("status of prlimit").isZero();
            } catch (IOException e) {
                Assumptions.abort("there is no prlimit here: " + e.getMessage());
            }
        }
    }

    /** Copies a folder, from here or to here. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copied = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copied);
                } else {
                    Files.copy(file, copied);
                }
            }
        }
    }
}
