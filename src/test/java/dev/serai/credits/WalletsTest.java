package dev.serai.credits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WalletsTest {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T12:00:00Z"));
    private final LeasesInMemory leases = new LeasesInMemory();
    private final Wallets wallets = node("a");

    private Wallets node(String name) {
        return new Wallets(leases, name, clock, Duration.ofHours(1));
    }

    private static List<Wallets.Answer> ask(Wallets of, String account, long nanos) {
        List<Wallets.Answer> answers = new ArrayList<>();
        hold(of, account, nanos, answers::add);
        return answers;
    }

    private static void hold(Wallets of, String account, long nanos, Consumer<Wallets.Answer> then) {
        Wallets.Answer answer = of.tryHold(account, nanos);
        if (answer == null) {
            of.await(account, nanos, then);
        } else {
            then.accept(answer);
        }
    }

    private static Hold granted(Wallets of, String account, long nanos) {
        List<Wallets.Answer> answers = ask(of, account, nanos);
        of.lease();
        assertThat(answers).hasSize(1).first().isInstanceOf(Wallets.Granted.class);
        return ((Wallets.Granted) answers.get(0)).hold();
    }

    private static void refused(Wallets of, String account, long nanos) {
        List<Wallets.Answer> answers = ask(of, account, nanos);
        of.lease();
        assertThat(answers).hasSize(1).first().isInstanceOf(Wallets.Insufficient.class);
    }

    @Test
    void the_first_request_waits_for_a_lease_and_the_next_asks_nobody() {
        leases.grant("acct", 1_000);
        List<Wallets.Answer> answers = ask(wallets, "acct", 10);
        assertThat(answers).isEmpty();
        wallets.lease();
        assertThat(answers).hasSize(1);
        assertThat(ask(wallets, "acct", 10)).hasSize(1);
        assertThat(leases.asked()).isEqualTo(1);
    }

    @Test
    void all_of_a_balance_can_be_held_and_not_a_nano_more() {
        leases.grant("acct", 100);
        granted(wallets, "acct", 60);
        granted(wallets, "acct", 40);
        refused(wallets, "acct", 1);
    }

    @Test
    void who_wants_less_than_what_was_refused_a_moment_ago_is_not_refused_for_it() {
        Wallets other = node("b");
        leases.grant("acct", 100);
        granted(other, "acct", 60).release();
        refused(wallets, "acct", 101);
        List<Wallets.Answer> answers = ask(wallets, "acct", 90);
        wallets.lease();
        assertThat(answers).as("the other node may have something to give back").isEmpty();
        other.tend();
        wallets.lease();
        assertThat(answers).first().isInstanceOf(Wallets.Granted.class);
    }

    @Test
    void what_is_released_can_be_held_again() {
        leases.grant("acct", 100);
        Hold hold = granted(wallets, "acct", 100);
        refused(wallets, "acct", 1);
        assertThat(hold.release()).isEqualTo(Hold.State.OPEN);
        granted(wallets, "acct", 100);
    }

    @Test
    void a_hold_is_resolved_once_and_whoever_comes_later_is_told_how() {
        leases.grant("acct", 100);
        Hold hold = granted(wallets, "acct", 40);
        assertThat(hold.settle()).isEqualTo(Hold.State.OPEN);
        assertThat(hold.release()).isEqualTo(Hold.State.SETTLED);
        assertThat(hold.settle()).isEqualTo(Hold.State.SETTLED);
        granted(wallets, "acct", 100);
    }

    @Test
    void what_was_used_cannot_be_held_while_it_is_on_its_way_to_the_books() {
        leases.grant("acct", 100);
        Hold hold = granted(wallets, "acct", 30);
        wallets.owe("acct", 50);
        hold.settle();
        granted(wallets, "acct", 50);
        refused(wallets, "acct", 1);
        wallets.stands(leases.charge("acct", "a", 50));
        wallets.posted("acct", 50);
        clock.pass(Duration.ofSeconds(1));
        refused(wallets, "acct", 1);
    }

    @Test
    void a_hold_that_nobody_resolves_expires() {
        leases.grant("acct", 100);
        Hold hold = granted(wallets, "acct", 100);
        clock.pass(Duration.ofMinutes(59));
        assertThat(wallets.expire()).isZero();
        clock.pass(Duration.ofMinutes(2));
        assertThat(wallets.expire()).isEqualTo(1);
        assertThat(hold.settle()).isEqualTo(Hold.State.EXPIRED);
        granted(wallets, "acct", 100);
    }

    @Test
    void requests_of_an_account_that_has_nothing_left_do_not_ask_the_books_each() {
        refused(wallets, "poor", 1);
        int asked = leases.asked();
        refused(wallets, "poor", 1);
        assertThat(leases.asked()).isEqualTo(asked);
        clock.pass(Duration.ofMillis(200));
        leases.grant("poor", 5);
        granted(wallets, "poor", 1);
    }

    @Test
    void what_a_node_does_not_need_it_gives_back_after_a_while() {
        leases.grant("acct", 100);
        granted(wallets, "acct", 50).release();
        clock.pass(Duration.ofSeconds(11));
        wallets.tend();
        assertThat(leases.leased("acct")).isZero();
        granted(wallets, "acct", 100);
    }

    @Test
    void what_another_node_wants_is_given_back_at_once_and_what_is_held_is_not() {
        Wallets other = node("b");
        leases.grant("acct", 100);
        Hold hold = granted(wallets, "acct", 90);
        hold.release();
        granted(wallets, "acct", 20);
        List<Wallets.Answer> answers = ask(other, "acct", 70);
        other.lease();
        assertThat(answers).isEmpty();
        wallets.tend();
        other.lease();
        assertThat(answers).first().isInstanceOf(Wallets.Granted.class);
    }

    @Test
    void who_waits_for_another_node_is_refused_in_the_end() {
        Wallets other = node("b");
        leases.grant("acct", 100);
        granted(wallets, "acct", 90);
        List<Wallets.Answer> answers = ask(other, "acct", 50);
        other.lease();
        wallets.tend();
        other.lease();
        assertThat(answers).isEmpty();
        clock.pass(Duration.ofSeconds(2));
        other.lease();
        assertThat(answers).first().isInstanceOf(Wallets.Insufficient.class);
    }

    @Test
    void a_store_that_is_away_stops_nobody_whose_share_is_leased() {
        leases.grant("acct", 100);
        granted(wallets, "acct", 50).release();
        leases.away(true);
        granted(wallets, "acct", 50);
        List<Wallets.Answer> answers = ask(wallets, "acct", 90);
        wallets.lease();
        assertThat(answers).first().isInstanceOf(Wallets.Unknown.class);
    }

    @Test
    void whatever_nodes_do_no_more_is_held_than_there_is() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            String account = "acct-" + round;
            long balance = random.nextInt(1_000);
            leases.grant(account, balance);
            List<Wallets> nodes = List.of(node("n1-" + round), node("n2-" + round), node("n3-" + round));
            List<Hold> open = new ArrayList<>();
            for (int step = 0; step < 60; step++) {
                Wallets node = nodes.get(random.nextInt(nodes.size()));
                if (random.nextInt(4) == 0 && !open.isEmpty()) {
                    open.remove(random.nextInt(open.size())).release();
                } else {
                    hold(node, account, 1 + random.nextInt(200), answer -> {
                        if (answer instanceof Wallets.Granted granted) {
                            open.add(granted.hold());
                        }
                    });
                    node.lease();
                }
                node.tend();
                clock.pass(Duration.ofMillis(random.nextInt(3_000)));
                assertThat(open.stream().mapToLong(Hold::nanos).sum()).isLessThanOrEqualTo(balance);
            }
        }
    }
}
