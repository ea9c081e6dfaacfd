package dev.serai.usage;

import dev.serai.access.PrivateFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that wait on the local disk while the store is away: files of lines, each {@code <CRC-32C in hex> <event in JSON>}. What
 * {@link #append} has returned from is on the disk. A last line that is not whole was never confirmed to anybody and is dropped; any other
 * line that is damaged is set aside, and told. Several processes may share a folder: a file is locked by whoever writes or reads it, and
 * whoever is left takes over what a dead one has left. Thread-safe; blocks.
 */
public final class Spool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final String PREFIX = "events-";
    private static final String SUFFIX = ".spool";
    private static final String SET_ASIDE = "set-aside.spool";
    private static final int CRC_DIGITS = 8;
    private static final long MAX_FILE_BYTES = 16 << 20;

    private final Path folder;
    private final EventForm form;
    private final long maxBytes;
    private long next;
    private long bytes;
    private @Nullable Path writing;
    private @Nullable FileChannel channel;
    private @Nullable FileChannel reading;
    private long written;

    /**
     * One file, as it was read.
     *
     * @param events in the order in which they were appended
     */
    public record Batch(Path file, List<UsageEvent> events) {}

    /**
     * Opens a folder, which is made if it is not there.
     *
     * @param maxBytes more than this is not kept
     */
    public Spool(Path folder, EventForm form, long maxBytes) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.form = form;
        this.maxBytes = maxBytes;
        for (Path file : files()) {
            next = Math.max(next, number(file) + 1);
            bytes += Files.size(file);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> name(file).startsWith(PREFIX) && name(file).endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static long number(Path file) {
        String name = name(file);
        return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
    }

    /** How much waits, in bytes. */
    public synchronized long bytes() {
        return bytes;
    }

    /**
     * Keeps events. They are on the disk when this returns.
     *
     * @return the file that they are in
     * @throws IOException if they cannot be kept: the disk or the spool is full
     */
    public synchronized Path append(List<UsageEvent> events) throws IOException {
        byte[] lines = lines(events);
        if (bytes + lines.length > maxBytes) {
            throw new IOException("the spool in " + folder + " is full: " + bytes + " bytes wait for the store");
        }
        FileChannel open = channel();
        long before = written;
        try {
            ByteBuffer buffer = ByteBuffer.wrap(lines);
            while (buffer.hasRemaining()) {
                open.write(buffer, before + buffer.position());
            }
            open.force(false);
        } catch (IOException e) {
            forget(open, before);
            throw e;
        }
        written += lines.length;
        bytes += lines.length;
        return path();
    }

    /** What was not confirmed is taken back, or the file is left as it is: its last line is torn then, and dropped when it is read. */
    private void forget(FileChannel open, long before) {
        try {
            open.truncate(before);
            open.force(false);
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("an unconfirmed end of {} cannot be taken back", writing);
            rotate();
        }
    }

    private byte[] lines(List<UsageEvent> events) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(events.size() * 700);
        for (UsageEvent event : events) {
            byte[] line = form.write(event);
            lines.writeBytes(checksum(line).getBytes(StandardCharsets.US_ASCII));
            lines.write(' ');
            lines.writeBytes(line);
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    private static String checksum(byte[] line) {
        CRC32C crc = new CRC32C();
        crc.update(line);
        return String.format("%08x", crc.getValue());
    }

    private FileChannel channel() throws IOException {
        if (channel != null && written > MAX_FILE_BYTES) {
            rotate();
        }
        FileChannel open = channel;
        while (open == null) {
            Path file = folder.resolve(String.format("%s%012d%s", PREFIX, next, SUFFIX));
            next++;
            if (!Files.exists(file)) { // otherwise it is another process's
                PrivateFile.createOnce(file, new byte[0]);
                open = locked(file, StandardOpenOption.WRITE);
                writing = file;
                written = 0;
            }
        }
        if (channel == null) {
            channel = open;
            syncFolder();
        }
        return open;
    }

    /** The file, unless another process has it. */
    private static @Nullable FileChannel locked(Path file, OpenOption... with) throws IOException {
        FileChannel open = FileChannel.open(file, with);
        try {
            if (open.tryLock() != null) {
                return open;
            }
        } catch (OverlappingFileLockException e) {
            // a second Serai in this process
        }
        open.close();
        return null;
    }

    private Path path() {
        if (writing == null) {
            throw new IllegalStateException("nothing is being written");
        }
        return writing;
    }

    /** A file whose name is not on the disk is not on the disk. */
    private void syncFolder() throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private void rotate() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.atWarn().setCause(e).log("a file of the spool cannot be closed");
            }
        }
        channel = null;
        writing = null;
    }

    /**
     * The oldest file; nothing more is written to it from now on. To be {@linkplain #done told} when its events are in the store.
     *
     * @return empty if nothing waits
     */
    public synchronized Optional<Batch> oldest() throws IOException {
        for (Path file : files()) {
            if (file.equals(writing)) {
                rotate();
            }
            letGo();
            try {
                reading = locked(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            } catch (NoSuchFileException e) {
                continue; // another process was faster
            }
            if (reading != null) {
                return Optional.of(new Batch(file, read(file)));
            }
        }
        return Optional.empty();
    }

    private void letGo() throws IOException {
        if (reading != null) {
            reading.close();
            reading = null;
        }
    }

    private List<UsageEvent> read(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        List<UsageEvent> events = new ArrayList<>();
        int from = 0;
        while (from < content.length) {
            int end = from;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            byte[] line = Arrays.copyOfRange(content, from, end);
            UsageEvent event = event(line);
            if (event != null) {
                events.add(event);
            } else if (end + 1 >= content.length) {
                LOG.warn(
                        "the last line of {} is torn, as a crash leaves it; it was confirmed to nobody and is dropped",
                        file);
            } else {
                setAside(file, line);
            }
            from = end + 1;
        }
        return events;
    }

    private @Nullable UsageEvent event(byte[] line) {
        if (line.length < CRC_DIGITS + 2 || line[CRC_DIGITS] != ' ') {
            return null;
        }
        byte[] json = Arrays.copyOfRange(line, CRC_DIGITS + 1, line.length);
        String stated = new String(line, 0, CRC_DIGITS, StandardCharsets.US_ASCII);
        try {
            return stated.equals(checksum(json)) ? form.read(json) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void setAside(Path file, byte[] line) throws IOException {
        Path aside = folder.resolve(SET_ASIDE);
        byte[] withEnd = Arrays.copyOf(line, line.length + 1);
        withEnd[line.length] = '\n';
        try (FileChannel out = FileChannel.open(
                aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            out.write(ByteBuffer.wrap(withEnd));
            out.force(true);
        }
        LOG.error("a line of {} is damaged; it is kept in {}, and is not in the store: look at the disk", file, aside);
    }

    /** Sets aside an event that the store refuses, so that it does not keep the others from it. */
    public synchronized void setAside(UsageEvent event) throws IOException {
        byte[] json = form.write(event);
        byte[] line =
                (checksum(json) + " " + new String(json, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        setAside(folder, line);
    }

    /** What is in this file is in the store now. */
    public synchronized void done(Batch batch) throws IOException {
        long size = Files.exists(batch.file()) ? Files.size(batch.file()) : 0;
        Files.deleteIfExists(batch.file());
        letGo();
        bytes = Math.max(0, bytes - size);
    }

    @Override
    public synchronized void close() {
        rotate();
        try {
            letGo();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("a file of the spool cannot be closed");
        }
    }
}
