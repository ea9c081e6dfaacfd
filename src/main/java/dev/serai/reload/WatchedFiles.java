package dev.serai.reload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files, and folders of files, whose content is told apart from what it was before. Follows symbolic links, so that swapping one,
 * as Kubernetes does with a ConfigMap, is a change. Blocks; used by one thread at a time.
 */
final class WatchedFiles {
    /** A file may be written twice within one tick of its file system's clock; the coarsest tick is two seconds. */
    private static final Duration COARSEST_TICK = Duration.ofSeconds(2);

    private static final String UNREADABLE = "unreadable";

    /** What a file looked like from outside when it was read. */
    private record Attributes(
            long sizeBytes, FileTime modified, @Nullable Object inode) {
        static Attributes of(Path file) throws IOException {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return new Attributes(found.size(), found.lastModifiedTime(), found.fileKey());
        }
    }

    private record Seen(Attributes attributes, Instant at, String hash) {
        boolean isStill(Attributes now) {
            return attributes.equals(now) && now.modified().toInstant().isBefore(at.minus(COARSEST_TICK));
        }
    }

    private final List<Path> places;
    private final Clock clock;
    private Map<Path, Seen> seen = Map.of();

    /** @param places files and folders, which need not exist; of a folder, the files that lie in it and are not hidden */
    WatchedFiles(Collection<Path> places, Clock clock) {
        this.places = List.copyOf(places);
        this.clock = clock;
    }

    /**
     * What is there now: every file with a hash of its content. Equal to what was told before if no content has changed. Reads
     * only files that look different from outside, or were written just now.
     */
    Map<Path, String> state() {
        Map<Path, Seen> now = new TreeMap<>();
        for (Path place : places) {
            for (Path file : filesAt(place)) {
                now.put(file, see(file, seen.get(file)));
            }
        }
        seen = now;
        Map<Path, String> state = new TreeMap<>();
        now.forEach((file, found) -> state.put(file, found.hash()));
        return state;
    }

    private static List<Path> filesAt(Path place) {
        if (Files.isRegularFile(place)) {
            return List.of(place);
        }
        try (Stream<Path> entries = Files.list(place)) {
            return entries.filter(Files::isRegularFile)
                    .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .toList();
        } catch (IOException | UncheckedIOException absent) {
            return List.of();
        }
    }

    private Seen see(Path file, @Nullable Seen before) {
        Instant at = clock.instant();
        Attributes attributes = new Attributes(0, FileTime.from(Instant.MAX), null);
        try {
            attributes = Attributes.of(file);
            return before != null && before.isStill(attributes) ? before : new Seen(attributes, at, hash(file));
        } catch (IOException e) {
            return new Seen(attributes, at, UNREADABLE);
        }
    }

    private static String hash(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
