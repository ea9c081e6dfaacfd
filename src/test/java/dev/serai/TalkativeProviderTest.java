package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider may repeat the credential it was given. Whoever asked through Serai must not learn it that way. */
@Timeout(60)
class TalkativeProviderTest {
    private static final String SAID = "Incorrect key: " + RunningSerai.PROVIDER_KEY;

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"%s\",\"type\":\"x\",\"param\":null,\"code\":null}}",
                "{\"error\":{\"message\":\"a\",\"type\":\"x\",\"param\":null,\"code\":\"%s\"}}"
            })
    void an_error_that_repeats_the_credential_reaches_the_client_without_it(String error) throws Exception {
        try (RawServer provider = RawServer.answering(RawServer.json(401, error.formatted(SAID)));
                RunningSerai serai = RunningSerai.in(home)
                        .withProvider("inn", provider.port())
                        .start()) {
            RawClient.Response response = serai.post("/v1/chat/completions", "{\"model\":\"inn:m\",\"messages\":[]}");
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.body()).contains("Incorrect key: ***").doesNotContain(RunningSerai.PROVIDER_KEY);
        }
    }

    @Test
    void an_error_under_status_200_that_repeats_the_credential_reaches_the_client_without_it() throws Exception {
        String error = "{\"error\":{\"message\":\"%s\"}}".formatted(SAID);
        try (RawServer provider = RawServer.answering(RawServer.json(200, error));
                RunningSerai serai = RunningSerai.in(home)
                        .withProvider("inn", provider.port())
                        .start()) {
            RawClient.Response response = serai.post("/v1/chat/completions", "{\"model\":\"inn:m\",\"messages\":[]}");
            assertThat(response.status()).isEqualTo(502);
            assertThat(response.body()).contains("Incorrect key: ***").doesNotContain(RunningSerai.PROVIDER_KEY);
        }
    }
}
