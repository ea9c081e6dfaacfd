package dev.serai.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.testing.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the route {@code purge-store} takes out of the store. */
@Timeout(60)
class RetentionTest {
    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T08:00:00Z"));

    private ApiServer start(String retention) throws Exception {
        return ApiServer.start(ApiServer.setup(home)
                .withClock(clock)
                .with("SERAI_BOOTSTRAP_API_KEY", ApiServer.OPERATOR)
                .with("SERAI_AUDIT_RETENTION", retention));
    }

    private static void purge(ApiServer api) throws Exception {
        Processor step = Objects.requireNonNull(
                api.serai().context().getRegistry().lookupByNameAndType("purgeStoreRows", Processor.class));
        Exchange exchange = new DefaultExchange(api.serai().context());
        step.process(exchange);
    }

    private static List<String> audit(ApiServer api) throws Exception {
        List<String> entries = new ArrayList<>();
        for (JsonNode entry : api.get("/api/audit").json().path("items")) {
            entries.add(entry.path("action").asText() + " "
                    + entry.path("objectType").asText());
        }
        return entries;
    }

    @Test
    void entries_of_the_audit_go_when_they_are_old_and_leave_word() throws Exception {
        try (ApiServer api = start("30d")) {
            assertThat(api.post("/api/access-keys", "{\"name\":\"old\"}", "Idempotency-Key", "one")
                            .status())
                    .isEqualTo(201);
            int before = audit(api).size();
            clock.pass(Duration.ofDays(29));
            api.post("/api/access-keys", "{\"name\":\"young\"}");
            purge(api);
            assertThat(audit(api)).hasSize(before + 1);
            clock.pass(Duration.ofDays(2));
            purge(api);
            assertThat(audit(api)).containsExactly("purge audit", "create access-key");
            JsonNode left = api.get("/api/audit?limit=1").json().at("/items/0");
            assertThat(left.at("/after/removed").asInt()).isEqualTo(before);
            assertThat(left.at("/actor/id").asText()).isEqualTo("retention");
            purge(api);
            assertThat(audit(api)).hasSize(2);
        }
    }

    @Test
    void without_a_setting_the_audit_is_for_ever() throws Exception {
        try (ApiServer api = start("off")) {
            api.post("/api/access-keys", "{\"name\":\"old\"}");
            List<String> before = audit(api);
            clock.pass(Duration.ofDays(10_000));
            purge(api);
            assertThat(audit(api)).isEqualTo(before);
        }
    }
}
