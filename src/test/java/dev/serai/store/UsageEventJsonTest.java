package dev.serai.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.conversation.Usage;
import dev.serai.credits.Bill;
import dev.serai.selection.KeySource;
import dev.serai.usage.UsageEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageEventJsonTest {
    private static final Instant AT = Instant.parse("2026-11-22T12:00:00.123456789Z");

    private static UsageEvent failed() {
        return new UsageEvent(
                "evt-2",
                AT,
                new UsageEvent.Call("req-2", "acct_1", "ak_2", "gemini", false),
                new UsageEvent.Asked(
                        "workshop",
                        "Die Werkstatt \"🐪\"",
                        "llama3.2:1b",
                        "Llama",
                        "openai-chat",
                        KeySource.user("pk_1", "sk-proj-***wxyz")),
                3,
                false,
                new UsageEvent.Result("timed_out", 0, "timed_out", null),
                Usage.NONE,
                true,
                new Bill(Bill.State.UNKNOWN, null, 0, false, 9_223_372_036_854_775_807L),
                0,
                Duration.ZERO,
                null);
    }

    @Test
    void what_is_read_is_what_was_written() {
        for (UsageEvent event : List.of(UsageSamples.event("evt-1", "acct_1", AT, 5_406), failed())) {
            assertThat(UsageEventJson.read(UsageEventJson.write(event))).isEqualTo(event);
        }
    }

    @Test
    void an_event_is_shown_with_decimal_money_and_readable_times() {
        assertThat(new String(
                        UsageEventJson.write(UsageSamples.event("evt-1", "acct_1", AT, 5_406)), StandardCharsets.UTF_8))
                .isEqualTo("""
                        {"id":"evt-1","at":"2026-11-22T12:00:00.123456789Z","requestId":"req_evt-1","accountId":"acct_1",\
                        "accessKeyId":"ak1","dialect":"openai-chat","streaming":true,"provider":"anthropic",\
                        "providerName":"Anthropic","model":"claude-sonnet-4-6","modelName":"Claude Sonnet 4.6",\
                        "providerDialect":"anthropic-messages","keySource":"managed","attempt":1,"final":true,\
                        "outcome":"answered","status":200,"timedOut":false,"stopReason":"end_turn",\
                        "tokens":{"input":1200,"cacheRead":300,"cacheWrite5m":20,"cacheWrite1h":10,"inputAudio":5,\
                        "inputImage":85,"output":400,"reasoning":60,"outputAudio":7,"outputImage":9,"webSearches":2,\
                        "estimated":false},"charge":"0.000005406",\
                        "price":{"state":"known","version":"anthropic:claude-sonnet-4-6@2026-02-17#1f3a90c2",\
                        "model":"0.000005405001","modelIsPaid":true,"fee":"0.000000000999"},\
                        "latencyMs":1234.567891,"timeToFirstTokenMs":212.000003}""");
    }

    @Test
    void a_name_that_somebody_made_up_to_be_kept_nowhere_is_kept() {
        assertThat(UsageEventJson.clean("llama 🐪 größe")).isEqualTo("llama 🐪 größe");
        assertThat(UsageEventJson.clean("a\ud800b\u0000c🐪\udc00")).isEqualTo("a\ufffdb\ufffdc🐪\ufffd");
        UsageEvent event = UsageSamples.named("evt-3", "acct_1", AT, "gpt\ud800\u0000");
        assertThat(UsageEventJson.read(UsageEventJson.write(event)))
                .isEqualTo(UsageSamples.named("evt-3", "acct_1", AT, "gpt\ufffd\ufffd"));
    }

    @Test
    void what_is_no_event_is_refused() {
        String event = new String(UsageEventJson.write(failed()), StandardCharsets.UTF_8);
        for (String bent : List.of(
                "",
                "{}",
                "[]",
                event.substring(0, event.length() - 1),
                event.replace("\"latencyMs\":0", "\"latencyMs\":\"0\""),
                event.replace("2026-11-22T", "yesterday"),
                event.replace("\"user\"", "\"stolen\""),
                event.replace("\"charge\":\"0\"", "\"charge\":\"1e3\""))) {
            assertThat(bent).isNotEqualTo(event);
            assertThatThrownBy(() -> UsageEventJson.read(bent.getBytes(StandardCharsets.UTF_8)))
                    .as(bent)
                    .isInstanceOf(DocumentException.class);
        }
    }
}
