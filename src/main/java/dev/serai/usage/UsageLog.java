package dev.serai.usage;

import dev.serai.credits.Standing;
import java.util.List;

/** Where events are kept, with what they cost. */
public interface UsageLog {
    /**
     * Keeps events, and takes what they cost from the lots of their accounts, the one that expires first first: one transaction. All of it is
     * durable when this returns, or none of it happened. Events that are kept already are passed over: to call this again after a failure is
     * right. Blocks; thread-safe.
     *
     * @param node whose leases the charges are taken from
     * @throws RuntimeException of the store if it is away; then nothing is known of what became of the events
     */
    Posting settle(String node, List<UsageEvent> events);

    /**
     * What became of events.
     *
     * @param kept     how many were new
     * @param accounts the accounts that were charged, as they stand now
     */
    record Posting(int kept, List<Standing> accounts) {}
}
