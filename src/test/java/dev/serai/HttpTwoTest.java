package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.OnLoop;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that speaks HTTP/2, against the sandbox. */
class HttpTwoTest {
    @TempDir
    Path home;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_request_that_was_answered_to_its_end_does_not_count_as_one_whose_client_left(boolean stream)
            throws Exception {
        MeterRegistry meters;
        try (RunningSerai serai =
                RunningSerai.in(home).with("SERAI_CLEARTEXT_HTTP2", "true").start()) {
            meters = serai.context().getRegistry().lookupByNameAndType("metricsRegistry", MeterRegistry.class);
            String body = ask(serai.configuration().port(), stream);
            assertThat(body).contains("caravan").contains(stream ? "data: [DONE]" : "chat.completion");
        }
        assertThat(meters.find("serai.requests").timers())
                .extracting(timer -> timer.getId().getTag("status"), Timer::count)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("200", 1L));
    }

    private String ask(int port, boolean stream) throws Exception {
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        CompletableFuture<Buffer> answer =
                OnLoop.ask(vertx, () -> client.request(HttpMethod.POST, port, "127.0.0.1", "/v1/chat/completions")
                        .compose(request -> send(request, stream))
                        .compose(HttpClientResponse::body));
        return answer.get(20, TimeUnit.SECONDS).toString();
    }

    private static Future<HttpClientResponse> send(HttpClientRequest request, boolean stream) {
        return request.putHeader("authorization", "Bearer " + RunningSerai.KEY)
                .putHeader("content-type", "application/json")
                .send("{\"model\":\"sandbox:echo\",\"stream\":" + stream
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"caravan\"}]}");
    }
}
