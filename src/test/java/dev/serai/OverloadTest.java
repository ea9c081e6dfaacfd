package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More requests at once than the operator allows. */
@Timeout(60)
class OverloadTest {
    private static final String REQUEST = "{\"model\":\"slow:m\",\"messages\":[]}";
    private static final String GOOD =
            "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                    + "\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}";

    @TempDir
    Path home;

    @Test
    void one_more_is_told_to_come_back_and_those_before_are_served() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        RawServer.Script slow = connection -> {
            while (connection.hasRequest()) {
                asked.countDown();
                mayAnswer.await();
                connection.write(RawServer.json(200, GOOD));
            }
        };
        try (RawServer provider = RawServer.start(slow);
                RunningSerai serai = RunningSerai.in(home)
                        .withProvider("slow", provider.port())
                        .with("SERAI_MAX_REQUESTS", "1")
                        .with("SERAI_LONGEST_WAIT", "1s")
                        .start();
                RawClient first = serai.client()) {
            first.post("/v1/chat/completions", REQUEST, "Authorization: Bearer " + RunningSerai.KEY);
            asked.await();

            RawClient.Response refused = serai.post("/v1/chat/completions", REQUEST);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(refused.body()).contains("\"code\":\"overloaded\"").contains("serai.max-requests");

            MeterRegistry meters =
                    serai.context().getRegistry().lookupByNameAndType("metricsRegistry", MeterRegistry.class);
            assertThat(meters.get("serai.requests.limit").gauge().value()).isEqualTo(1);
            assertThat(meters.get("serai.requests.open").gauge().value()).isEqualTo(1);
            assertThat(meters.get("serai.requests.waiting").gauge().value()).isZero();
            assertThat(meters.get("serai.requests.shed").functionCounter().count())
                    .isEqualTo(1);

            mayAnswer.countDown();
            assertThat(first.read().body()).isEqualTo(GOOD);
            assertThat(serai.post("/v1/chat/completions", REQUEST).status()).isEqualTo(200);
        }
    }
}
