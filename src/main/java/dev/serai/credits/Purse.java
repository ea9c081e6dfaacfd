package dev.serai.credits;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an account and those of its keys that have budgets have spent, as far as this node knows, and what is held for requests under way.
 * Thread-safe; calls nobody while it is locked.
 */
final class Purse {
    private final String accountId;
    private final Map<String, Line> lines = new HashMap<>();
    private final List<Ask> asks = new ArrayList<>();
    private LocalDate today = LocalDate.MIN;

    /** Of one key, or of all together. */
    private static final class Line {
        Spending.Spent spent = Spending.Spent.NOTHING;
        long held;
        Instant learnedAt = Instant.MIN;
        Instant usedAt = Instant.MIN;
    }

    /** Somebody who waits until it is known what was spent. */
    record Ask(List<Budget> budgets, long nanos, Consumer<Budgets.Answer> then) {}

    Purse(String accountId) {
        this.accountId = accountId;
    }

    String accountId() {
        return accountId;
    }

    /**
     * Keeps so much of all of these budgets, or of none.
     *
     * @param since what was learned before is too old
     * @return null if it must be asked first what was spent
     */
    synchronized Budgets.@Nullable Answer tryReserve(List<Budget> budgets, long nanos, Instant now, Instant since) {
        turn(now);
        boolean isKnown = true;
        for (Budget budget : budgets) {
            Line line = line(budget);
            line.usedAt = now;
            isKnown &= line.learnedAt.isAfter(since);
        }
        if (!isKnown) {
            return null;
        }
        for (Budget budget : budgets) {
            for (Period period : Period.values()) {
                long limit = budget.nanos(period);
                long left = limit - line(budget).spent.nanos(period) - line(budget).held;
                if (nanos > 0 && nanos > left) {
                    return new Budgets.Exceeded(
                            budget.whose(), period, limit, Math.max(0, left), nanos, period.next(today));
                }
            }
        }
        budgets.forEach(budget -> line(budget).held += nanos);
        return new Budgets.Granted(new Reservation(this, budgets, nanos));
    }

    /** What was held for is over. */
    synchronized void free(List<Budget> budgets, long nanos) {
        budgets.forEach(budget -> line(budget).held -= nanos);
    }

    synchronized void spend(List<Budget> budgets, long nanos, Instant now) {
        turn(now);
        for (Budget budget : budgets) {
            Line line = line(budget);
            line.spent = line.spent.plus(nanos);
        }
    }

    private Line line(Budget budget) {
        return lines.computeIfAbsent(budget.keyId(), key -> new Line());
    }

    /** On a new day nothing has been spent on it, in a new month nothing in it. A clock that goes back changes nothing. */
    private void turn(Instant now) {
        LocalDate day = day(now);
        if (day.isAfter(today)) {
            boolean sameMonth = YearMonth.from(day).equals(YearMonth.from(today));
            lines.values().forEach(line -> line.spent = new Spending.Spent(0, sameMonth ? line.spent.monthNanos() : 0));
            today = day;
        }
    }

    static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    /** @return whether nobody has asked before, so that somebody must look */
    synchronized boolean ask(Ask ask) {
        asks.add(ask);
        return asks.size() == 1;
    }

    /** Whether a budget was used since, so that it matters what other nodes have spent of it. Forgets those that were not used for long. */
    synchronized boolean isUsed(Instant since, Instant longAgo) {
        lines.values().removeIf(line -> line.held == 0 && line.usedAt.isBefore(longAgo));
        return lines.values().stream().anyMatch(line -> !line.usedAt.isBefore(since));
    }

    /**
     * The store says so.
     *
     * @param day of which it says so
     * @return whether that is still today
     */
    synchronized boolean learn(Map<String, Spending.Spent> spent, LocalDate day, Instant now) {
        turn(now);
        if (!day.equals(today)) {
            return false;
        }
        Spending.Spent all = spent.values().stream().reduce(Spending.Spent.NOTHING, Spending.Spent::plus);
        lines.forEach((key, line) -> {
            boolean isAll = key.equals(Budget.ALL_KEYS);
            line.spent = line.spent.orMore(isAll ? all : spent.getOrDefault(key, Spending.Spent.NOTHING));
            line.learnedAt = now;
        });
        return true;
    }

    /** Lets in whoever waits and can be, by what is known now. @return who is to be told of it, outside of any lock */
    synchronized List<Runnable> serve(Instant now) {
        List<Runnable> told = new ArrayList<>();
        for (Ask ask : asks) {
            Budgets.Answer known = tryReserve(ask.budgets(), ask.nanos(), now, Instant.MIN);
            Budgets.Answer answer = known == null ? new Budgets.Unknown() : known;
            told.add(() -> ask.then().accept(answer));
        }
        asks.clear();
        return told;
    }

    /** How many budgets there are. */
    synchronized int size() {
        return lines.size();
    }
}
