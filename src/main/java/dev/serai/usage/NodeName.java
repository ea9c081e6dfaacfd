package dev.serai.usage;

import dev.serai.access.PrivateFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The name of this node among those that share a store. It is kept in a file, so that a node that starts again is known to be the same
 * one, and locked, so that a second process in the same folder is another one.
 */
public final class NodeName implements AutoCloseable {
    private static final String FILE = "node";
    private static final int BITS = 60;
    private static final int RADIX = 32;

    private final String name;
    private final @Nullable FileChannel lock;

    private NodeName(String name, @Nullable FileChannel lock) {
        this.name = name;
        this.lock = lock;
    }

    /**
     * The name that belongs to this folder, which is made up the first time.
     *
     * @throws IOException if it can neither be read nor made
     */
    public static NodeName in(Path home, SecureRandom random) throws IOException {
        String fresh = Long.toString(random.nextLong() >>> (Long.SIZE - BITS), RADIX);
        Path file = home.resolve(FILE);
        if (!Files.exists(file)) {
            PrivateFile.createOnce(file, fresh.getBytes(StandardCharsets.US_ASCII));
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new NodeName(Files.readString(file).strip(), channel);
            }
        } catch (OverlappingFileLockException e) {
            // another Serai in this process
        }
        channel.close();
        return new NodeName(fresh, null);
    }

    /** Letters and digits. */
    public String text() {
        return name;
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
