package dev.serai.gateway;

import static dev.serai.testing.ChatEvents.DONE;
import static dev.serai.testing.ChatEvents.FINISH;
import static dev.serai.testing.ChatEvents.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.Await;
import dev.serai.testing.OnLoop;
import dev.serai.testing.Spine;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatewayCrowdTest {
    private static final int CROWD = 500;

    /** What a crowd may cost; a thread per stream would be a hundred times as many. */
    private static final int FEW = 5;

    /** Provider and clients have event loops of their own, so that the gateway's threads are all that can grow. */
    private final Vertx world = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));

    private final List<HttpServerResponse> open = new CopyOnWriteArrayList<>();

    @Test
    void five_hundred_streams_at_once_need_no_more_threads_than_one() throws Exception {
        HttpServer provider = await(world.createHttpServer(new HttpServerOptions().setAcceptBacklog(CROWD))
                .requestHandler(request -> {
                    HttpServerResponse response = request.response().setChunked(true);
                    response.putHeader("content-type", "text/event-stream").write(says("a"));
                    open.add(response);
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture());
        HttpClient clients = world.createHttpClient(new HttpClientOptions().setMaxPoolSize(CROWD));
        try (Spine spine =
                new Spine("http://127.0.0.1:" + provider.actualPort(), "attemptTimeout=20s&idleTimeout=20s")) {
            List<CompletableFuture<String>> answers = new ArrayList<>();
            answers.add(send(clients, spine));
            Await.until("one stream is open", () -> open.size() == 1);
            int threads = Thread.activeCount();
            for (int i = 1; i < CROWD; i++) {
                answers.add(send(clients, spine));
            }
            Await.within(20_000, "all streams are open", () -> open.size() == CROWD);
            assertThat(spine.gateway.openCalls()).isEqualTo(CROWD);
            assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + FEW);
            open.forEach(response -> response.end(FINISH + DONE));
            for (CompletableFuture<String> answer : answers) {
                assertThat(await(answer)).isEqualTo(says("a") + FINISH + DONE);
            }
            Await.until("no call is open", () -> spine.gateway.openCalls() == 0);
            assertThat(spine.ended).hasSize(CROWD).containsOnly("/chat 200");
        } finally {
            await(world.close().toCompletionStage().toCompletableFuture());
        }
    }

    private CompletableFuture<String> send(HttpClient clients, Spine spine) {
        return OnLoop.ask(world, () -> clients.request(HttpMethod.POST, spine.gateway.port(), "127.0.0.1", "/chat")
                .compose(request -> request.send("{}"))
                .compose(HttpClientResponse::body)
                .map(Object::toString));
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }
}
