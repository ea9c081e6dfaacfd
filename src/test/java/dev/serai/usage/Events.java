package dev.serai.usage;

import dev.serai.conversation.Usage;
import dev.serai.credits.Bill;
import dev.serai.selection.KeySource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Events for tests, in which only the id, the account and the charge are of interest. */
public final class Events {
    /** Those three as one line. */
    public static final EventForm FORM = new EventForm() {
        @Override
        public byte[] write(UsageEvent event) {
            return (event.id() + " " + event.call().accountId() + " " + event.chargeNanos())
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public UsageEvent read(byte[] line) {
            String[] parts = new String(line, StandardCharsets.UTF_8).split(" ", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("is no event");
            }
            return event(parts[0], parts[1], Long.parseLong(parts[2]));
        }
    };

    private Events() {}

    public static UsageEvent event(String id, String account, long chargeNanos) {
        return new UsageEvent(
                id,
                Instant.parse("2026-11-22T12:00:00Z"),
                new UsageEvent.Call("req-" + id, account, "ak", "openai-chat", false),
                new UsageEvent.Asked("p", "P", "m", "M", "openai-chat", KeySource.MANAGED),
                1,
                true,
                new UsageEvent.Result("answered", 200, null, "stop"),
                Usage.NONE,
                false,
                new Bill(Bill.State.KNOWN, "p:m", chargeNanos * 1_000, true, 0),
                chargeNanos,
                Duration.ofMillis(5),
                null);
    }

    public static List<String> ids(List<UsageEvent> events) {
        return events.stream().map(UsageEvent::id).toList();
    }
}
