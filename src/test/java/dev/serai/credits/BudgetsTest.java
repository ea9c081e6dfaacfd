package dev.serai.credits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.access.Allowance;
import dev.serai.credits.Spending.Spent;
import dev.serai.testing.MovableClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Budgets on one node, and what it learns of others. Amounts are nano-dollars. */
class BudgetsTest {
    private static final Budget DAY = key("k", "0.0000001", null); // 100 nano-dollars
    private static final Budget MONTH = key("k", null, "0.0000001");

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T08:00:00Z"));
    private final Store store = new Store();
    private final Deque<Runnable> reader = new ArrayDeque<>();
    private final Budgets budgets = new Budgets(store, reader::add, clock);

    /** What is in the store, by the day it was spent on. */
    private final class Store implements Spending {
        private final Map<String, Map<LocalDate, Long>> spent = new HashMap<>();
        private boolean isAway;
        private int asked;

        void has(String key, long nanos) {
            spent.computeIfAbsent(key, any -> new HashMap<>()).merge(Purse.day(clock.instant()), nanos, Long::sum);
        }

        @Override
        public Map<String, Spent> spent(String accountId, LocalDate day) {
            asked++;
            if (isAway) {
                throw new IllegalStateException("away");
            }
            Map<String, Spent> known = new HashMap<>();
            spent.forEach((key, days) -> known.put(
                    key,
                    new Spent(
                            days.getOrDefault(day, 0L),
                            days.entrySet().stream()
                                    .filter(one -> one.getKey().getMonth() == day.getMonth())
                                    .mapToLong(Map.Entry::getValue)
                                    .sum())));
            return known;
        }
    }

    private static Budget key(String id, @Nullable String perDay, @Nullable String perMonth) {
        return Budget.ofKey(id, allowance(perDay, perMonth));
    }

    private static Allowance allowance(@Nullable String perDay, @Nullable String perMonth) {
        return Allowance.ALL.withBudgets(decimal(perDay), decimal(perMonth));
    }

    private static @Nullable BigDecimal decimal(@Nullable String text) {
        return text == null ? null : new BigDecimal(text);
    }

    /** Asks the store if need be. */
    private Budgets.Answer reserve(long nanos, Budget... of) {
        Budgets.Answer known = budgets.tryReserve("acct", List.of(of), nanos);
        if (known != null) {
            return known;
        }
        List<Budgets.Answer> told = new ArrayList<>();
        budgets.await("acct", List.of(of), nanos, told::add);
        while (!reader.isEmpty()) {
            reader.remove().run();
        }
        assertThat(told).hasSize(1);
        return told.get(0);
    }

    private Reservation kept(long nanos, Budget... of) {
        return ((Budgets.Granted) reserve(nanos, of)).reservation();
    }

    private void spend(long nanos, Budget... of) {
        Reservation reservation = kept(nanos, of);
        reservation.spend(nanos, clock.instant());
        reservation.release();
    }

    private long left(Budget... of) {
        Budgets.Answer answer = reserve(1_000_000, of);
        return ((Budgets.Exceeded) answer).leftNanos();
    }

    @Test
    void what_was_spent_before_is_asked_once_and_counts() {
        store.has("k", 30);
        store.has("other", 1_000);
        assertThat(left(DAY)).isEqualTo(70);
        assertThat(left(DAY)).isEqualTo(70);
        assertThat(store.asked).isEqualTo(1);
    }

    @Test
    void requests_under_way_cannot_exceed_a_budget_together() {
        Reservation first = kept(60, DAY);
        assertThat(reserve(60, DAY)).isInstanceOf(Budgets.Exceeded.class);
        kept(40, DAY);
        first.release();
        first.release();
        assertThat(left(DAY)).as("released once").isEqualTo(60);
    }

    @Test
    void what_is_used_counts_whether_it_was_kept_or_not() {
        Reservation reservation = kept(10, DAY);
        reservation.spend(25, clock.instant());
        reservation.release();
        reservation.spend(5, clock.instant());
        assertThat(left(DAY)).isEqualTo(70);
        spend(70, DAY);
        assertThat(left(DAY)).isZero();
    }

    @Test
    void what_costs_nothing_needs_no_budget() {
        spend(100, DAY);
        assertThat(reserve(1, DAY)).isInstanceOf(Budgets.Exceeded.class);
        assertThat(reserve(0, DAY)).isInstanceOf(Budgets.Granted.class);
    }

    @Test
    void a_day_begins_at_midnight_in_utc_and_a_month_on_its_first() {
        spend(90, DAY);
        clock.pass(Duration.ofHours(16));
        assertThat(left(DAY)).as("a new day").isEqualTo(100);
        assertThat(left(MONTH)).as("the same month").isEqualTo(10);
        clock.pass(Duration.ofDays(8));
        assertThat(left(MONTH)).as("the first of December").isEqualTo(100);
    }

    @Test
    void a_refusal_says_which_budget_and_when_it_begins_anew() {
        assertThat(reserve(101, key("k", null, "0.0000001")))
                .isEqualTo(new Budgets.Exceeded(
                        Budget.Whose.KEY, Period.MONTH, 100, 100, 101, Instant.parse("2026-12-01T00:00:00Z")));
        assertThat(reserve(101, DAY))
                .isEqualTo(new Budgets.Exceeded(
                        Budget.Whose.KEY, Period.DAY, 100, 100, 101, Instant.parse("2026-11-23T00:00:00Z")));
    }

    @Test
    void the_budget_of_an_account_is_for_all_its_keys_together() {
        Budget account = Budget.ofAccount(allowance("0.0000001", null));
        store.has("gone", 20);
        spend(30, account, key("a", "0.0000001", null));
        spend(30, account, key("b", "0.0000001", null));
        assertThat(reserve(30, account, key("c", "0.0000001", null)))
                .isInstanceOfSatisfying(Budgets.Exceeded.class, refused -> {
                    assertThat(refused.whose()).isEqualTo(Budget.Whose.ACCOUNT);
                    assertThat(refused.leftNanos()).isEqualTo(20);
                });
        assertThat(left(key("c", "0.0000001", null)))
                .as("what one budget refuses is kept of none")
                .isEqualTo(100);
    }

    @Test
    void a_budget_that_changes_holds_at_once() {
        spend(60, DAY);
        assertThat(left(key("k", "0.00000005", null))).isZero();
        assertThat(left(key("k", "0.0000002", null))).isEqualTo(140);
    }

    @Test
    void what_other_nodes_spend_is_known_after_the_next_comparison() {
        spend(10, DAY);
        store.has("k", 10); // this node's own, which was settled
        store.has("k", 50);
        budgets.compare();
        assertThat(left(DAY)).isEqualTo(40);
        store.has("k", 15);
        assertThat(left(DAY)).as("nobody has looked").isEqualTo(40);
        budgets.compare();
        assertThat(left(DAY)).isEqualTo(25);
    }

    @Test
    void a_budget_that_was_not_used_for_a_while_is_asked_for_again_and_not_compared_in_vain() {
        spend(10, DAY);
        clock.pass(Duration.ofSeconds(1));
        budgets.compare();
        int before = store.asked;
        clock.pass(Duration.ofMinutes(1));
        budgets.compare();
        assertThat(store.asked).isEqualTo(before);
        store.has("k", 80);
        assertThat(left(DAY)).isEqualTo(20);
    }

    @Test
    void a_store_that_is_away_stops_nobody_whose_budget_is_known() {
        store.has("k", 30);
        assertThat(left(DAY)).isEqualTo(70);
        store.isAway = true;
        clock.pass(Duration.ofSeconds(10));
        assertThat(left(DAY)).isEqualTo(70);
        int asked = store.asked;
        for (int i = 0; i < 20; i++) {
            spend(1, DAY);
        }
        assertThat(store.asked).as("asked once, and not for each request").isEqualTo(asked);
        assertThat(reserve(1, key("new", "0.0000001", null))).isEqualTo(new Budgets.Unknown());
        assertThat(store.asked).isEqualTo(asked);

        store.isAway = false;
        clock.pass(Duration.ofSeconds(3));
        assertThat(reserve(1, key("new", "0.0000001", null))).isInstanceOf(Budgets.Granted.class);
        assertThat(left(DAY)).as("what is not settled yet counts").isEqualTo(50);
    }

    @Test
    void whoever_asks_while_it_stops_is_told_and_does_not_wait() {
        Budgets stopping = new Budgets(
                store,
                task -> {
                    throw new RejectedExecutionException();
                },
                clock);
        List<Budgets.Answer> told = new ArrayList<>();
        stopping.await("acct", List.of(DAY), 1, told::add);
        assertThat(told).containsExactly(new Budgets.Unknown());
    }

    @Test
    void who_fails_when_it_is_told_keeps_nobody_else_waiting() {
        List<Budgets.Answer> told = new ArrayList<>();
        assertThat(budgets.tryReserve("acct", List.of(DAY), 1)).isNull();
        budgets.await("acct", List.of(DAY), 1, answer -> {
            throw new IllegalStateException("gone");
        });
        budgets.await("acct", List.of(DAY), 1, told::add);
        reader.remove().run();
        assertThat(told).singleElement().isInstanceOf(Budgets.Granted.class);
    }

    @Test
    void a_new_day_begins_with_nothing_though_the_store_is_away() {
        spend(100, DAY);
        store.isAway = true;
        budgets.compare();
        clock.pass(Duration.ofDays(1));
        assertThat(left(DAY)).isEqualTo(100);
    }

    @Test
    void keys_that_come_and_go_are_forgotten() {
        for (int i = 0; i < 1_000; i++) {
            spend(1, key("key-" + i, "1", null));
        }
        assertThat(budgets.size()).isEqualTo(1_000);
        Reservation open = kept(1, key("open", "1", null));
        clock.pass(Duration.ofDays(2));
        budgets.compare();
        assertThat(budgets.size()).isEqualTo(1);
        open.release();
        budgets.compare();
        assertThat(budgets.size()).isZero();
    }

    @Test
    void many_threads_spend_no_more_than_a_budget_and_nothing_of_it_is_lost() throws Exception {
        kept(0, DAY);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        AtomicLong spent = new AtomicLong();
        CountDownLatch begin = new CountDownLatch(1);
        for (int i = 0; i < 400; i++) {
            threads.execute(() -> {
                try {
                    begin.await();
                } catch (InterruptedException e) {
                    return;
                }
                if (budgets.tryReserve("acct", List.of(DAY), 3) instanceof Budgets.Granted granted) {
                    granted.reservation().spend(3, clock.instant());
                    granted.reservation().release();
                    spent.addAndGet(3);
                }
            });
        }
        begin.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        // A request that ends has both spent and still keeps for a moment, so that others may be refused the very last
        // of it.
        assertThat(spent.get()).isPositive().isLessThanOrEqualTo(99);
        assertThat(left(DAY)).isEqualTo(100 - spent.get());
    }
}
