package dev.serai.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.selection.Candidate;
import dev.serai.selection.Target;
import dev.serai.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a target is left alone, and how it comes back. */
class BreakersTest {
    private static final long QUICK = 1_000_000;
    private static final Target TARGET = Trip.candidate("a:x").target();
    private static final Target OTHER_MODEL = Trip.candidate("a:y").target();

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T08:00:00Z"));
    private final AtomicReference<FailoverPolicy> policy = new AtomicReference<>(Trip.SHIPPED);
    private final Breakers breakers = new Breakers(policy::get, clock);

    /** Null if it may not be asked. */
    private Breakers.@Nullable Pass tryToEnter(Target target) {
        return breakers.enter(target) instanceof Breakers.Pass pass ? pass : null;
    }

    private Breakers.Pass enter(Target target) {
        return Objects.requireNonNull(tryToEnter(target), "it may not be asked");
    }

    private void fail(Target target, Fault fault) {
        Breakers.Pass pass = enter(target);
        pass.failed(fault, QUICK);
        pass.leave();
    }

    private void answer(Target target, long nanos) {
        Breakers.Pass pass = enter(target);
        pass.answered(nanos);
        pass.leave();
    }

    private void open() {
        fail(5);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            fail(TARGET, Fault.UNAVAILABLE);
        }
    }

    private void rule(FailoverPolicy.BreakerRule rule) {
        policy.set(new FailoverPolicy(
                Trip.SHIPPED.actions(), Trip.SHIPPED.retry(), Trip.SHIPPED.rests(), Rescue.OFF, null, rule));
    }

    private static FailoverPolicy.BreakerRule rule(boolean enabled, int minimum, int atOnce) {
        return new FailoverPolicy.BreakerRule(
                enabled,
                20,
                minimum,
                0.5,
                Duration.ofSeconds(45),
                0.9,
                Duration.ofSeconds(10),
                atOnce,
                Duration.ofSeconds(1));
    }

    private String state() {
        return breakers.states("a").stream()
                .filter(state -> state.model().equals("x"))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void who_fails_too_often_is_left_alone_and_nobody_else_is() {
        open();
        assertThat(tryToEnter(TARGET)).isNull();
        assertThat(tryToEnter(OTHER_MODEL)).isNotNull();
        assertThat(state()).isEqualTo("open");
    }

    @Test
    void a_few_failures_decide_nothing() {
        for (int i = 0; i < 4; i++) {
            fail(TARGET, Fault.UNAVAILABLE);
        }
        assertThat(tryToEnter(TARGET)).isNotNull();
    }

    @Test
    void more_answers_than_failures_keep_it_closed() {
        for (int i = 0; i < 100; i++) {
            answer(TARGET, QUICK);
            answer(TARGET, QUICK);
            fail(TARGET, Fault.UNAVAILABLE);
        }
        assertThat(state()).isEqualTo("closed");
    }

    @Test
    void who_is_slow_again_and_again_is_left_alone() {
        for (int i = 0; i < 5; i++) {
            answer(TARGET, Duration.ofSeconds(46).toNanos());
        }
        assertThat(tryToEnter(TARGET)).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "RATE_LIMITED",
                "QUOTA_EXHAUSTED",
                "CREDENTIAL_REFUSED",
                "MODEL_NOT_FOUND",
                "INVALID_REQUEST",
                "CONTEXT_TOO_LONG",
                "CONTENT_FILTERED",
                "UNTRANSLATABLE",
                "CANCELLED"
            })
    void what_is_no_fault_of_the_provider_never_counts(Fault fault) {
        for (int i = 0; i < 100; i++) {
            fail(TARGET, fault);
        }
        assertThat(tryToEnter(TARGET)).isNotNull();
        assertThat(state()).isEqualTo("closed");
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "RESET", "SERVER_ERROR", "UNAVAILABLE", "TIMED_OUT", "UNUSABLE", "BROKEN"})
    void what_is_a_fault_of_the_provider_counts(Fault fault) {
        for (int i = 0; i < 5; i++) {
            fail(TARGET, fault);
        }
        assertThat(tryToEnter(TARGET)).isNull();
    }

    /** Each is an answer that had begun in time, and a failure: half of all. */
    @Test
    void who_breaks_every_stream_it_begins_is_left_alone() {
        for (int i = 0; i < 3; i++) {
            Breakers.Pass pass = enter(TARGET);
            pass.answered(QUICK);
            pass.failed(Fault.BROKEN, QUICK);
            pass.leave();
        }
        assertThat(tryToEnter(TARGET)).isNull();
    }

    @Test
    void after_the_pause_one_attempt_at_a_time_tries_again() {
        open();
        clock.pass(Duration.ofSeconds(9));
        assertThat(tryToEnter(TARGET)).isNull();
        clock.pass(Duration.ofSeconds(2));
        Breakers.Pass probe = enter(TARGET);
        assertThat(tryToEnter(TARGET)).as("a second one at the same time").isNull();
        probe.answered(QUICK);
        probe.leave();
        assertThat(state()).isEqualTo("closed");
        assertThat(tryToEnter(TARGET)).isNotNull();
    }

    @Test
    void a_probe_that_fails_begins_another_pause() {
        open();
        clock.pass(Duration.ofSeconds(11));
        fail(TARGET, Fault.UNAVAILABLE);
        assertThat(tryToEnter(TARGET)).isNull();
        clock.pass(Duration.ofSeconds(11));
        answer(TARGET, QUICK);
        assertThat(state()).isEqualTo("closed");
    }

    @ParameterizedTest
    @EnumSource(names = {"CANCELLED", "INVALID_REQUEST", "RATE_LIMITED"})
    void a_probe_that_says_nothing_gives_its_place_to_the_next(Fault fault) {
        open();
        clock.pass(Duration.ofSeconds(11));
        fail(TARGET, fault);
        answer(TARGET, QUICK);
        assertThat(state()).isEqualTo("closed");
    }

    @Test
    void a_probe_that_is_abandoned_gives_its_place_to_the_next() {
        open();
        clock.pass(Duration.ofSeconds(11));
        enter(TARGET).leave();
        answer(TARGET, QUICK);
        assertThat(state()).isEqualTo("closed");
    }

    @Test
    void who_is_left_alone_is_ill_until_somebody_may_try_again() {
        assertThat(breakers.isHealthy(TARGET)).isTrue();
        open();
        assertThat(breakers.isHealthy(TARGET)).isFalse();
        assertThat(breakers.isHealthy(OTHER_MODEL)).isTrue();
        clock.pass(Duration.ofSeconds(11));
        assertThat(breakers.isHealthy(TARGET))
                .as("else nobody would ever be sent there while others answer")
                .isTrue();
    }

    @Test
    void a_provider_has_so_many_requests_at_once_and_no_more() {
        rule(rule(true, 5, 2));
        Breakers.Pass first = enter(TARGET);
        enter(OTHER_MODEL);
        assertThat(tryToEnter(TARGET)).isNull();
        assertThat(tryToEnter(Trip.candidate("b:x").target())).isNotNull();
        first.leave();
        first.leave();
        assertThat(tryToEnter(TARGET)).isNotNull();
        assertThat(tryToEnter(TARGET)).as("a place is given back once").isNull();
    }

    @Test
    void who_is_full_is_told_from_who_is_left_alone() {
        rule(rule(true, 5, 1));
        Breakers.Pass inside = enter(OTHER_MODEL);
        assertThat(breakers.enter(TARGET)).isEqualTo(Breakers.Refusal.FULL);
        inside.leave();
        open();
        assertThat(breakers.enter(TARGET)).isEqualTo(Breakers.Refusal.LEFT_ALONE);
        enter(OTHER_MODEL);
        assertThat(breakers.enter(TARGET)).as("both").isEqualTo(Breakers.Refusal.LEFT_ALONE);
    }

    @Test
    void a_place_that_is_given_back_goes_to_who_has_waited_longest() {
        rule(rule(true, 5, 2));
        Breakers.Pass first = enter(TARGET);
        Breakers.Pass second = enter(TARGET);
        List<String> told = new ArrayList<>();
        assertThat(breakers.await(TARGET, entry -> told.add("one"))).isNotNull();
        assertThat(breakers.await(OTHER_MODEL, entry -> told.add("two"))).isNotNull();
        first.leave();
        assertThat(told).containsExactly("one");
        assertThat(tryToEnter(TARGET)).as("nobody overtakes who waits").isNull();
        second.leave();
        assertThat(told).containsExactly("one", "two");
        assertThat(breakers.requests("a")).isEqualTo(2);
    }

    @Test
    void as_many_may_wait_as_there_are_places() {
        rule(rule(true, 5, 2));
        enter(TARGET);
        enter(TARGET);
        assertThat(breakers.await(TARGET, entry -> {})).isNotNull();
        assertThat(breakers.await(TARGET, entry -> {})).isNotNull();
        assertThat(breakers.await(TARGET, entry -> {})).isNull();
    }

    @Test
    void who_gives_up_is_not_told_and_keeps_nobody_from_the_place() {
        rule(rule(true, 5, 1));
        Breakers.Pass inside = enter(TARGET);
        List<Breakers.Entry> told = new ArrayList<>();
        Breakers.Waiting waiting = Objects.requireNonNull(breakers.await(TARGET, told::add));
        assertThat(waiting.giveUp()).isTrue();
        assertThat(waiting.giveUp()).isFalse();
        inside.leave();
        assertThat(told).isEmpty();
        enter(TARGET).leave();
        assertThat(breakers.requests("a")).isZero();
    }

    @Test
    void a_place_passes_by_those_whose_target_is_left_alone_by_now() {
        int many = 20_000; // and not one on top of the other: a stack has an end
        rule(rule(true, 1, many));
        Breakers.Pass inside = enter(TARGET);
        for (int i = 1; i < many; i++) {
            enter(OTHER_MODEL);
        }
        List<Breakers.Entry> told = new ArrayList<>();
        for (int i = 1; i < many; i++) {
            breakers.await(TARGET, told::add);
        }
        breakers.await(OTHER_MODEL, told::add);
        inside.failed(Fault.UNAVAILABLE, QUICK);
        inside.leave();
        assertThat(told).hasSize(many);
        assertThat(told.subList(0, many - 1)).containsOnly(Breakers.Refusal.LEFT_ALONE);
        assertThat(told.get(many - 1)).isInstanceOf(Breakers.Pass.class);
        assertThat(breakers.requests("a")).isEqualTo(many);
    }

    @Test
    void places_that_are_added_in_the_run_are_seen_by_who_comes_next() {
        rule(rule(true, 5, 1));
        enter(TARGET);
        List<Breakers.Entry> told = new ArrayList<>();
        breakers.await(TARGET, told::add);
        rule(rule(true, 5, 3));
        enter(TARGET);
        assertThat(told).hasSize(1);
        assertThat(tryToEnter(TARGET)).isNull();
    }

    @Test
    void an_open_breaker_takes_no_place() {
        rule(rule(true, 5, 2));
        open();
        for (int i = 0; i < 10; i++) {
            assertThat(tryToEnter(TARGET)).isNull();
        }
        assertThat(tryToEnter(OTHER_MODEL)).isNotNull();
    }

    @Test
    void breakers_can_be_switched_off_and_on_in_the_run() {
        open();
        rule(rule(false, 5, 10));
        for (int i = 0; i < 10; i++) {
            fail(TARGET, Fault.UNAVAILABLE);
        }
        assertThat(breakers.isHealthy(TARGET)).isTrue();
        rule(rule(true, 5, 10));
        open();
        assertThat(tryToEnter(TARGET)).isNull();
    }

    @Test
    void a_changed_rule_holds_for_those_who_are_known_already() {
        answer(TARGET, QUICK);
        rule(rule(true, 2, 10));
        fail(TARGET, Fault.UNAVAILABLE);
        fail(TARGET, Fault.UNAVAILABLE);
        assertThat(tryToEnter(TARGET)).isNull();
    }

    @Test
    void names_that_clients_invent_share_one_breaker() {
        for (int i = 0; i < 1_000; i++) {
            Candidate listed = Trip.candidate("a:x");
            Breakers.Pass pass = tryToEnter(new Target(listed.provider(), "invented-" + i, null));
            if (pass != null) {
                pass.answered(QUICK);
                pass.leave();
            }
        }
        assertThat(breakers.states("a")).hasSize(1);
    }

    @Test
    void a_list_that_is_had_lets_one_attempt_try_before_the_pause_is_over() {
        open();
        clock.pass(Duration.ofSeconds(1));
        breakers.reached("b", clock.instant());
        assertThat(tryToEnter(TARGET)).as("another provider's list").isNull();
        breakers.reached("a", clock.instant());
        assertThat(breakers.isHealthy(TARGET)).isTrue();
        Breakers.Pass attempt = enter(TARGET);
        assertThat(tryToEnter(TARGET)).as("a second one at the same time").isNull();
        attempt.failed(Fault.UNAVAILABLE, QUICK);
        attempt.leave();
        assertThat(tryToEnter(TARGET)).as("it failed, and has a new pause").isNull();
    }

    @Test
    void a_list_that_was_asked_for_before_the_breaker_opened_says_nothing() {
        Instant asked = clock.instant();
        clock.pass(Duration.ofSeconds(1));
        open();
        breakers.reached("a", asked);
        assertThat(state()).isEqualTo("open");
    }

    @Test
    void a_list_that_is_had_leaves_closed_and_trying_breakers_as_they_are() {
        answer(TARGET, QUICK);
        breakers.reached("a", clock.instant());
        assertThat(state()).isEqualTo("closed");
        fail(4);
        clock.pass(Duration.ofSeconds(11));
        Breakers.Pass attempt = enter(TARGET);
        breakers.reached("a", clock.instant());
        assertThat(tryToEnter(TARGET)).as("the one that tries").isNull();
        attempt.leave();
        assertThat(state()).isEqualTo("half-open");
    }

    @Test
    void a_state_says_since_when_until_when_and_of_what() {
        Instant begun = clock.instant();
        answer(TARGET, QUICK);
        assertThat(breakers.states("a"))
                .containsExactly(new Breakers.State("a", "x", "closed", begun, null, null, null, 1));
        clock.pass(Duration.ofSeconds(5));
        fail(4);
        Instant opened = clock.instant();
        assertThat(breakers.states("a"))
                .containsExactly(new Breakers.State("a", "x", "open", opened, opened.plusSeconds(10), 0.8, 0.0, 5));
        assertThat(breakers.states("b")).isEmpty();
        rule(rule(false, 5, 10));
        assertThat(breakers.states("a")).as("switched off").isEmpty();
    }

    @Test
    void the_requests_of_a_provider_are_counted() {
        assertThat(breakers.requests("a")).isZero();
        Breakers.Pass one = enter(TARGET);
        enter(OTHER_MODEL);
        assertThat(breakers.requests("a")).isEqualTo(2);
        one.leave();
        assertThat(breakers.requests("a")).isEqualTo(1);
    }

    /** Down for 20 s, up for 20 s, and so on, under a request a second, with another provider to go to. */
    @Test
    void who_comes_back_is_asked_again_within_half_a_minute() {
        List<Long> delays = new ArrayList<>();
        long upSince = -1;
        for (int second = 0; second < 600; second++, clock.pass(Duration.ofSeconds(1))) {
            boolean up = second / 20 % 2 == 1;
            upSince = up ? (upSince < 0 ? second : upSince) : -1;
            Breakers.Pass pass = breakers.isHealthy(TARGET) ? tryToEnter(TARGET) : null;
            if (pass == null) {
                continue;
            }
            if (up) {
                pass.answered(QUICK);
                delays.add(second - upSince);
            } else {
                pass.failed(Fault.UNREACHABLE, QUICK);
            }
            pass.leave();
        }
        assertThat(delays).hasSizeGreaterThan(100);
        assertThat(delays.stream().mapToLong(delay -> delay).max().orElseThrow())
                .isLessThan(30);
    }
}
