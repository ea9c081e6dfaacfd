package dev.serai.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.LogTap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault, streamed and not, for clients of two dialects, without a fallback, with one of the same dialect and with one of the
 * other, and with streams that are held back. {@code make faults} runs it and prints the table.
 */
@Timeout(60)
class FaultTableTest {
    @TempDir
    static Path home;

    private static final LogTap QUIET = new LogTap("dev.serai.requests");
    private static final Map<String, Duration> LONGEST = new ConcurrentHashMap<>();

    /** One for the clients of each dialect, at work at the same time: most of it is waiting. */
    private static final Map<Tongue, FaultScene> SCENES = new EnumMap<>(Tongue.class);

    private static final ExecutorService CLIENTS = Executors.newFixedThreadPool(Tongue.values().length);

    @BeforeAll
    static void start() throws Exception {
        for (Tongue client : Tongue.values()) {
            SCENES.put(client, new FaultScene(Files.createDirectory(home.resolve(client.id))));
        }
    }

    @AfterAll
    static void stop() throws IOException {
        SCENES.values().forEach(FaultScene::close);
        CLIENTS.shutdown();
        QUIET.close();
        Files.writeString(Path.of("target/faults-measured.md"), new FaultGuide(Faults.all()).measured(LONGEST));
    }

    static Stream<Arguments> cases() {
        return Faults.all().stream().flatMap(fault -> Stream.of(true, false)
                .filter(fault.mode()::includes)
                .flatMap(streamed -> Stream.of(Way.Help.values())
                        .filter(help -> streamed || !help.isForStreams())
                        .map(help -> Arguments.of(fault, streamed, help))));
    }

    @ParameterizedTest(name = "{0}, streamed {1}, {2}")
    @MethodSource("cases")
    void a_fault_ends_as_the_table_says(FaultCase fault, boolean streamed, Way.Help help) throws Exception {
        forEachClient(client -> {
            Duration took = SCENES.get(client).run(fault, new Way(client, streamed, help));
            LONGEST.merge(fault.name(), took, (one, other) -> one.compareTo(other) > 0 ? one : other);
        });
    }

    static Stream<Arguments> leavings() {
        return cases().filter(one -> one.get()[2] == Way.Help.NOBODY || one.get()[2] == Way.Help.OTHER_DIALECT);
    }

    /** Some time after it has asked: wherever the request is then. */
    @ParameterizedTest(name = "{0}, streamed {1}, {2}")
    @MethodSource("leavings")
    void a_client_may_leave_in_the_midst_of_it(FaultCase fault, boolean streamed, Way.Help help) throws Exception {
        forEachClient(client -> SCENES.get(client).leave(fault, new Way(client, streamed, help)));
    }

    /** What clients of both dialects see, at the same time. */
    private interface Part {
        void play(Tongue client) throws Exception;
    }

    private static void forEachClient(Part part) throws Exception {
        Map<Tongue, Future<?>> playing = new EnumMap<>(Tongue.class);
        for (Tongue client : Tongue.values()) {
            playing.put(client, CLIENTS.submit(() -> {
                part.play(client);
                return client;
            }));
        }
        List<AssertionError> failures = new ArrayList<>();
        for (Map.Entry<Tongue, Future<?>> one : playing.entrySet()) {
            try {
                one.getValue().get();
            } catch (ExecutionException e) {
                failures.add(new AssertionError("a client that speaks " + one.getKey().id, e.getCause()));
            }
        }
        if (!failures.isEmpty()) {
            failures.stream().skip(1).forEach(failures.get(0)::addSuppressed);
            throw failures.get(0);
        }
    }

    /** If this fails: copy target/failover.md to docs/failover.md, and look at what changed. */
    @Test
    void the_page_has_the_table() throws IOException {
        String drawn = new FaultGuide(Faults.all()).page(Files.readString(FaultGuide.PAGE));
        Files.writeString(Path.of("target/failover.md"), drawn);
        assertThat(Files.readString(FaultGuide.PAGE))
                .as("copy target/failover.md to " + FaultGuide.PAGE)
                .isEqualTo(drawn);
    }
}
