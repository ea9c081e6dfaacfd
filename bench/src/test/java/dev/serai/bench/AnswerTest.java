package dev.serai.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final Peer PEER = new Peer(
            "any",
            URI.create("http://127.0.0.1:1/v1/chat/completions"),
            new ServerProcess(ProcessHandle.current()),
            Map.of(),
            "mock-model");

    @Test
    void the_wish_survives_the_request_that_carries_it() {
        Answer wish = new Answer(true, 20, Duration.ofMillis(100));
        assertThat(Answer.to(PEER.request(wish).toString())).isEqualTo(wish);
    }

    @Test
    void a_gateway_may_write_the_json_anew() {
        String rewritten = "{ \"stream\" : true, \"messages\" : [ { \"content\" : \"chunks=3 gap=7\" } ] }";
        assertThat(Answer.to(rewritten)).isEqualTo(new Answer(true, 3, Duration.ofMillis(7)));
    }

    @Test
    void a_request_has_the_size_that_the_report_speaks_of() {
        assertThat(PEER.request(new Answer(false, 0, Duration.ZERO)).length()).isBetween(1_000, 1_200);
    }
}
