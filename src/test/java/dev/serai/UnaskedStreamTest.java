package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Some servers stream although nobody asked for a stream. It is still read as one of the dialect. */
@Timeout(60)
class UnaskedStreamTest {
    private static final String CONTENT =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String ERROR = "data: {\"error\":{\"message\":\"out of oats\"}}\n\n";

    @TempDir
    Path home;

    private RawClient.Response ask(String path, String events) throws Exception {
        String stream = RawServer.streamHead() + RawServer.chunk(events) + RawServer.lastChunk();
        try (RawServer provider = RawServer.answering(stream);
                RunningSerai serai = RunningSerai.in(home)
                        .withProvider("inn", provider.port())
                        .start()) {
            return serai.post(path, "{\"model\":\"inn:m\",\"messages\":[],\"input\":\"x\"}");
        }
    }

    @Test
    void a_whole_stream_passes() throws Exception {
        RawClient.Response response = ask("/v1/chat/completions", CONTENT + "data: [DONE]\n\n");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(CONTENT + "data: [DONE]\n\n");
    }

    @Test
    void an_error_before_any_content_fails_the_attempt() throws Exception {
        RawClient.Response response = ask("/v1/chat/completions", ERROR);
        assertThat(response.status()).isEqualTo(502);
        assertThat(response.body()).contains("out of oats");
    }

    @Test
    void embeddings_are_never_streamed() throws Exception {
        RawClient.Response response = ask("/v1/embeddings", CONTENT);
        assertThat(response.status()).isEqualTo(502);
        assertThat(response.body()).contains("never streamed");
    }
}
