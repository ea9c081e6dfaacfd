package dev.serai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.models.messages.MessageCreateParams;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.serai.RunningSerai;
import dev.serai.testing.Await;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import dev.serai.testing.RawServer.Connection;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that leaves costs no token more: the call to the provider is closed within a second. */
@Timeout(60)
class LeavingClientTest {
    @RegisterExtension
    static final Journey JOURNEY = new Journey();

    private static final long A_SECOND_MILLIS = 1_000;

    private CompletableFuture<Void> asked;
    private CompletableFuture<Long> leftAt;

    @BeforeEach
    void forget() {
        asked = new CompletableFuture<>();
        leftAt = new CompletableFuture<>();
    }

    /** The provider says this much, and then waits until nobody listens any more. */
    private void providerSays(String beginning) {
        JOURNEY.provider().answers((request, connection) -> {
            connection.write(beginning);
            asked.complete(null);
            noticeTheEnd(connection);
        });
    }

    private void noticeTheEnd(Connection connection) {
        try {
            connection.waitUntilClientLeaves();
        } catch (IOException reset) {
            // that is one way to leave
        }
        leftAt.complete(System.nanoTime());
    }

    private static String beginning(String stream) {
        String events = RawProvider.answer(stream);
        int three = events.indexOf("\n\n", events.indexOf("\n\n", events.indexOf("\n\n") + 2) + 2);
        int five = events.indexOf("\n\n", events.indexOf("\n\n", three + 2) + 2);
        return RawServer.streamHead() + RawServer.chunk(events.substring(0, five + 2));
    }

    private void expectTheProviderToBeLeft(long since) {
        Await.within(A_SECOND_MILLIS, "the provider's connection is closed", leftAt::isDone);
        long millis = TimeUnit.NANOSECONDS.toMillis(leftAt.join() - since);
        System.out.println("the provider's connection was closed after " + millis + " ms");
        JOURNEY.expectToBeIdleWithinASecond();
    }

    private static RawClient askRaw(boolean streamed) throws IOException {
        return JOURNEY.raw()
                .post(
                        "/v1/chat/completions",
                        "{\"model\":\"raw:caravan\",\"stream\":" + streamed + "}",
                        "Authorization: Bearer " + RunningSerai.KEY);
    }

    @Test
    void openais_client_closes_a_stream() throws Exception {
        providerSays(beginning("chat/text.sse"));
        long leaves;
        try (var stream = JOURNEY.openai()
                .chat()
                .completions()
                .createStreaming(ChatCompletionCreateParams.builder()
                        .model("raw:caravan")
                        .addUserMessage("hi")
                        .build())) {
            assertThat(stream.stream().limit(2).count()).isEqualTo(2);
            leaves = System.nanoTime();
        }

        expectTheProviderToBeLeft(leaves);
    }

    @Test
    void anthropics_client_closes_a_stream() throws Exception {
        providerSays(beginning("messages/text.sse"));
        long leaves;
        try (var stream = JOURNEY.anthropic()
                .messages()
                .createStreaming(MessageCreateParams.builder()
                        .model("raw:caravan")
                        .maxTokens(9)
                        .addUserMessage("hi")
                        .build())) {
            assertThat(stream.stream().limit(2).count()).isEqualTo(2);
            leaves = System.nanoTime();
        }

        expectTheProviderToBeLeft(leaves);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_client_leaves_before_anything_was_said(boolean streamed) throws Exception {
        providerSays("");
        try (RawClient client = askRaw(streamed)) {
            asked.get(20, TimeUnit.SECONDS);
            long now = System.nanoTime();
            client.reset();

            expectTheProviderToBeLeft(now);
        }
    }

    @Test
    void a_client_leaves_in_the_middle_of_an_answer_that_is_not_streamed() throws Exception {
        providerSays("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"choices\"");
        try (RawClient client = askRaw(false)) {
            asked.get(20, TimeUnit.SECONDS);
            long now = System.nanoTime();
            client.reset();

            expectTheProviderToBeLeft(now);
        }
    }

    @Test
    void a_client_that_had_stopped_reading_leaves() throws Exception {
        String delta = RawServer.chunk("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "x".repeat(60_000)
                + "\"},\"finish_reason\":null}]}\n\n");
        AtomicInteger sent = new AtomicInteger();
        JOURNEY.provider().answers((request, connection) -> {
            connection.write(RawServer.streamHead());
            try {
                while (true) { // until all buffers on the way are full, and then as long as somebody listens
                    connection.write(delta);
                    sent.incrementAndGet();
                }
            } catch (IOException left) {
                leftAt.complete(System.nanoTime());
            }
        });
        try (RawClient client = askRaw(true)) {
            assertThat(client.readHead()).startsWith("HTTP/1.1 200");
            Await.rest(sent::get);
            long now = System.nanoTime();
            client.reset();

            expectTheProviderToBeLeft(now);
        }
    }
}
