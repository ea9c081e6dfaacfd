package dev.serai.crash;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A disk that is soon full, for processes that are started {@link #within} it; nobody else sees it. Needs no rights. */
final class SmallDisk implements AutoCloseable {
    private final Path path;
    private final Process holder;
    private final Path outside;

    private SmallDisk(Path path, Process holder) {
        this.path = path;
        this.holder = holder;
        this.outside = Path.of("/proc/" + holder.pid() + "/root" + path);
    }

    /**
     * Mounts one in a name space of its own. The test is skipped, and says so, where that is not allowed.
     *
     * @param path an empty folder
     */
    static SmallDisk mount(Path path, int megabytes) throws IOException, InterruptedException {
        String mount =
                "mount -t tmpfs -o size=" + megabytes + "m none '" + path + "' && echo mounted && exec sleep 7200";
        Process holder;
        try {
            holder = new ProcessBuilder("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount).start();
        } catch (IOException e) {
            Assumptions.abort("a full disk cannot be had without unshare: " + e.getMessage());
            throw e;
        }
        boolean isMounted = holder.inputReader().readLine() != null;
        if (!isMounted) {
            holder.destroyForcibly().waitFor();
        }
        Assumptions.assumeTrue(isMounted, "a full disk cannot be had: name spaces of users are not allowed here");
        return new SmallDisk(path, holder);
    }

    /** The command that runs a command where this disk is. */
    List<String> within() {
        return List.of(
                "nsenter", "--user", "--mount", "--preserve-credentials", "--target", Long.toString(holder.pid()));
    }

    /** Where it is, for those within. */
    Path path() {
        return path;
    }

    /** The same for this process. Not for SQLite, which would look through the link that this is. */
    Path outside() {
        return outside;
    }

    /** Takes all room but so many bytes. */
    void fill(int left) throws IOException {
        Path ballast = outside.resolve("ballast");
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (left > 0) {
                try (var channel = Files.newByteChannel(ballast, StandardOpenOption.WRITE)) {
                    channel.truncate(Math.max(0, channel.size() - left));
                }
            }
        }
    }

    void makeRoom() throws IOException {
        Files.deleteIfExists(outside.resolve("ballast"));
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

    /** It is gone when those within have ended. */
    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
