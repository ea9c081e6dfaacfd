package dev.serai.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import dev.serai.telemetry.Measures;
import dev.serai.testing.LogTap;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the folder
class PartTest {
    @TempDir
    Path folder;

    private final List<String> taken = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ReloadLog log = new ReloadLog(new Measures(meters));
    private final LogTap said = new LogTap("dev.serai.reload.ReloadLog");

    @AfterEach
    void stop() {
        said.close();
    }

    private Path file() {
        return folder.resolve("text");
    }

    private void write(String text) throws IOException {
        Files.writeString(file(), text);
    }

    /** Accepts any text but {@code bad}. */
    private String read() throws ConfigurationException, IOException {
        String text = Files.readString(file());
        if (text.equals("bad")) {
            throw new ConfigurationException(new Problem("text", 1, "is bad"));
        }
        return text;
    }

    private Part<String> part(Part.Reading<String> reading) throws Exception {
        return new Part<>("texts", List.of(file()), Clock.systemUTC(), reading);
    }

    private void look(Part<String> part) {
        part.look(Duration.ZERO, (before, now) -> taken.add(before + " -> " + now), log);
    }

    @Test
    void what_is_good_is_taken_and_what_is_bad_is_not() throws Exception {
        write("one");
        Part<String> part = part(inForce -> read());
        look(part);
        assertThat(taken).isEmpty();
        write("bad");
        look(part);
        assertThat(part.inForce()).isEqualTo("one");
        assertThat(part.problems()).extracting(Problem::toString).containsExactly("text:1: is bad");
        write("two");
        look(part);
        assertThat(taken).containsExactly("one -> two");
        assertThat(part.inForce()).isEqualTo("two");
        assertThat(part.problems()).isEmpty();
    }

    @Test
    void files_that_change_while_they_are_read_are_left_to_the_next_look() throws Exception {
        write("one");
        List<String> writes = new ArrayList<>();
        Part<String> part = part(inForce -> {
            try {
                return read();
            } finally {
                if (!writes.isEmpty()) {
                    write(writes.remove(0));
                }
            }
        });
        write("two");
        writes.addAll(List.of("bad", "three"));
        look(part);
        look(part);
        assertThat(taken).isEmpty();
        assertThat(part.problems()).isEmpty();
        look(part);
        assertThat(taken).containsExactly("one -> three");
        assertThat(meters.find("serai.reloads").counter()).isNull();
    }

    @Test
    void a_fault_is_told_once_and_keeps_the_last_good_value() throws Exception {
        write("one");
        Part<String> part = part(inForce -> read());
        write("two");
        for (int i = 0; i < 3; i++) {
            part.look(
                    Duration.ZERO,
                    (before, now) -> {
                        throw new IllegalStateException("no route");
                    },
                    log);
        }
        assertThat(said.take())
                .containsExactly(
                        "ERROR changed configuration failed to load; what was in force stays in force part=texts");
        assertThat(part.inForce()).isEqualTo("one");
        assertThat(part.problems()).hasSize(1);
        assertThat(meters.get("serai.reloads").tag("result", "failed").counter().count())
                .isEqualTo(1);
    }

    @Test
    void a_value_that_comes_back_after_a_fault_is_taken() throws Exception {
        write("one");
        Part<String> part = part(inForce -> read());
        write("bad");
        look(part);
        write("one");
        look(part);
        assertThat(taken).containsExactly("one -> one");
        assertThat(part.problems()).isEmpty();
    }
}
