package dev.serai.failover;

import dev.serai.selection.Plan;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What failing over shares between requests: the operator's rules, resting keys, budgets for retries. Thread-safe. */
public final class Failover {
    private final Supplier<FailoverPolicy> policy;
    private final Clocks clocks;
    private final Rests rests;
    private final RetryBudget budget = new RetryBudget();
    private final LongSupplier nanos;
    private final DoubleSupplier dice;

    /**
     * @param nanos a clock like {@link System#nanoTime}
     * @param dice  gives numbers from 0 to 1, for delays that differ
     */
    public Failover(Supplier<FailoverPolicy> policy, Clocks clocks, LongSupplier nanos, DoubleSupplier dice) {
        this.policy = policy;
        this.clocks = clocks;
        this.rests = new Rests(nanos);
        this.nanos = nanos;
        this.dice = dice;
    }

    /** The course of a request; its total clock runs from now. */
    public Course begin(Plan plan, Wishes wishes) {
        return new Course(this, plan, wishes);
    }

    /** How long each resting key of this provider will rest, the shortest first. */
    public List<Duration> restingKeys(String provider) {
        return rests.left(provider);
    }

    FailoverPolicy policy() {
        return policy.get();
    }

    Clocks clocks() {
        return clocks;
    }

    Rests rests() {
        return rests;
    }

    RetryBudget budget() {
        return budget;
    }

    long nanoTime() {
        return nanos.getAsLong();
    }

    /** Half of it to one and a half of it. */
    Duration jittered(Duration delay) {
        return Duration.ofNanos((long) (delay.toNanos() * (0.5 + dice.getAsDouble())));
    }
}
