package dev.serai.usage;

import static dev.serai.usage.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.credits.Hold;
import dev.serai.credits.LeasesInMemory;
import dev.serai.credits.Standing;
import dev.serai.credits.Wallets;
import dev.serai.testing.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettlementsTest {
    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T12:00:00Z"));
    private final LeasesInMemory leases = new LeasesInMemory();
    private final Wallets wallets = new Wallets(leases, "n", clock, Duration.ofHours(1));
    private final Log log = new Log();
    private final List<String> told = new ArrayList<>();
    private Consumer<UsageLog.Posting> whenPosted = posting -> {};
    private Spool spool;
    private Settlements settlements;

    /** A log that keeps each event once. */
    private final class Log implements UsageLog {
        private final Map<String, UsageEvent> kept = new LinkedHashMap<>();
        private final List<Integer> sizes = new ArrayList<>();
        private boolean away;
        private boolean failsAfterwards;
        private Runnable meanwhile = () -> {};

        @Override
        public Posting settle(String node, List<UsageEvent> events) {
            meanwhile.run();
            if (away) {
                throw new IllegalStateException("away");
            }
            if (events.stream().anyMatch(event -> event.id().startsWith("poison"))) {
                throw new IllegalArgumentException("refused");
            }
            sizes.add(events.size());
            Map<String, Standing> accounts = new LinkedHashMap<>();
            for (UsageEvent event : events) {
                if (kept.putIfAbsent(event.id(), event) == null) {
                    String account = event.call().accountId();
                    accounts.put(account, leases.charge(account, node, event.chargeNanos()));
                }
            }
            if (failsAfterwards) {
                throw new IllegalStateException("the connection was lost when it was all there");
            }
            return new Posting(accounts.size(), List.copyOf(accounts.values()));
        }
    }

    @BeforeEach
    void open() throws IOException {
        spool = new Spool(folder.resolve("spool"), Events.FORM, 10_000);
        settlements = settlements(spool);
    }

    private Settlements settlements(Spool on) {
        return settlements(on, Duration.ZERO);
    }

    private Settlements settlements(Spool on, Duration gather) {
        return new Settlements(
                log,
                on,
                wallets,
                "n",
                IllegalStateException.class::isInstance,
                clock,
                new Settlements.Pace(gather, Duration.ofMillis(500)),
                posting -> whenPosted.accept(posting));
    }

    private void submit(String id) {
        submit(event(id, "acct", 10));
    }

    private void submit(UsageEvent event) {
        settlements.submit(
                List.of(event), (@Nullable IOException e) -> told.add(event.id() + (e == null ? "" : " failed")));
    }

    private void turnUntilDone() {
        for (int i = 0; i < 50 && settlements.turn(); i++) {
            // there may be more
        }
    }

    @Test
    void many_requests_are_settled_together_and_each_is_told_when_it_is_durable() {
        submit("1");
        submit("2");
        submit("3");
        assertThat(told).isEmpty();
        turnUntilDone();
        assertThat(told).containsExactly("1", "2", "3");
        assertThat(log.sizes).containsExactly(3);
        assertThat(spool.bytes()).isZero();
    }

    @Test
    void events_that_nobody_waits_for_are_gathered() {
        settlements = settlements(spool, Duration.ofMillis(100));
        submit("1");
        clock.pass(Duration.ofMillis(60));
        submit("2");
        assertThat(settlements.turn()).as("there is something to do").isFalse();
        assertThat(log.sizes).isEmpty();
        clock.pass(Duration.ofMillis(40));
        turnUntilDone();
        assertThat(log.sizes).containsExactly(2);
        for (int i = 0; i < 600; i++) {
            submit("more-" + i);
        }
        turnUntilDone();
        assertThat(log.sizes).as("so many need not wait").containsExactly(2, 500);
        settlements.stop();
        turnUntilDone();
        assertThat(log.sizes).as("nor do any at the end").containsExactly(2, 500, 100);
    }

    @Test
    void when_the_store_is_away_events_are_durable_on_the_local_disk_and_in_the_store_when_it_is_back() {
        log.away = true;
        submit("1");
        turnUntilDone();
        submit("2");
        turnUntilDone();
        assertThat(told).containsExactly("1", "2");
        assertThat(settlements.isAway()).isTrue();
        assertThat(log.kept).isEmpty();
        log.away = false;
        clock.pass(Duration.ofSeconds(2));
        submit("3");
        turnUntilDone();
        assertThat(log.kept.keySet()).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(settlements.isAway()).isFalse();
        assertThat(spool.bytes()).isZero();
    }

    @Test
    void events_that_a_dead_process_left_on_the_disk_are_settled_by_the_next() throws IOException {
        log.away = true;
        submit("1");
        turnUntilDone();
        spool.close();
        log.away = false;
        settlements = settlements(new Spool(folder.resolve("spool"), Events.FORM, 10_000));
        turnUntilDone();
        assertThat(log.kept.keySet()).containsExactly("1");
    }

    @Test
    void a_commit_of_which_nothing_is_known_is_not_charged_twice() {
        leases.grant("acct", 100);
        log.failsAfterwards = true;
        submit("1");
        turnUntilDone();
        log.failsAfterwards = false;
        clock.pass(Duration.ofSeconds(2));
        turnUntilDone();
        assertThat(log.kept).hasSize(1);
        assertThat(told).containsExactly("1");
        assertThat(leases.lease("acct", "other", 1_000, clock.instant(), clock.instant())
                        .leasedNanos())
                .isEqualTo(90);
    }

    @Test
    void nobody_waits_for_a_store_that_hangs() {
        log.meanwhile = () -> {
            log.meanwhile = () -> {};
            submit("2");
            clock.pass(Duration.ofSeconds(1));
            settlements.guard();
            assertThat(told).containsExactly("1", "2");
        };
        submit("1");
        turnUntilDone();
        assertThat(log.kept.keySet()).containsExactly("1", "2");
        assertThat(told).hasSize(2);
    }

    @Test
    void an_event_that_the_store_refuses_keeps_no_other_from_it_and_is_kept_aside() {
        submit("1");
        submit("poison");
        submit("3");
        turnUntilDone();
        clock.pass(Duration.ofSeconds(2));
        turnUntilDone();
        assertThat(log.kept.keySet()).containsExactly("1", "3");
        assertThat(told).containsExactly("1", "poison", "3");
        assertThat(folder.resolve("spool/set-aside.spool")).content().contains("poison acct 10");
        assertThat(settlements.isAway()).isFalse();
    }

    @Test
    void if_there_is_no_room_anywhere_requests_fail_and_are_charged_when_there_is() throws IOException {
        settlements = settlements(new Spool(folder.resolve("small"), Events.FORM, 3));
        log.away = true;
        submit("1");
        turnUntilDone();
        assertThat(told).containsExactly("1 failed");
        assertThat(settlements.isSound()).isFalse();
        log.away = false;
        clock.pass(Duration.ofSeconds(2));
        turnUntilDone();
        assertThat(log.kept.keySet()).containsExactly("1");
        assertThat(settlements.isSound()).isTrue();
    }

    @Test
    void when_the_disk_has_room_again_before_the_store_is_back_requests_are_served_again() throws IOException {
        Path gone = folder.resolve("gone");
        settlements = settlements(new Spool(gone, Events.FORM, 10_000));
        Files.delete(gone);
        log.away = true;
        submit("1");
        turnUntilDone();
        assertThat(told).containsExactly("1 failed");
        assertThat(settlements.isSound()).isFalse();
        Files.createDirectory(gone);
        clock.pass(Duration.ofSeconds(2));
        turnUntilDone();
        assertThat(settlements.isSound()).isTrue();
        submit("2");
        turnUntilDone();
        assertThat(told).containsExactly("1 failed", "2");
        log.away = false;
        clock.pass(Duration.ofSeconds(2));
        turnUntilDone();
        assertThat(log.kept.keySet()).containsExactly("1", "2");
        assertThat(log.kept.get("1").chargeNanos()).isZero();
    }

    @Test
    void whoever_fails_when_told_keeps_nobody_else_waiting() {
        whenPosted = posting -> {
            throw new IllegalStateException("of a listener");
        };
        submit("1");
        settlements.submit(List.of(event("2", "acct", 10)), failure -> {
            throw new IllegalStateException("of a client");
        });
        submit("3");
        turnUntilDone();
        assertThat(told).containsExactly("1", "3");
        assertThat(log.kept.keySet()).containsExactly("1", "2", "3");
        assertThat(settlements.isAway()).isFalse();
    }

    @Test
    void while_the_store_is_known_to_be_away_nobody_waits_for_the_next_attempt() {
        log.away = true;
        submit("1");
        turnUntilDone();
        log.meanwhile = () -> {
            log.meanwhile = () -> {};
            submit("2");
            settlements.guard();
            assertThat(told).containsExactly("1", "2");
        };
        clock.pass(Duration.ofSeconds(2));
        turnUntilDone();
        assertThat(told).containsExactly("1", "2");
    }

    @Test
    void what_another_process_leaves_behind_is_found_by_whoever_is_left() throws IOException {
        turnUntilDone();
        try (Spool other = new Spool(folder.resolve("spool"), Events.FORM, 10_000)) {
            other.append(List.of(event("1", "acct", 10)));
        }
        clock.pass(Duration.ofSeconds(20));
        turnUntilDone();
        assertThat(log.kept.keySet()).containsExactly("1");
    }

    @Test
    void what_another_process_left_is_not_taken_for_what_this_one_has() throws IOException {
        settlements = settlements(spool);
        turnUntilDone();
        try (Spool other = new Spool(folder.resolve("spool"), Events.FORM, 10_000)) {
            other.append(List.of(event("1", "acct", 10), event("2", "acct", 10), event("3", "acct", 10)));
        }
        log.away = true;
        submit("4");
        turnUntilDone();
        log.away = false;
        clock.pass(Duration.ofSeconds(20));
        turnUntilDone();
        assertThat(log.kept.keySet()).containsExactlyInAnyOrder("1", "2", "3", "4");
        assertThat(spool.bytes()).isZero();
    }

    @Test
    void what_nothing_takes_does_not_fill_the_memory() throws IOException {
        settlements = settlements(new Spool(folder.resolve("small"), Events.FORM, 3));
        log.away = true;
        for (int i = 0; i < 10_200; i++) {
            submit("event-" + i);
            turnUntilDone();
        }
        log.away = false;
        clock.pass(Duration.ofSeconds(2));
        turnUntilDone();
        assertThat(told).hasSize(10_200);
        assertThat(log.kept).hasSize(10_000);
    }

    @Test
    void what_waits_on_the_disk_cannot_be_spent_again() {
        leases.grant("acct", 100);
        List<Wallets.Answer> answers = new ArrayList<>();
        wallets.await("acct", 100, answers::add);
        wallets.lease();
        Hold hold = ((Wallets.Granted) answers.get(0)).hold();
        log.away = true;
        submit(event("1", "acct", 70));
        hold.settle();
        turnUntilDone();
        wallets.await("acct", 31, answers::add);
        wallets.lease();
        assertThat(answers.get(1)).isInstanceOf(Wallets.Insufficient.class);
        log.away = false;
        clock.pass(Duration.ofSeconds(2));
        turnUntilDone();
        wallets.await("acct", 30, answers::add);
        wallets.lease();
        assertThat(answers.get(2)).isInstanceOf(Wallets.Granted.class);
    }
}
