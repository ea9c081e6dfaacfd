package dev.serai.upstream;

import static dev.serai.testing.ChatEvents.DONE;
import static dev.serai.testing.ChatEvents.FINISH;
import static dev.serai.testing.ChatEvents.PING;
import static dev.serai.testing.ChatEvents.ROLE;
import static dev.serai.testing.ChatEvents.answer;
import static dev.serai.testing.ChatEvents.says;
import static dev.serai.testing.RawServer.chunk;
import static dev.serai.testing.RawServer.lastChunk;
import static dev.serai.testing.RawServer.streamHead;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.Await;
import dev.serai.testing.RawServer;
import dev.serai.testing.Spine;
import dev.serai.testing.Spine.Answer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams that are whole, however they come. */
@Timeout(60)
class UpstreamStreamsTest {
    private static final long IDLE_AND_MORE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);
    private static final Outcome WHOLE = new Outcome.Answered(200);

    private RawServer provider;
    private Spine spine;

    @AfterEach
    void stop() {
        spine.close();
        provider.close();
    }

    private void start(RawServer.Script afterTheRequest) {
        provider = RawServer.start(connection -> {
            connection.hasRequest();
            afterTheRequest.run(connection);
        });
        spine = new Spine(provider.url(), "attemptTimeout=60s&idleTimeout=60s");
    }

    private Answer answerTo(RawServer.Script afterTheRequest) throws Exception {
        start(afterTheRequest);
        return spine.call();
    }

    @Test
    void a_stream_passes_byte_for_byte() throws Exception {
        String events = PING + ROLE + says("a") + "event: unheard-of\ndata: {\"x\":1}\n\n" + FINISH + DONE;
        Answer answer = answerTo(connection -> connection.write(streamHead() + chunk(events) + lastChunk()));
        assertThat(answer.outcome()).isEqualTo(WHOLE);
        assertThat(answer.body()).isEqualTo(events);
        assertThat(answer.headers()).containsEntry("Content-Type", "text/event-stream");
    }

    @Test
    void a_stream_in_single_bytes_passes_byte_for_byte() throws Exception {
        Answer answer = answerTo(connection -> {
            connection.write(streamHead());
            for (byte single : answer("höflich").getBytes(StandardCharsets.UTF_8)) {
                connection.write(new byte[] {'1', '\r', '\n', single, '\r', '\n'});
            }
            connection.writeByteByByte(lastChunk());
        });
        assertThat(answer.outcome()).isEqualTo(WHOLE);
        assertThat(answer.body()).isEqualTo(answer("höflich"));
    }

    @Test
    void line_ends_of_two_characters_pass_as_they_are() throws Exception {
        String events = answer("a").replace("\n", "\r\n");
        Answer answer = answerTo(connection -> connection.write(streamHead() + chunk(events) + lastChunk()));
        assertThat(answer.outcome()).isEqualTo(WHOLE);
        assertThat(answer.body()).isEqualTo(events);
    }

    @Test
    void a_delta_of_two_megabytes_passes() throws Exception {
        String events = answer("x".repeat(2 << 20));
        Answer answer = answerTo(connection -> connection.write(streamHead() + chunk(events) + lastChunk()));
        assertThat(answer.outcome()).isEqualTo(WHOLE);
        assertThat(answer.body()).isEqualTo(events);
    }

    @Test
    void a_stream_that_is_compressed_unasked_is_unpacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(answer("a").getBytes(StandardCharsets.UTF_8));
        }
        Answer answer = answerTo(connection -> {
            connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\n"
                    + "Content-Length: " + packed.size() + "\r\n\r\n");
            connection.write(packed.toByteArray());
        });
        assertThat(answer.outcome()).isEqualTo(WHOLE);
        assertThat(answer.body()).isEqualTo(answer("a"));
    }

    @Test
    void a_stream_may_end_with_its_connection() throws Exception {
        Answer answer = answerTo(connection -> connection.write(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\n" + answer("a")));
        assertThat(answer.outcome()).isEqualTo(WHOLE);
        assertThat(answer.body()).isEqualTo(answer("a"));
    }

    @Test
    void a_stream_is_whole_without_done_if_every_choice_has_finished() throws Exception {
        Answer answer =
                answerTo(connection -> connection.write(streamHead() + chunk(ROLE + says("a") + FINISH) + lastChunk()));
        assertThat(answer.outcome()).isEqualTo(WHOLE);
    }

    @Test
    void a_reset_behind_done_does_no_harm() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        start(connection -> {
            connection.write(streamHead() + chunk(answer("a")));
            read.await();
            connection.reset();
        });
        try (var client = spine.client()) {
            client.post("/chat", "{}").readHead();
            var answer = client.readBody();
            assertThat(answer.body()).isEqualTo(answer("a"));
            assertThat(answer.cleanEnd()).isTrue();
            read.countDown();
        }
        assertThat(spine.outcome()).isEqualTo(WHOLE);
    }

    @Test
    void a_provider_that_does_not_hang_up_after_done_keeps_nobody_waiting() throws Exception {
        start(connection -> {
            connection.write(streamHead() + chunk(answer("a")));
            connection.waitUntilClientLeaves();
        });
        try (var client = spine.client()) {
            var response = client.post("/chat", "{}").read();
            assertThat(response.body()).isEqualTo(answer("a"));
            assertThat(response.cleanEnd()).isTrue();
            provider.awaitClientToLeave();
        }
    }

    @Test
    void nothing_reaches_the_client_before_the_first_content() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        List<String> order = new ArrayList<>();
        start(connection -> {
            connection.write(streamHead() + chunk(ROLE));
            released.await();
            order.add("content was sent");
            connection.write(chunk(says("a")) + chunk(FINISH + DONE) + lastChunk());
        });
        try (var client = spine.client()) {
            client.post("/chat", "{}");
            assertThat(client.hasNothingToReadFor(200)).isTrue();
            released.countDown();
            client.readHead();
            order.add("head was read");
            assertThat(client.readChunk()).isEqualTo(ROLE + says("a"));
        }
        assertThat(order).containsExactly("content was sent", "head was read");
    }

    @Test
    void a_client_that_does_not_read_is_not_the_providers_silence() throws Exception {
        AtomicLong written = new AtomicLong();
        provider = RawServer.start(connection -> {
            connection.hasRequest();
            connection.write(streamHead() + chunk(ROLE));
            for (int i = 0; i < 400; i++) {
                connection.write(chunk(says("x".repeat(64_000))));
                written.incrementAndGet();
            }
            connection.write(chunk(FINISH + DONE) + lastChunk());
        });
        spine = new Spine(provider.url(), "attemptTimeout=60s&idleTimeout=1s");
        try (var client = spine.client()) {
            client.post("/chat", "{}").readHead();
            long blocked = Await.rest(written::get);
            long silentSince = System.nanoTime();
            Await.until(
                    "it is silent for longer than the idle clock",
                    () -> System.nanoTime() - silentSince > IDLE_AND_MORE_NANOS);
            var rest = client.readBody();
            assertThat(blocked).isLessThan(400);
            assertThat(rest.cleanEnd()).isTrue();
            assertThat(rest.body())
                    .hasSize((ROLE + FINISH + DONE).length()
                            + 400 * says("x".repeat(64_000)).length());
        }
        assertThat(spine.outcome()).isEqualTo(WHOLE);
    }

    @Test
    void a_stream_without_a_reading_passes_too() throws Exception {
        start(connection -> connection.write(streamHead() + chunk("data: whatever\n\n") + lastChunk()));
        var exchange = spine.start(message -> message.setHeader(Spine.WITHOUT_READING, true))
                .get(20, TimeUnit.SECONDS);
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("data: whatever\n\n");
        assertThat(spine.outcome()).isEqualTo(WHOLE);
    }

    @Test
    void who_asks_late_what_became_of_a_stream_is_told_at_once() throws Exception {
        start(connection -> connection.write(streamHead() + chunk(answer("a")) + lastChunk()));
        spine.call();
        List<Outcome> told = new ArrayList<>();
        spine.lastStream().onEnd(told::add);
        assertThat(told).containsExactly(WHOLE);
    }
}
