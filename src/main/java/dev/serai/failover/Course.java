package dev.serai.failover;

import dev.serai.selection.Candidate;
import dev.serai.selection.Plan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One plan on its way: which candidate is next, given what became of those before. Candidates come in the order of the plan, those whose
 * key rests behind the others; none comes again, except once for a retry; nothing begins after the total clock has run out. For one
 * thread at a time.
 */
public final class Course {
    private final Failover failover;
    private final FailoverPolicy policy;
    private final Wishes wishes;
    private final Deque<Candidate> left;
    private final Failing failing = new Failing();
    private long endNanos;
    private @Nullable Candidate again;
    private boolean retried;
    private int begun;

    Course(Failover failover, Plan plan, Wishes wishes) {
        this.failover = failover;
        this.policy = failover.policy().with(wishes.actions());
        this.wishes = wishes;
        this.left = restingLast(plan.candidates(), failover.rests());
        this.endNanos = failover.nanoTime() + wishes.total(failover.clocks()).toNanos();
    }

    private static Deque<Candidate> restingLast(List<Candidate> planned, Rests rests) {
        Deque<Candidate> ordered = new ArrayDeque<>(planned.size());
        List<Candidate> resting = new ArrayList<>(0);
        for (Candidate candidate : planned) {
            if (planned.size() > 1 && rests.isResting(candidate)) {
                resting.add(candidate);
            } else {
                ordered.add(candidate);
            }
        }
        ordered.addAll(resting);
        return ordered;
    }

    /** Whether {@link #next} may be called. */
    public boolean hasNext() {
        return again != null || !left.isEmpty();
    }

    /** Those are not tried, nor counted. To be called before the first attempt. */
    public void leaveOut(Predicate<Candidate> those) {
        left.removeIf(those);
    }

    /** @throws NoSuchElementException if none is left */
    public Candidate next() {
        begun++;
        Candidate asked = again;
        if (asked != null) {
            again = null;
            return asked;
        }
        Candidate candidate = left.remove();
        retried = false;
        failover.budget().payIn(candidate.provider().key(), policy.retry().share());
        return candidate;
    }

    /** What is left of the total clock; zero when it has run out. */
    public Duration timeLeft() {
        return Duration.ofNanos(Math.max(0, endNanos - failover.nanoTime()));
    }

    /** How long the attempt that begins now may take to its first content. */
    public Duration attemptLimit() {
        Duration limit = wishes.attempt(failover.clocks());
        Duration rest = timeLeft();
        return rest.compareTo(limit) < 0 ? rest : limit;
    }

    /** How long the attempt that begins now may wait for a place at its provider: not at all while somebody else can be asked instead. */
    public Duration patience() {
        if (!left.isEmpty() && begun < wishes.attempts()) {
            return Duration.ZERO;
        }
        Duration longest = policy.breaker().longestWait();
        Duration rest = timeLeft();
        return rest.compareTo(longest) < 0 ? rest : longest;
    }

    /** What is done for a stream that breaks. */
    public Rescue rescue() {
        Rescue wished = wishes.rescue();
        return wished == null ? policy.rescue() : wished;
    }

    /**
     * How long to wait for the first content before the next candidate is asked too; null for not at all. What is held back until it is
     * whole has no first content.
     */
    public @Nullable Duration hedge() {
        Duration wished = wishes.hedge();
        Duration delay = wished == null ? policy.hedge() : wished;
        return delay == null || delay.isZero() || rescue() == Rescue.BUFFERED || begun >= wishes.attempts()
                ? null
                : delay;
    }

    /** What the request wants otherwise. */
    public Wishes wishes() {
        return wishes;
    }

    /** Those that were not asked yet, in the order in which they would be. */
    public Collection<Candidate> left() {
        return Collections.unmodifiableCollection(left);
    }

    /** A stream broke that had begun long ago: the total clock runs anew, from now. */
    public void resume() {
        endNanos = failover.nanoTime() + wishes.total(failover.clocks()).toNanos();
    }

    /** An attempt has an answer, or the first content of one. */
    public void answered(Candidate candidate) {
        failover.rests().wake(candidate);
    }

    /**
     * An attempt has failed.
     *
     * @param retryAfter how long the provider wants to be left alone; null if it did not say
     */
    public Verdict failed(Candidate failed, Fault fault, @Nullable Duration retryAfter) {
        Action action = policy.action(fault);
        boolean tooMuch = note(failed, fault, retryAfter);
        if (action == Action.STOP || timeLeft().isZero() || begun >= wishes.attempts()) {
            return stop();
        }
        if (tooMuch) {
            return left.isEmpty() ? stop() : Verdict.NOW;
        }
        Duration wait = action == Action.RETRY || (left.isEmpty() && canHelpLater(action, retryAfter))
                ? waitForRetry(failed, retryAfter)
                : null;
        if (wait != null) {
            again = failed;
            retried = true;
            return Verdict.after(wait);
        }
        return left.isEmpty() ? stop() : Verdict.NOW;
    }

    /** An attempt has failed while another one is under way, which decides how it goes on. */
    public void failedBeside(Candidate failed, Fault fault, @Nullable Duration retryAfter) {
        note(failed, fault, retryAfter);
    }

    /** Leaves out who need not be asked any more; true if the provider has failed this request too often to be asked by it again. */
    private boolean note(Candidate failed, Fault fault, @Nullable Duration retryAfter) {
        if (fault.isOfKey()) {
            failover.rests().rest(failed, rest(fault, retryAfter));
        }
        String provider = failed.provider().key();
        if (fault.isProvidersFault() && failing.isTooMuch(provider, failover.nanoTime())) {
            left.removeIf(candidate -> candidate.provider().key().equals(provider));
            return true;
        }
        if (policy.action(fault) == Action.NEXT_MODEL) {
            left.removeIf(
                    candidate -> candidate.target().key().equals(failed.target().key()));
        }
        return false;
    }

    private static boolean canHelpLater(Action action, @Nullable Duration retryAfter) {
        return action == Action.NEXT && retryAfter != null;
    }

    private Duration rest(Fault fault, @Nullable Duration retryAfter) {
        return retryAfter != null ? retryAfter : policy.rests().getOrDefault(fault, Duration.ZERO);
    }

    /** How long to wait before the same candidate is asked again; null if it is not. */
    private @Nullable Duration waitForRetry(Candidate failed, @Nullable Duration retryAfter) {
        Duration wait = retryAfter == null ? failover.jittered(policy.retry().delay()) : retryAfter;
        boolean soon = retryAfter == null || wait.compareTo(policy.retry().longestWait()) <= 0;
        return !retried
                        && soon
                        && wait.compareTo(timeLeft()) < 0
                        && failover.budget().takeOut(failed.provider().key())
                ? wait
                : null;
    }

    private Verdict stop() {
        left.clear();
        again = null;
        return Verdict.STOP;
    }
}
