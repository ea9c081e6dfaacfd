package dev.serai.usage;

import static dev.serai.usage.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    @TempDir
    Path folder;

    private Spool open() throws IOException {
        return new Spool(folder, Events.FORM, 1 << 20);
    }

    private static List<String> all(Spool spool) throws IOException {
        List<String> ids = new ArrayList<>();
        for (var batch = spool.oldest(); batch.isPresent(); batch = spool.oldest()) {
            ids.addAll(Events.ids(batch.get().events()));
            spool.done(batch.get());
        }
        return ids;
    }

    @Test
    void what_was_appended_is_read_in_its_order_by_the_next_process() throws IOException {
        try (Spool spool = open()) {
            spool.append(List.of(event("1", "a", 5), event("2", "b", 6)));
            spool.append(List.of(event("3", "a", 7)));
        }
        Spool next = open();
        next.append(List.of(event("4", "a", 8)));
        assertThat(all(next)).containsExactly("1", "2", "3", "4");
        assertThat(next.bytes()).isZero();
        assertThat(next.oldest()).isEmpty();
    }

    @Test
    void what_is_appended_while_a_file_is_read_goes_to_another() throws IOException {
        try (Spool spool = open()) {
            spool.append(List.of(event("1", "a", 5)));
            Spool.Batch first = spool.oldest().orElseThrow();
            spool.append(List.of(event("2", "a", 5)));
            spool.done(first);
            assertThat(all(spool)).containsExactly("2");
        }
    }

    @Test
    void what_another_process_is_writing_is_left_to_it_until_it_is_gone() throws IOException {
        Spool other = open();
        other.append(List.of(event("1", "a", 5)));
        try (Spool spool = open()) {
            assertThat(spool.oldest()).isEmpty();
            spool.append(List.of(event("2", "a", 5)));
            other.append(List.of(event("3", "a", 5)));
            assertThat(all(spool)).containsExactly("2");
            other.close();
            assertThat(all(spool)).containsExactly("1", "3");
        }
    }

    @Test
    void what_is_taken_over_from_another_process_is_not_taken_off_what_waits() throws IOException {
        try (Spool spool = open()) {
            try (Spool other = open()) {
                other.append(List.of(event("1", "a", 5), event("2", "a", 5)));
            }
            spool.append(List.of(event("3", "a", 5)));
            Spool.Batch first = spool.oldest().orElseThrow();
            assertThat(Events.ids(first.events())).containsExactly("1", "2");
            spool.done(first);
            assertThat(spool.bytes()).isPositive();
            assertThat(all(spool)).containsExactly("3");
        }
    }

    @Test
    void wherever_a_crash_cuts_the_file_only_what_was_not_confirmed_is_lost() throws IOException {
        List<UsageEvent> events = List.of(event("1", "a", 5), event("2", "bcd", 16), event("3", "a", 7));
        Path file;
        try (Spool spool = open()) {
            file = spool.append(events);
        }
        byte[] whole = Files.readAllBytes(file);
        for (int cut = 0; cut <= whole.length; cut++) {
            Files.write(file, java.util.Arrays.copyOf(whole, cut));
            String left = new String(whole, 0, cut, StandardCharsets.UTF_8);
            int lines = (int) left.chars().filter(c -> c == '\n').count();
            List<String> read;
            try (Spool spool = open()) {
                read = Events.ids(spool.oldest().orElseThrow().events());
            }
            // A line without its end may be whole all the same, and then it is taken.
            assertThat(read).hasSizeBetween(lines, lines + 1);
            assertThat(read).isEqualTo(Events.ids(events.subList(0, read.size())));
            assertThat(folder.resolve("set-aside.spool")).doesNotExist();
        }
    }

    @Test
    void a_damaged_line_is_set_aside_and_the_others_are_read() throws IOException {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            Path own = Files.createDirectories(folder.resolve("r" + round));
            Path file;
            try (Spool spool = new Spool(own, Events.FORM, 1 << 20)) {
                file = spool.append(List.of(event("1", "a", 5), event("2", "b", 6), event("3", "a", 7)));
            }
            byte[] bytes = Files.readAllBytes(file);
            int at = random.nextInt(bytes.length / 3 - 1); // in the first of three lines, its end left out
            bytes[at] ^= (byte) (1 << random.nextInt(7));
            if (bytes[at] == '\n') {
                continue;
            }
            Files.write(file, bytes);
            List<String> read = Events.ids(
                    new Spool(own, Events.FORM, 1 << 20).oldest().orElseThrow().events());
            assertThat(read).endsWith("2", "3");
            if (read.size() == 2) {
                assertThat(Files.readString(own.resolve("set-aside.spool"), StandardCharsets.ISO_8859_1))
                        .endsWith("\n");
            }
        }
    }

    @Test
    void more_than_its_share_of_the_disk_is_not_taken() throws IOException {
        try (Spool spool = new Spool(folder, Events.FORM, 60)) {
            spool.append(List.of(event("1", "a", 5), event("2", "a", 5)));
            assertThatThrownBy(() -> spool.append(List.of(event("3", "a", 5), event("4", "a", 5), event("5", "a", 5))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("full");
            assertThat(all(spool)).containsExactly("1", "2");
        }
    }

    @Test
    void what_is_no_file_of_the_spool_is_left_alone() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "of somebody else", StandardOpenOption.CREATE_NEW);
        assertThat(open().oldest()).isEmpty();
    }
}
