package dev.serai.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PacedStreamTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private PacedStream stream(Iterator<Cue> cues) {
        PacedStream stream = new PacedStream(cues, VERTX);
        stream.exceptionHandler(broken -> seen.add("broken"));
        stream.endHandler(end -> seen.add("end"));
        return stream.handler(bytes -> seen.add(bytes.toString()));
    }

    private static Iterator<Cue> words(long pauseMillis, String... words) {
        return Stream.of(words)
                .map(word -> new Cue(pauseMillis, Buffer.buffer(word)))
                .iterator();
    }

    @Test
    void nothing_comes_before_it_is_asked_for() {
        PacedStream stream = stream(words(0, "a", "b", "c"));
        assertThat(seen).isEmpty();

        stream.fetch(2);
        assertThat(seen).containsExactly("a", "b");

        stream.resume();
        assertThat(seen).containsExactly("a", "b", "c", "end");
    }

    @Test
    void a_receiver_that_pauses_gets_no_more_until_it_resumes() {
        PacedStream stream = stream(words(0, "a", "b"));
        stream.handler(bytes -> {
            seen.add(bytes.toString());
            stream.pause();
        });

        stream.resume();
        assertThat(seen).containsExactly("a");
        stream.resume();
        assertThat(seen).containsExactly("a", "b");
        stream.resume();
        assertThat(seen).containsExactly("a", "b", "end");
    }

    @Test
    void a_receiver_that_asks_for_each_next_one_needs_no_deeper_stack() {
        List<String> received = new ArrayList<>();
        PacedStream stream = stream(IntStream.range(0, 100_000)
                .mapToObj(i -> new Cue(0, Buffer.buffer("x")))
                .iterator());
        stream.handler(bytes -> {
            received.add(bytes.toString());
            stream.fetch(1);
        });

        stream.fetch(1);
        assertThat(received).hasSize(100_000);
        assertThat(seen).containsExactly("end");
    }

    @Test
    void a_cue_is_made_only_when_its_turn_comes() {
        List<Integer> made = new ArrayList<>();
        PacedStream stream = stream(IntStream.range(0, 10)
                .peek(made::add)
                .mapToObj(i -> new Cue(0, Buffer.buffer("x")))
                .iterator());

        stream.fetch(3);
        assertThat(made).hasSize(3);
    }

    @Test
    void a_pause_comes_before_each_cue() throws Exception {
        PacedStream stream = stream(words(30, "a", "b"));
        long start = System.nanoTime();
        VERTX.runOnContext(go -> stream.resume());

        assertThat(next()).isEqualTo("a");
        assertThat(next()).isEqualTo("b");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(60));
        assertThat(next()).isEqualTo("end");
    }

    @Test
    void a_cue_that_falls_due_during_a_pause_waits_for_its_end() throws Exception {
        PacedStream stream = stream(words(1, "a"));
        VERTX.runOnContext(go -> {
            stream.resume();
            stream.pause();
            VERTX.setTimer(50, later -> {
                seen.add("resumed");
                stream.resume();
            });
        });

        assertThat(next()).isEqualTo("resumed");
        assertThat(next()).isEqualTo("a");
    }

    @Test
    void a_cue_to_break_off_is_a_failure_and_no_end() {
        PacedStream stream = stream(
                Stream.of(new Cue(0, Buffer.buffer("a")), new Cue(0, null)).iterator());

        stream.resume();
        assertThat(seen).containsExactly("a", "broken");
    }

    @Test
    void a_cancelled_stream_fails_at_once_and_plays_no_further() throws Exception {
        PacedStream stream = stream(words(1, "a"));
        VERTX.runOnContext(go -> {
            stream.resume();
            stream.cancel();
            stream.cancel();
            VERTX.setTimer(50, later -> seen.add("later"));
        });

        assertThat(next()).isEqualTo("broken");
        assertThat(next()).isEqualTo("later");
    }

    @Test
    void a_stream_that_has_ended_cannot_be_cancelled() {
        PacedStream stream = stream(words(0, "a"));
        stream.resume();

        stream.cancel();
        assertThat(seen).containsExactly("a", "end");
    }

    private String next() throws InterruptedException {
        return seen.poll(10, TimeUnit.SECONDS);
    }
}
