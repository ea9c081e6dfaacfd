package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.RawServer;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that change what somebody else changes at the same moment. */
@Timeout(60)
class LostUpdateTest {
    private static final String OBJECT = "{\"id\":\"pk_1\",\"name\":\"main\",\"value\":\"sk-***\"}";

    /** An API where every object has the version 7 when it is read, and another one when it is changed. */
    private static RawServer api() {
        return RawServer.start(connection -> {
            while (connection.hasRequest()) {
                boolean isRead = connection.request().head().startsWith("GET ");
                connection.write(
                        isRead
                                ? RawServer.json(200, OBJECT).replaceFirst("\r\n", "\r\nETag: \"7\"\r\n")
                                : RawServer.json(
                                        412,
                                        "{\"errorCode\":\"precondition_failed\",\"statusCode\":412,\"msg\":\"no\",\"details\":[]}"));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "provider-keys rotate pk_1 --value-env NEW",
                "provider-keys update pk_1 --description other",
                "provider-keys delete pk_1",
                "gateway-config set --total-timeout 60s"
            })
    void nothing_that_somebody_else_did_is_overwritten_unseen(String words) {
        StringWriter said = new StringWriter();
        try (RawServer api = api()) {
            int code = Serai.commandLine(
                            Map.of("SERAI_API_URL", api.url(), "SERAI_API_KEY", "serai-api-x", "NEW", "sk-0123456789"),
                            Clock.systemUTC(),
                            List.of(),
                            new ByteArrayInputStream(new byte[0]))
                    .setOut(new PrintWriter(said, true))
                    .setErr(new PrintWriter(said, true))
                    .execute(words.split(" ", -1));
            assertThat(code).isEqualTo(1);
            assertThat(said.toString()).contains("Somebody else changed it", "nothing was done");
            List<RawServer.Received> all = api.received();
            assertThat(all.get(all.size() - 1).header("if-match")).isEqualTo("\"7\"");
        }
    }
}
