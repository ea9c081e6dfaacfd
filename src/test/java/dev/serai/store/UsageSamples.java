package dev.serai.store;

import dev.serai.conversation.Usage;
import dev.serai.credits.Bill;
import dev.serai.selection.KeySource;
import dev.serai.usage.UsageEvent;
import java.time.Duration;
import java.time.Instant;

/** Events to settle, each with something in every field. */
final class UsageSamples {
    private UsageSamples() {}

    /** An answered attempt whose model costs all but a nano-dollar of the charge. */
    static UsageEvent event(String id, String account, Instant at, long chargeNanos) {
        return event(id, account, at, chargeNanos, 1, true);
    }

    /** One that costs 10 nano-dollars, of a model of this name. */
    static UsageEvent named(String id, String account, Instant at, String model) {
        return event(id, account, at, 10, model, 1, true);
    }

    static UsageEvent event(String id, String account, Instant at, long chargeNanos, int attempt, boolean isFinal) {
        return event(id, account, at, chargeNanos, "claude-sonnet-4-6", attempt, isFinal);
    }

    private static UsageEvent event(
            String id, String account, Instant at, long chargeNanos, String model, int attempt, boolean isFinal) {
        return new UsageEvent(
                id,
                at,
                new UsageEvent.Call("req_" + id, account, "ak1", "openai-chat", true),
                new UsageEvent.Asked(
                        "anthropic", "Anthropic", model, "Claude Sonnet 4.6", "anthropic-messages", KeySource.MANAGED),
                attempt,
                isFinal,
                new UsageEvent.Result("answered", 200, null, "end_turn"),
                new Usage(1_200, 300, 20, 10, 5, 400, 60, 7, 85, 9, 2),
                false,
                bill(chargeNanos),
                chargeNanos,
                Duration.ofNanos(1_234_567_891),
                Duration.ofNanos(212_000_003));
    }

    private static Bill bill(long chargeNanos) {
        return chargeNanos == 0
                ? Bill.NOTHING
                : new Bill(
                        Bill.State.KNOWN,
                        "anthropic:claude-sonnet-4-6@2026-02-17#1f3a90c2",
                        (chargeNanos - 1) * 1_000 + 1,
                        true,
                        999);
    }
}
