package dev.serai.access;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that only their owner may read (mode 600, where the file system has modes), and that are either there as a
 * whole or not at all, also after a crash.
 */
public final class PrivateFile {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateFile.class);
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

    private PrivateFile() {}

    /** What a file is to hold, written as it comes. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream file) throws IOException;
    }

    /** Writes the file, in place of one that may be there. Its folder is made if it is missing. */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, out -> out.write(content));
    }

    /** The same for content that need not fit into memory. If it cannot be written whole, nothing is. */
    public static void write(Path file, Content content) throws IOException {
        Path temporary = writeBeside(file, content);
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Writes the file unless there is one, even one that another process makes at the same moment. */
    public static void createOnce(Path file, byte[] content) throws IOException {
        Path temporary = writeBeside(file, out -> out.write(content));
        try {
            // A link fails where a move would replace.
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException e) {
            LOG.atDebug().addKeyValue("file", file).log("made by another process meanwhile");
        } catch (UnsupportedOperationException | FileSystemException e) {
            // A file system without links: the best that is left.
            Files.copy(temporary, file, StandardCopyOption.COPY_ATTRIBUTES);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Makes a file that is not there yet, empty and open to be written to.
     *
     * @throws FileAlreadyExistsException if it is there, or another process was faster
     */
    public static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode(file, OWNER));
    }

    /** Logs a warning, rather than refusing, because a mounted secret often has a mode that nobody can change. */
    public static void warnIfOthersMayRead(Path file) throws IOException {
        if (!hasModes(file)) {
            return;
        }
        Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        others.removeAll(OWNER);
        if (!others.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("mode", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .log("more people than its owner have access to this file; chmod 600 it");
        }
    }

    private static Path writeBeside(Path file, Content content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " is no file in a folder");
        }
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, mode(file, OWNER_FOLDER));
        }
        Path temporary = Files.createTempFile(folder, "." + file.getFileName(), ".tmp", mode(file, OWNER));
        boolean isWhole = false;
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
            content.writeTo(out);
            out.flush();
            channel.force(true);
            isWhole = true;
        } finally {
            if (!isWhole) {
                Files.deleteIfExists(temporary);
            }
        }
        return temporary;
    }

    private static FileAttribute<?>[] mode(Path file, Set<PosixFilePermission> permissions) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean hasModes(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }
}
