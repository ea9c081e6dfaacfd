package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.testing.RawServer;
import java.io.IOException;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a probe may cost when a server means it badly. */
@Timeout(60)
class QuickAnswersTest {
    private static int status(RawServer server, Duration patience) throws IOException {
        HttpClientBuilder builder = HttpClientBuilder.create();
        new QuickAnswers(patience).configureHttpClient(builder);
        try (CloseableHttpClient client = builder.build()) {
            return client.execute(new HttpGet(server.url() + "/models"), answer -> answer.getCode());
        }
    }

    @Test
    void headers_that_trickle_are_given_up_on() {
        try (RawServer server = RawServer.start(connection -> {
            connection.hasRequest();
            connection.write("HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 1_000; i++) {
                connection.write("X-" + i + ": more\r\n");
                connection.pause(20);
            }
        })) {
            assertThatThrownBy(() -> status(server, Duration.ofMillis(300))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_status_that_others_try_again_after_is_the_answer() throws IOException {
        try (RawServer server = RawServer.answering(RawServer.json(503, "{}"))) {
            assertThat(status(server, Duration.ofSeconds(10))).isEqualTo(503);
            assertThat(server.received()).hasSize(1);
        }
    }
}
