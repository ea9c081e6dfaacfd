package dev.serai.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class EventCounterTest {
    private static final String STREAM = "data: {\"a\":1}\n\n: a comment\n\ndata: {\"a\":2}\n\ndata: [DONE]\n\n";

    @Test
    void a_stream_cut_at_any_byte_has_the_same_events() {
        for (int cut = 0; cut <= STREAM.length(); cut++) {
            EventCounter counter = new EventCounter();
            int first = counter.feed(Buffer.buffer(STREAM.substring(0, cut)));
            int second = counter.feed(Buffer.buffer(STREAM.substring(cut)));
            assertThat(first + second).as("cut at %d", cut).isEqualTo(2).isEqualTo(counter.events());
            assertThat(counter.done()).as("cut at %d", cut).isTrue();
        }
    }

    @Test
    void a_stream_without_its_end_marker_is_not_done() {
        EventCounter counter = new EventCounter();
        counter.feed(Buffer.buffer("data: {\"content\":\"data: [DONE]\"}\n\ndata: [DON"));
        assertThat(counter.events()).isEqualTo(1);
        assertThat(counter.done()).isFalse();
    }
}
