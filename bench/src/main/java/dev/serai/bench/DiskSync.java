package dev.serai.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How long the disk takes until a small write is durable: what nobody who promises durability can be faster than. */
final class DiskSync {
    private static final int WRITES = 300;
    private static final int BYTES = 4_096;

    private DiskSync() {}

    /** The median, in milliseconds. */
    static double medianMillis(Path folder) throws IOException {
        Path file = folder.resolve("sync");
        double[] millis = new double[WRITES];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < WRITES; i++) {
                long begin = System.nanoTime();
                channel.write(ByteBuffer.allocate(BYTES));
                channel.force(false);
                millis[i] = (System.nanoTime() - begin) / 1e6;
            }
        } finally {
            Files.deleteIfExists(file);
        }
        return Results.median(millis);
    }
}
