package dev.serai.steps;

import dev.serai.conversation.Usage;
import dev.serai.credits.Bill;
import dev.serai.credits.Budget;
import dev.serai.credits.Hold;
import dev.serai.credits.Pricing;
import dev.serai.credits.Reservation;
import dev.serai.credits.Tariff;
import dev.serai.dialect.ReplyFacts;
import dev.serai.failover.Fault;
import dev.serai.selection.Candidate;
import dev.serai.upstream.Outcome;
import dev.serai.upstream.ReplyStream;
import dev.serai.usage.UsageEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one request uses, and who pays for it: an event for each attempt, made once, when it is over; and what is held for it. For one
 * thread at a time.
 */
final class CallMeter {
    static final String NOT_KEPT = "what it cost could not be written down, neither in the store nor on the disk";

    private final Metering metering;
    private final UsageEvent.Call call;
    private final Tariff tariff;
    private final Attempts attempts;
    private final Consumer<Runnable> loop;
    private List<Budget> budgets = List.of();
    private CostForecast.Highest expected = new CostForecast.Highest(0, 0);
    private @Nullable Hold hold;
    private @Nullable Reservation reservation;
    private boolean finalTold;
    private boolean isOver;

    /** @param loop runs things on the event loop of the request */
    CallMeter(Metering metering, UsageEvent.Call call, Tariff tariff, Attempts attempts, Consumer<Runnable> loop) {
        this.metering = metering;
        this.call = call;
        this.tariff = tariff;
        this.attempts = attempts;
        this.loop = loop;
    }

    /** What the request may cost at most, and the budgets that it is held to; none, perhaps. */
    void expects(CostForecast.Highest most, List<Budget> heldTo) {
        expected = most;
        budgets = heldTo;
    }

    List<Budget> budgets() {
        return budgets;
    }

    /** Nothing, unless somebody is held to what it costs. */
    CostForecast.Highest expected() {
        return expected;
    }

    /** Runs something on the event loop of the request. */
    void onLoop(Runnable task) {
        loop.accept(task);
    }

    /** The request may be over by now, if its client has left. */
    void keeps(Reservation kept) {
        if (isOver) {
            kept.release();
        } else {
            reservation = kept;
        }
    }

    /** The request may be over by now, if its client has left. */
    void holds(Hold held) {
        if (isOver) {
            held.release();
        } else {
            hold = held;
        }
    }

    /** What the account pays. */
    Tariff tariff() {
        return tariff;
    }

    String accountId() {
        return call.accountId();
    }

    /** Whether the account pays in advance. */
    boolean isPrepaid() {
        return metering.isPrepaid();
    }

    Metering metering() {
        return metering;
    }

    /** What the end of a stream waits for; null if it need not wait. */
    ReplyStream.@Nullable Gate gate() {
        return isPrepaid() ? open -> settle(failed -> open.accept(failed == null ? null : NOT_KEPT)) : null;
    }

    /**
     * Charges for what has been used so far, and frees what was held.
     *
     * @param then told on the event loop, with null when it is durable
     */
    void settle(Consumer<@Nullable IOException> then) {
        submit(events(), failed -> loop.accept(() -> then.accept(failed)));
    }

    /** The request is over, however that came about. What has not been told of its attempts is told now; nobody waits. */
    void over() {
        isOver = true;
        submit(events(), kept -> {});
    }

    /** Nothing more is going to be used. */
    void release() {
        if (reservation != null) {
            reservation.release();
        }
        Hold held = hold;
        hold = null;
        if (held != null) {
            held.release();
        }
    }

    private void submit(List<UsageEvent> events, Consumer<@Nullable IOException> then) {
        if (events.isEmpty()) {
            release();
            then.accept(null);
            return;
        }
        if (reservation != null) {
            Instant now = metering.clock().instant();
            for (UsageEvent event : events) {
                reservation.spend(event.bill().costNanos(), now);
            }
            reservation.release();
        }
        metering.settlements().submit(events, then); // owed from now on, and so need not be held any more
        Hold held = hold;
        hold = null;
        if (held != null) {
            held.settle();
        }
    }

    /** Of attempts that are over and of which nothing was told; at the end of the request, of all that began. */
    private List<UsageEvent> events() {
        List<UsageEvent> events = new ArrayList<>(1);
        List<Attempts.Tried> tried = attempts.tried();
        int number = 0;
        for (int i = 0; i < tried.size(); i++) {
            Attempts.Tried attempt = tried.get(i);
            if (!attempt.isStarted()) {
                continue;
            }
            number++;
            boolean isLast = i == tried.size() - 1;
            if ((isOver || attempt.outcome().isPresent()) && attempt.tell()) {
                boolean isAnswer = attempt.outcome().orElse(null) instanceof Outcome.Answered;
                boolean isFinal = !finalTold && (isAnswer || (isOver && isLast));
                finalTold |= isFinal;
                events.add(event(attempt, number, isFinal));
            }
        }
        return events;
    }

    private UsageEvent event(Attempts.Tried attempt, int number, boolean isFinal) {
        Candidate candidate = attempt.candidate();
        Instant now = metering.clock().instant();
        Duration latency = Duration.ofNanos(attempt.nanos());
        boolean used = isUsed(attempt);
        ReplyFacts facts = attempt.facts();
        Bill bill = Pricing.bill(candidate, facts, now.minus(latency), tariff);
        long firstContent = attempt.firstContentNanos();
        return new UsageEvent(
                metering.ids().next(),
                now,
                call,
                asked(candidate),
                number,
                isFinal,
                result(attempt, facts),
                facts.usage(),
                facts.isEstimated(),
                bill,
                metering.isPrepaid() && used ? bill.chargeNanos() : 0,
                latency,
                firstContent == 0 ? null : Duration.ofNanos(firstContent));
    }

    /** An attempt that was left has used something if the provider said so before. */
    private static boolean isUsed(Attempts.Tried attempt) {
        boolean wasLeft = attempt.outcome().orElse(null) instanceof Outcome.Cancelled;
        return attempt.isAnswer() || (wasLeft && !attempt.usage().equals(Usage.NONE));
    }

    private static UsageEvent.Asked asked(Candidate candidate) {
        var facts = candidate.target().facts();
        return new UsageEvent.Asked(
                candidate.provider().id(),
                candidate.provider().name(),
                candidate.model(),
                facts == null ? candidate.model() : facts.name(),
                candidate.dialect(),
                candidate.source());
    }

    private static UsageEvent.Result result(Attempts.Tried attempt, ReplyFacts facts) {
        Outcome outcome = attempt.outcome().orElseGet(Outcome.Cancelled::new);
        Fault fault = attempt.fault();
        return new UsageEvent.Result(
                outcome.kind().label(), status(outcome), fault == null ? null : fault.label(), facts.stopReason());
    }

    private static int status(Outcome outcome) {
        return outcome instanceof Outcome.Answered answered
                ? answered.status()
                : outcome instanceof Outcome.Refused refused ? refused.status() : 0;
    }
}
