package dev.serai.usage;

import dev.serai.access.PrivateFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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
    private boolean mayWait = true;

    /** How much of a file is confirmed, where the rest could not be taken back. */
    private final Map<Path, Long> confirmed = new HashMap<>();

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
        }
        bytes = size();
    }

    private long size() throws IOException {
        long size = 0;
        for (Path file : files()) {
            try {
                size += Files.size(file);
            } catch (NoSuchFileException e) {
                // another process has settled it
            }
        }
        return size;
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

    /** Whether {@link #oldest} may have something, as far as this process knows; what others leave behind it finds only by looking. */
    public synchronized boolean mayWait() {
        return mayWait;
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
        mayWait = true;
        try {
            write(open, lines, before);
            open.force(false);
        } catch (IOException e) {
            forget(open, path(), before);
            throw e;
        }
        written += lines.length;
        bytes += lines.length;
        return path();
    }

    private static void write(FileChannel open, byte[] lines, long at) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(lines);
        while (buffer.hasRemaining()) {
            open.write(buffer, at + buffer.position());
        }
    }

    /**
     * What was not confirmed is taken back; if that fails too, this process passes over it. Nothing is added to the file: after a sync that has
     * failed, the next one may succeed without having written anything.
     */
    private void forget(FileChannel open, Path file, long before) {
        try {
            open.truncate(before);
            open.force(false);
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("an unconfirmed end of {} cannot be taken back", file);
            confirmed.put(file, before);
        }
        rotate();
        if (before == 0) {
            delete(file);
        }
    }

    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
            confirmed.remove(file);
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("{} has nothing in it, and stays", file);
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
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private FileChannel channel() throws IOException {
        if (channel != null && written > MAX_FILE_BYTES) {
            rotate();
        }
        FileChannel open = channel;
        while (open == null) {
            Path file = folder.resolve(String.format("%s%012d%s", PREFIX, next, SUFFIX));
            next++;
            open = create(file);
        }
        return open;
    }

    /** A file of this process, or null if there is one of that name. */
    private @Nullable FileChannel create(Path file) throws IOException {
        FileChannel made;
        try {
            made = PrivateFile.create(file);
        } catch (FileAlreadyExistsException e) {
            return null;
        }
        try {
            if (!isLocked(made) || !Files.exists(file)) { // another process took it for one that was left behind
                made.close();
                return null;
            }
            syncFolder();
        } catch (IOException e) {
            made.close();
            delete(file);
            throw e;
        }
        channel = made;
        writing = file;
        written = 0;
        return made;
    }

    private static boolean isLocked(FileChannel open) throws IOException {
        try {
            return open.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // a second Serai in this process
        }
    }

    /** The file, unless another process has it. */
    private static @Nullable FileChannel locked(Path file) throws IOException {
        FileChannel open = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (isLocked(open)) {
            return open;
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
                reading = locked(file);
            } catch (NoSuchFileException e) {
                continue; // another process was faster
            }
            if (reading != null) {
                return Optional.of(new Batch(file, read(file, reading)));
            }
        }
        mayWait = false;
        return Optional.empty();
    }

    private void letGo() throws IOException {
        if (reading != null) {
            reading.close();
            reading = null;
        }
    }

    /** Through the channel that has the lock: to close another one of the same file would give it up. */
    private List<UsageEvent> read(Path file, FileChannel open) throws IOException {
        byte[] content = new byte[(int) Math.min(open.size(), confirmed.getOrDefault(file, Long.MAX_VALUE))];
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining() && open.read(buffer) >= 0) {
            // until it is all there
        }
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
        try (FileChannel out = FileChannel.open(aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long before = out.size();
            try {
                write(out, withEnd, before);
                out.force(true);
            } catch (IOException e) {
                out.truncate(before); // half a line would spoil the next one
                throw e;
            }
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
        Files.deleteIfExists(batch.file());
        confirmed.remove(batch.file());
        letGo();
        bytes = size();
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
