package dev.serai.limit;

import static dev.serai.access.Allowance.UNLIMITED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.access.AccessKey;
import dev.serai.access.Allowance;
import dev.serai.access.Scope;
import dev.serai.limit.Refusal.Limit;
import dev.serai.limit.Refusal.Whose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final AccessKey ONE = key("one", "acme");
    private static final AccessKey OTHER = key("other", "acme");
    private static final AccessKey STRANGER = key("one", "elsewhere");

    private final AtomicLong now = new AtomicLong(1);
    private final RateLimits limits = new RateLimits(now::get);

    private static AccessKey key(String id, String account) {
        return new AccessKey(
                id, id, Instant.EPOCH, Scope.ALL, account, null, null, AccessKey.Origin.STORE, Allowance.ALL);
    }

    private static Allowance requests(long perMinute) {
        return new Allowance(perMinute, UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED);
    }

    private static Allowance tokens(long perMinute) {
        return new Allowance(UNLIMITED, perMinute, UNLIMITED, UNLIMITED, UNLIMITED);
    }

    private static Allowance atOnce(long requests) {
        return new Allowance(UNLIMITED, UNLIMITED, requests, UNLIMITED, UNLIMITED);
    }

    private Stay enter(AccessKey key, Allowance ofKey, Allowance ofAccount, long tokens) {
        return limits.enter(key, ofKey, ofAccount, tokens);
    }

    private Stay enter(Allowance ofKey, long tokens) {
        return enter(ONE, ofKey, Allowance.ALL, tokens);
    }

    private int admitted(int tries, Allowance ofKey) {
        int admitted = 0;
        for (int i = 0; i < tries; i++) {
            Stay stay = enter(ofKey, 0);
            admitted += stay.refusal() == null ? 1 : 0;
            stay.leave(0);
        }
        return admitted;
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void nobody_is_counted_who_has_no_limit() {
        assertThat(enter(new Allowance(UNLIMITED, UNLIMITED, UNLIMITED, 5, 5), 10))
                .returns(false, Stay::isCounted)
                .returns(null, Stay::refusal)
                .returns(null, Stay::requests);
        assertThat(limits.size()).isZero();
    }

    @Test
    void so_many_requests_pass_in_a_minute_and_the_next_is_told_when_to_come() {
        assertThat(admitted(3, requests(3))).isEqualTo(3);

        assertThat(enter(requests(3), 0).refusal())
                .isEqualTo(new Refusal(Limit.REQUESTS, Whose.KEY, 3, MINUTE_NANOS / 3));

        pass(Duration.ofSeconds(20));
        assertThat(admitted(3, requests(3))).isEqualTo(1);
        pass(Duration.ofMinutes(5));
        assertThat(admitted(9, requests(3))).isEqualTo(3);
    }

    @Test
    void how_a_limit_stands_is_told_of_those_who_pass_and_of_those_who_do_not() {
        assertThat(enter(requests(4), 0).requests()).isEqualTo(new Standing(4, 3, MINUTE_NANOS / 4));
        admitted(3, requests(4));
        Stay refused = enter(requests(4), 0);

        assertThat(refused.refusal()).isNotNull();
        assertThat(refused.requests()).isEqualTo(new Standing(4, 0, MINUTE_NANOS));
        assertThat(refused.tokenStanding()).isNull();
    }

    @Test
    void an_account_counts_the_requests_of_all_its_keys_and_of_no_others() {
        enter(ONE, Allowance.ALL, requests(2), 0);
        enter(OTHER, Allowance.ALL, requests(2), 0);

        assertThat(enter(ONE, Allowance.ALL, requests(2), 0).refusal())
                .isEqualTo(new Refusal(Limit.REQUESTS, Whose.ACCOUNT, 2, MINUTE_NANOS / 2));
        assertThat(enter(STRANGER, Allowance.ALL, requests(2), 0).refusal()).isNull();
    }

    @Test
    void a_key_counts_its_own_requests_alone() {
        enter(ONE, requests(1), Allowance.ALL, 0);

        assertThat(enter(OTHER, requests(1), Allowance.ALL, 0).refusal()).isNull();
        assertThat(enter(STRANGER, requests(1), Allowance.ALL, 0).refusal()).isNull();
        assertThat(enter(ONE, requests(1), Allowance.ALL, 0).refusal()).isNotNull();
    }

    @Test
    void of_two_limits_the_tighter_is_told() {
        assertThat(enter(ONE, requests(10), requests(3), 0).requests().limit()).isEqualTo(3);
        assertThat(enter(OTHER, requests(2), requests(30), 0).requests().limit())
                .isEqualTo(2);
    }

    @Test
    void whom_the_account_refuses_the_key_has_not_counted() {
        Allowance key = new Allowance(5, 100, 5, UNLIMITED, UNLIMITED);
        enter(OTHER, Allowance.ALL, requests(1), 1);
        for (int i = 0; i < 9; i++) {
            assertThat(enter(ONE, key, requests(1), 30).refusal().whose()).isEqualTo(Whose.ACCOUNT);
        }

        Stay stay = enter(ONE, key, Allowance.ALL, 30);

        assertThat(stay.refusal()).isNull();
        assertThat(stay.requests().remaining()).isEqualTo(4);
        assertThat(stay.tokenStanding().remaining()).isEqualTo(70);
    }

    @Test
    void tokens_are_taken_as_estimated_and_put_right_by_what_was_used() {
        Stay more = enter(tokens(1_000), 100);
        assertThat(more.tokenStanding()).isEqualTo(new Standing(1_000, 900, MINUTE_NANOS / 10));
        more.leave(300);
        assertThat(more.tokenStanding().remaining()).isEqualTo(700);

        Stay less = enter(tokens(1_000), 500);
        less.leave(20);
        assertThat(less.tokenStanding().remaining()).isEqualTo(680);
    }

    @Test
    void what_was_used_beyond_the_limit_is_waited_for() {
        enter(tokens(60), 10).leave(90);
        assertThat(enter(tokens(60), 10).refusal())
                .isEqualTo(new Refusal(
                        Limit.TOKENS, Whose.KEY, 60, Duration.ofSeconds(40).toNanos()));

        pass(Duration.ofSeconds(39));
        assertThat(enter(tokens(60), 10).refusal()).isNotNull();
        pass(Duration.ofSeconds(1));
        assertThat(enter(tokens(60), 10).refusal()).isNull();
    }

    @Test
    void a_provider_that_claims_a_nonsensical_usage_shuts_nobody_out_for_more_than_an_hour() {
        enter(tokens(60), 10).leave(Long.MAX_VALUE);
        assertThat(enter(tokens(60), 1).refusal().waitNanos())
                .isLessThanOrEqualTo(Duration.ofHours(1).toNanos());
    }

    @Test
    void a_request_that_no_minute_has_enough_tokens_for_is_not_told_to_come_again() {
        assertThat(enter(tokens(60), 61).refusal()).isEqualTo(new Refusal(Limit.TOKENS_OF_ONE, Whose.KEY, 60, 0));
    }

    @Test
    void a_refusal_for_want_of_tokens_uses_no_request() {
        Allowance both = new Allowance(5, 60, UNLIMITED, UNLIMITED, UNLIMITED);
        enter(both, 50);
        Stay refused = enter(both, 50);

        assertThat(refused.refusal().limit()).isEqualTo(Limit.TOKENS);
        assertThat(refused.requests().remaining()).isEqualTo(4);
    }

    @Test
    void so_many_requests_run_at_once_and_one_that_leaves_twice_frees_one_place() {
        Stay first = enter(atOnce(2), 0);
        enter(atOnce(2), 0);
        assertThat(enter(atOnce(2), 0).refusal()).isEqualTo(new Refusal(Limit.AT_ONCE, Whose.KEY, 2, 0));

        first.leave(0);
        first.leave(0);

        assertThat(enter(atOnce(2), 0).refusal()).isNull();
        assertThat(enter(atOnce(2), 0).refusal()).isNotNull();
    }

    @Test
    void who_was_refused_frees_nothing_by_leaving() {
        enter(atOnce(1), 0);
        enter(atOnce(1), 0).leave(0);
        assertThat(enter(atOnce(1), 0).refusal()).isNotNull();
    }

    @Test
    void a_changed_limit_holds_at_once_and_what_was_used_stays_used() {
        admitted(50, requests(60));

        assertThat(enter(requests(100), 0).requests().remaining()).isEqualTo(49);
        assertThat(enter(requests(10), 0).refusal()).isNotNull();
        pass(Duration.ofSeconds(6));
        assertThat(admitted(9, requests(10))).isEqualTo(1);
        assertThat(admitted(9, requests(60))).as("one and the fifty more").isBetween(9, 51);
    }

    @Test
    void a_limit_that_is_taken_away_and_given_again_begins_anew() {
        admitted(3, requests(3));
        assertThat(admitted(3, atOnce(1))).isEqualTo(3);
        assertThat(admitted(9, requests(3))).isEqualTo(3);
    }

    @Test
    void a_change_counts_those_who_run() {
        Stay early = enter(atOnce(5), 0);
        enter(atOnce(5), 0);
        assertThat(enter(atOnce(2), 0).refusal()).isNotNull();
        early.leave(0);
        assertThat(enter(atOnce(2), 0).refusal()).isNull();
    }

    @Test
    void a_hundred_clients_at_once_never_get_more_than_the_limit_through() throws Exception {
        Allowance allowance = new Allowance(500, 20_000, 7, UNLIMITED, UNLIMITED);
        AtomicInteger admitted = new AtomicInteger();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService clients = Executors.newFixedThreadPool(100);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                work.add(() -> {
                    for (int j = 0; j < 200; j++) {
                        Stay stay = enter(ONE, allowance, requests(400), 1);
                        if (stay.refusal() == null) {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            admitted.incrementAndGet();
                            Thread.onSpinWait();
                            running.decrementAndGet();
                        }
                        stay.leave(1);
                    }
                    return null;
                });
            }
            for (Future<Void> done : clients.invokeAll(work)) {
                done.get();
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(admitted.get()).isEqualTo(400);
        assertThat(most.get()).isLessThanOrEqualTo(7);
        assertThat(enter(ONE, allowance, Allowance.ALL, 1).requests().remaining())
                .as("what the account refused was given back")
                .isEqualTo(99);
    }

    @Test
    void over_any_minutes_no_more_pass_than_the_first_minutes_fill_and_what_runs_in() {
        Random random = new Random(7);
        int admitted = 0;
        long begin = now.get();
        for (int i = 0; i < 20_000; i++) {
            now.addAndGet(random.nextInt(100_000_000));
            admitted += admitted(1, requests(60));
        }
        double minutes = (now.get() - begin) / (double) MINUTE_NANOS;
        assertThat(admitted).isLessThanOrEqualTo((int) (60 + 60 * minutes)).isGreaterThan((int) (59 * minutes));
    }

    @Test
    void counters_that_say_nothing_any_more_are_forgotten_and_those_of_running_requests_are_kept() {
        Stay running = enter(key("long", "acme"), atOnce(1), Allowance.ALL, 0);
        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < 1_000; i++) {
                enter(key(round + "-" + i, "acme"), requests(5), Allowance.ALL, 0)
                        .leave(0);
            }
            pass(Duration.ofMinutes(1));
        }
        assertThat(limits.size()).isLessThanOrEqualTo(2_001);
        assertThat(enter(key("long", "acme"), atOnce(1), Allowance.ALL, 0).refusal())
                .isNotNull();
        running.leave(0);
        assertThat(enter(key("long", "acme"), atOnce(1), Allowance.ALL, 0).refusal())
                .isNull();
    }

    @Test
    void counters_are_made_and_forgotten_by_many_at_once_and_no_request_is_lost() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int client = 0; client < 8; client++) {
                int seed = client;
                work.add(() -> {
                    Random random = new Random(seed);
                    for (int i = 0; i < 20_000; i++) {
                        enter(key("k" + random.nextInt(3_000), "acme"), atOnce(8), Allowance.ALL, 0)
                                .leave(0);
                    }
                    return null;
                });
            }
            for (Future<Void> done : clients.invokeAll(work)) {
                done.get();
            }
        } finally {
            clients.shutdownNow();
        }
        for (int i = 0; i < 3_000; i++) {
            Stay last = enter(key("k" + i, "acme"), atOnce(1), Allowance.ALL, 0);
            assertThat(last.refusal()).isNull();
            last.leave(0);
        }
    }

    @Test
    void no_limit_is_too_large_to_be_counted() {
        Allowance huge = new Allowance(Long.MAX_VALUE - 1, Long.MAX_VALUE - 1, 1_000, UNLIMITED, UNLIMITED);
        Stay stay = enter(huge, 1_000_000_000_000L);
        assertThat(stay.isCounted()).isTrue();
    }
}
