package dev.serai.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.RunningSerai;
import dev.serai.journeys.RawProvider.Reply;
import dev.serai.testing.RawServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Official clients read streams in which the gateway gave signs of life. */
@Timeout(60)
class SilentProviderTest {
    /** Some times the silence that is filled. */
    private static final long SILENCE_MILLIS = 500;

    @RegisterExtension
    static final Journey JOURNEY = new Journey() {
        @Override
        void prepare(RunningSerai.Setup setup) {
            setup.with("SERAI_KEEP_ALIVE", "100ms");
        }
    };

    /** A client with the folder of its format's prepared answers. */
    record Client(String folder, Sdk sdk) {
        @Override
        public String toString() {
            return folder;
        }

        String stream() {
            return RawProvider.answer(folder + "/text.sse");
        }
    }

    static Stream<Client> clients() {
        return Stream.of(
                new Client("chat", new OpenAiChatSdk(JOURNEY.openai())),
                new Client("responses", new OpenAiResponsesSdk(JOURNEY.openai())),
                new Client("messages", new AnthropicSdk(JOURNEY.anthropic())));
    }

    @AfterEach
    void asBefore() {
        JOURNEY.provider().answersAsPrepared();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void a_stream_with_silences_before_and_in_it_is_read_whole(Client client) {
        int half = client.stream().indexOf("\n\n", client.stream().indexOf("open")) + 2;
        JOURNEY.provider().answers((request, connection) -> {
            connection.pause(SILENCE_MILLIS);
            connection.write(RawServer.streamHead());
            connection.write(RawServer.chunk(client.stream().substring(0, half)));
            connection.pause(SILENCE_MILLIS);
            connection.write(RawServer.chunk(client.stream().substring(half)) + RawServer.lastChunk());
        });
        assertThat(client.sdk().talk("raw:caravan", "Is it open?", true)).isEqualTo(RawProvider.TEXT);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void a_failure_after_a_silence_is_an_error_and_not_an_empty_answer(Client client) {
        Reply refusal = Reply.of(RawServer.json(
                403, "{\"type\":\"error\",\"error\":{\"type\":\"permission_error\",\"message\":\"out of oats\"}}"));
        JOURNEY.provider().answers((request, connection) -> {
            connection.pause(SILENCE_MILLIS);
            refusal.to(request, connection);
        });
        assertThatThrownBy(() -> client.sdk().talk("raw:caravan", "Is it open?", true))
                .hasStackTraceContaining("out of oats");
    }
}
