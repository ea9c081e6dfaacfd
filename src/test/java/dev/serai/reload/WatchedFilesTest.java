package dev.serai.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the folder, start() the rest
class WatchedFilesTest {
    private static final Instant WRITTEN = Instant.parse("2026-11-22T08:00:00Z");

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock(WRITTEN);
    private Path places;
    private Path single;
    private WatchedFiles files;

    @BeforeEach
    void start() throws IOException {
        places = Files.createDirectories(folder.resolve("providers"));
        single = folder.resolve("aliases.yaml");
        files = new WatchedFiles(List.of(places, single), clock);
        write(places.resolve("a.yaml"), "one");
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(WRITTEN));
    }

    @Test
    void what_appears_changes_or_vanishes_is_a_change() throws Exception {
        Map<Path, String> first = files.state();
        write(single, "x");
        Map<Path, String> second = files.state();
        write(places.resolve("a.yaml"), "two, longer");
        Map<Path, String> third = files.state();
        Files.delete(single);
        Map<Path, String> fourth = files.state();
        assertThat(List.of(first, second, third, fourth)).doesNotHaveDuplicates();
        assertThat(fourth).containsOnlyKeys(places.resolve("a.yaml"));
        assertThat(files.state()).isEqualTo(fourth);
    }

    @Test
    void a_folder_that_appears_is_a_change() throws Exception {
        Path later = folder.resolve("presets");
        WatchedFiles watched = new WatchedFiles(List.of(later), clock);
        assertThat(watched.state()).isEmpty();
        Files.createDirectory(later);
        write(later.resolve("p.yaml"), "p");
        assertThat(watched.state()).hasSize(1);
    }

    @Test
    void the_same_content_is_no_change_whenever_and_however_it_was_written() throws Exception {
        Map<Path, String> before = files.state();
        Files.setLastModifiedTime(places.resolve("a.yaml"), FileTime.from(WRITTEN.plusSeconds(60)));
        assertThat(files.state()).isEqualTo(before);
        write(folder.resolve("new"), "one");
        Files.move(folder.resolve("new"), places.resolve("a.yaml"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(files.state()).isEqualTo(before);
    }

    @Test
    void hidden_files_and_folders_do_not_count() throws Exception {
        Map<Path, String> before = files.state();
        write(places.resolve(".a.yaml.swp"), "editor");
        Files.createDirectory(places.resolve("old"));
        write(places.resolve("old/b.yaml"), "b");
        assertThat(files.state()).isEqualTo(before);
    }

    @Test
    void a_file_that_was_written_twice_within_a_tick_of_the_clock_is_read_twice() throws Exception {
        Map<Path, String> before = files.state();
        write(places.resolve("a.yaml"), "two");
        assertThat(files.state()).isNotEqualTo(before);
    }

    @Test
    void a_file_that_looks_the_same_for_longer_is_not_read() throws Exception {
        clock.pass(Duration.ofSeconds(3));
        Map<Path, String> before = files.state();
        write(places.resolve("a.yaml"), "two");
        assertThat(files.state()).isEqualTo(before);
    }

    /** How Kubernetes changes the files of a ConfigMap: each is a link into a hidden link, and that is replaced. */
    @Test
    void a_swapped_symbolic_link_is_a_change() throws Exception {
        Path mount = Files.createDirectories(folder.resolve("mount"));
        for (String version : List.of("..1", "..2")) {
            write(Files.createDirectory(mount.resolve(version)).resolve("a.yaml"), version);
        }
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(mount.resolve("a.yaml"), Path.of("..data/a.yaml"));
        WatchedFiles watched = new WatchedFiles(List.of(mount), clock);
        clock.pass(Duration.ofSeconds(3));
        Map<Path, String> before = watched.state();
        assertThat(before).containsOnlyKeys(mount.resolve("a.yaml"));

        Files.createSymbolicLink(mount.resolve("..new"), Path.of("..2"));
        Files.move(mount.resolve("..new"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(watched.state()).containsOnlyKeys(mount.resolve("a.yaml")).isNotEqualTo(before);
    }
}
