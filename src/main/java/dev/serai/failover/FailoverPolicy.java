package dev.serai.failover;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operator's rules, from {@code config/failover.yaml}.
 *
 * @param actions what to do after each fault that leaves a choice; the others stop
 * @param retry   when the same candidate is asked again
 * @param rests   how long a key rests after a fault of its own that does not say so itself
 * @param rescue  what is done for a stream that breaks
 * @param hedge   how long to wait for the first content before the next candidate is asked too; null for not at all
 * @param breaker when a provider's model is left alone
 */
public record FailoverPolicy(
        Map<Fault, Action> actions,
        Retry retry,
        Map<Fault, Duration> rests,
        Rescue rescue,
        @Nullable Duration hedge,
        BreakerRule breaker) {
    /**
     * @param delay       before the same candidate is asked again; drawn between half of it and one and a half of it
     * @param longestWait how long a provider's {@code Retry-After} is waited for when nobody else is left
     * @param share       of a provider's attempts that may be retries, 0 to 1: so retries never multiply an outage
     */
    public record Retry(Duration delay, Duration longestWait, double share) {}

    /**
     * @param enabled     whether anything is left alone
     * @param calls       how many of the latest attempts count
     * @param minimum     before so many nothing is decided
     * @param failures    open at this share of failures, 0 to 1
     * @param slow        an attempt that takes longer to its first content is slow
     * @param slowShare   open at this share of slow attempts, 0 to 1
     * @param pause       how long nobody is sent there before one attempt tries again
     * @param maxInFlight how many requests a provider may have at once; one more goes to the next candidate
     * @param longestWait how long one more waits for a place if there is no next candidate; zero for not at all
     */
    public record BreakerRule(
            boolean enabled,
            int calls,
            int minimum,
            double failures,
            Duration slow,
            double slowShare,
            Duration pause,
            int maxInFlight,
            Duration longestWait) {}

    public FailoverPolicy {
        actions = Map.copyOf(actions);
        rests = Map.copyOf(rests);
    }

    Action action(Fault fault) {
        return actions.getOrDefault(fault, Action.STOP);
    }

    /** The same with what a request wishes otherwise. */
    FailoverPolicy with(Map<Fault, Action> wishes) {
        if (wishes.isEmpty()) {
            return this;
        }
        Map<Fault, Action> changed = new EnumMap<>(actions);
        changed.putAll(wishes);
        return new FailoverPolicy(changed, retry, rests, rescue, hedge, breaker);
    }
}
