package dev.serai.store;

import static dev.serai.store.Samples.NOW;
import static dev.serai.store.Samples.TESTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.control.AuditEntry;
import dev.serai.credits.Balance;
import dev.serai.credits.Grant;
import dev.serai.credits.Leases.Lease;
import dev.serai.credits.Lot;
import dev.serai.credits.Standing;
import dev.serai.credits.Transaction;
import dev.serai.testing.MovableClock;
import dev.serai.usage.UsageEvent;
import dev.serai.usage.UsageLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The books, on each database. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class LedgerTest {
    private static final String A = "acct_a";
    private static final String B = "acct_b";
    private static final Instant IN_A_DAY = NOW.plus(Duration.ofDays(1));
    private static final Instant IN_A_YEAR = NOW.plus(Duration.ofDays(365));

    @Parameter
    TestDatabase kind;

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock(NOW);
    private Database database;
    private Ledger ledger;

    @BeforeEach
    void open() throws Exception {
        database = kind.open(folder);
        ledger = new Ledger(database, clock, Samples.RANDOM);
    }

    @AfterEach
    void close() {
        try {
            assertThat(ledger.verify())
                    .allSatisfy(finding ->
                            assertThat(finding.isGood()).as(finding.toString()).isTrue());
        } finally {
            database.close();
        }
    }

    private Transaction granted(String account, long nanos, Instant expiresAt) {
        return ledger.grant(TESTER, new Grant(account, Lot.Kind.PURCHASE, nanos, expiresAt, "", null))
                .transaction();
    }

    private UsageLog.Posting settled(UsageEvent... events) {
        return ledger.settle("n1", List.of(events));
    }

    private UsageEvent event(String id, long nanos) {
        return UsageSamples.event(id, A, clock.instant(), nanos);
    }

    private List<Long> left(String account) {
        return ledger.balance(account).lots().stream().map(Lot::leftNanos).toList();
    }

    private List<String> told(String account) {
        return ledger.transactions(account, null, 100).items().stream()
                .map(transaction -> transaction.kind() + " " + transaction.nanos())
                .toList();
    }

    private Lease lease(String node, long wanted) {
        return ledger.lease(A, node, wanted, clock.instant(), clock.instant().plusSeconds(30));
    }

    @Test
    void charges_take_from_the_lot_that_expires_first() {
        granted(A, 100, IN_A_YEAR);
        granted(A, 50, IN_A_DAY);
        granted(A, 30, IN_A_YEAR);
        assertThat(left(A)).containsExactly(50L, 100L, 30L);
        settled(event("e1", 20));
        assertThat(left(A)).containsExactly(30L, 100L, 30L);
        settled(event("e2", 100));
        assertThat(left(A)).containsExactly(30L, 30L);
        assertThat(told(A)).containsExactly("CHARGE -100", "CHARGE -20", "PURCHASE 30", "PURCHASE 50", "PURCHASE 100");
    }

    @Test
    void an_event_is_charged_once_however_often_it_is_settled() {
        granted(A, 1_000, IN_A_YEAR);
        UsageEvent one = event("e1", 10);
        UsageEvent two = event("e2", 20);
        UsageEvent three = event("e3", 40);
        assertThat(settled(one, two).kept()).isEqualTo(2);
        assertThat(settled(one, two)).isEqualTo(new UsageLog.Posting(0, List.of()));
        assertThat(settled(two, three, three, one))
                .isEqualTo(new UsageLog.Posting(1, List.of(new Standing(A, 0, 930, 970, 1_000))));
        assertThat(ledger.balance(A).balanceNanos()).isEqualTo(930);
    }

    @Test
    void each_account_gets_one_charge_for_all_its_events() {
        granted(A, 1_000, IN_A_YEAR);
        UsageLog.Posting posting = settled(
                event("e1", 10),
                UsageSamples.event("e2", B, NOW, 7),
                event("e3", 15),
                event("e4", 0),
                UsageSamples.event("e5", "acct_free", NOW, 0));
        assertThat(posting.kept()).isEqualTo(5);
        assertThat(posting.accounts())
                .containsExactly(new Standing(A, 0, 975, 1_000, 1_000), new Standing(B, 0, -7, 0, 0));
        Transaction charge = ledger.transactions(A, null, 1).items().get(0);
        assertThat(charge.kind()).isEqualTo(Transaction.Kind.CHARGE);
        assertThat(charge.events()).isEqualTo(2);
        assertThat(charge.nanos()).isEqualTo(-25);
        assertThat(told("acct_free")).isEmpty();
    }

    @Test
    void what_no_lot_covers_is_owed_and_the_next_lot_pays_it() {
        granted(A, 30, IN_A_YEAR);
        settled(event("e1", 100));
        Balance owing = ledger.balance(A);
        assertThat(owing.balanceNanos()).isEqualTo(-70);
        assertThat(owing.overdraftNanos()).isEqualTo(70);
        assertThat(owing.lots()).isEmpty();
        granted(A, 50, IN_A_YEAR);
        assertThat(ledger.balance(A).overdraftNanos()).isEqualTo(20);
        granted(A, 50, IN_A_YEAR);
        assertThat(ledger.balance(A).balanceNanos()).isEqualTo(30);
        assertThat(ledger.balance(A).overdraftNanos()).isZero();
        assertThat(left(A)).containsExactly(30L);
        assertThat(told(A))
                .containsExactly("COVER 0", "PURCHASE 50", "COVER 0", "PURCHASE 50", "CHARGE -100", "PURCHASE 30");
    }

    @Test
    void a_lot_that_has_expired_pays_nothing_and_its_rest_is_taken() {
        granted(A, 30, IN_A_DAY);
        granted(A, 20, IN_A_DAY);
        granted(A, 100, IN_A_YEAR);
        settled(event("e1", 30));
        clock.pass(Duration.ofDays(1));
        settled(event("e2", 10));
        assertThat(left(A)).containsExactly(20L, 90L);
        assertThat(ledger.expireLots(clock.instant())).isEqualTo(2);
        assertThat(ledger.expireLots(clock.instant())).isZero();
        assertThat(left(A)).containsExactly(90L);
        assertThat(ledger.balance(A).balanceNanos()).isEqualTo(90);
        assertThat(ledger.balance(A).grantedNanos()).isEqualTo(100);
        assertThat(told(A).subList(0, 2)).containsExactly("EXPIRY -20", "CHARGE -10");
    }

    @Test
    void more_lots_than_are_taken_at_once_expire() {
        for (int i = 0; i < 450; i++) {
            granted(A, 1, IN_A_DAY);
        }
        assertThat(ledger.expireLots(IN_A_DAY)).isEqualTo(450);
        assertThat(ledger.balance(A)).isEqualTo(new Balance(A, 0, 0, 0, 0, List.of()));
    }

    @Test
    void what_has_one_external_id_is_granted_once() {
        Grant grant = new Grant(A, Lot.Kind.PROMOTIONAL, 100, IN_A_YEAR, "welcome", "evt_1");
        Ledger.Done first = ledger.grant(TESTER, grant);
        Ledger.Done again = ledger.grant(TESTER, grant);
        assertThat(first.isNew()).isTrue();
        assertThat(again).isEqualTo(new Ledger.Done(first.transaction(), false));
        assertThat(first.transaction().externalId()).isEqualTo("evt_1");
        assertThat(ledger.balance(A).balanceNanos()).isEqualTo(100);
        for (Grant other : List.of(
                new Grant(B, Lot.Kind.PROMOTIONAL, 100, IN_A_YEAR, "", "evt_1"),
                new Grant(A, Lot.Kind.PURCHASE, 100, IN_A_YEAR, "", "evt_1"),
                new Grant(A, Lot.Kind.PROMOTIONAL, 101, IN_A_YEAR, "", "evt_1"))) {
            assertThat(refusal(() -> ledger.grant(TESTER, other)))
                    .isEqualTo(new Refusal.Duplicate("transaction", "externalId", "evt_1"));
        }
    }

    private static Refusal refusal(Callable<?> work) throws AssertionError {
        try {
            work.call();
        } catch (ChangeRefusedException e) {
            return e.refusal();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("it was done");
    }

    @Test
    void what_people_do_is_in_the_audit_and_counts_no_change() {
        Store store = new Store(database, clock, Samples.RANDOM);
        long changes = store.changes();
        Transaction grant = granted(A, 100, IN_A_YEAR);
        ledger.adjust(TESTER, A, -30, IN_A_YEAR, "a mistake of ours", null);
        settled(event("e1", 5));
        ledger.refund(TESTER, refund(grant.id(), null, 10));
        assertThat(store.changes()).isEqualTo(changes);
        List<AuditEntry> audit =
                store.read(session -> session.audit().list(A, null, 100)).items();
        assertThat(audit).extracting(AuditEntry::objectType).containsOnly("credit-transaction");
        assertThat(audit).extracting(AuditEntry::actor).containsOnly(TESTER);
        assertThat(audit)
                .extracting(AuditEntry::after)
                .containsExactlyInAnyOrder(
                        "{\"kind\":\"purchase\",\"amount\":\"0.0000001\",\"description\":\"\"}",
                        "{\"kind\":\"adjustment\",\"amount\":\"-0.00000003\",\"description\":\"a mistake of ours\"}",
                        "{\"kind\":\"refund\",\"amount\":\"-0.00000001\",\"description\":\"they asked\",\"refersTo\":\""
                                + grant.id() + "\"}");
        assertThat(grant.actor()).isEqualTo("command:test");
    }

    private static Ledger.Refund refund(@Nullable String transaction, @Nullable String event, long nanos) {
        return new Ledger.Refund(A, transaction, event, nanos, IN_A_YEAR, "they asked", null);
    }

    @Test
    void a_correction_is_a_lot_or_is_taken_as_a_charge_is() {
        ledger.adjust(TESTER, A, 40, IN_A_DAY, "for the trouble", null);
        granted(A, 10, IN_A_YEAR);
        ledger.adjust(TESTER, A, -45, IN_A_YEAR, "too much", null);
        assertThat(left(A)).containsExactly(5L);
        ledger.adjust(TESTER, A, -25, IN_A_YEAR, "far too much", null);
        assertThat(ledger.balance(A).overdraftNanos()).isEqualTo(20);
        ledger.adjust(TESTER, A, 30, IN_A_YEAR, "sorry", null);
        assertThat(left(A)).containsExactly(10L);
        assertThat(ledger.balance(A).balanceNanos()).isEqualTo(10);
    }

    @Test
    void a_charge_is_given_back_at_most_once() {
        granted(A, 100, IN_A_YEAR);
        settled(event("e1", 30), event("e2", 20));
        String charge = ledger.transactions(A, null, 1).items().get(0).id();
        assertThat(refusal(() -> ledger.refund(TESTER, refund(null, "e1", 31))))
                .isEqualTo(new Refusal.TooMuch("event", "e1", 30));
        Transaction refund = ledger.refund(TESTER, refund(null, "e1", 25)).transaction();
        assertThat(refund.refersTo()).isEqualTo(charge);
        assertThat(ledger.balance(A).balanceNanos()).isEqualTo(75);
        assertThat(refusal(() -> ledger.refund(TESTER, refund(null, "e1", 6))))
                .isEqualTo(new Refusal.TooMuch("event", "e1", 5));
        assertThat(refusal(() -> ledger.refund(TESTER, refund(charge, null, 26))))
                .isEqualTo(new Refusal.TooMuch("transaction", charge, 25));
        ledger.refund(TESTER, refund(charge, null, 25));
        assertThat(ledger.balance(A).balanceNanos()).isEqualTo(100);
        assertThat(refusal(() -> ledger.refund(TESTER, refund(null, "e2", 1))))
                .isEqualTo(new Refusal.TooMuch("transaction", charge, 0));
        assertThat(refusal(() -> ledger.refund(TESTER, refund(refund.id(), null, 1))))
                .isEqualTo(new Refusal.TooMuch("transaction", refund.id(), 0));
    }

    @Test
    void a_purchase_that_is_taken_back_leaves_no_lot_below_zero() {
        Transaction first = granted(A, 100, IN_A_DAY);
        Transaction second = granted(A, 50, IN_A_YEAR);
        settled(event("e1", 70));
        ledger.refund(TESTER, refund(first.id(), null, 100));
        assertThat(left(A)).containsExactly(50L);
        assertThat(ledger.balance(A).overdraftNanos()).isEqualTo(70);
        assertThat(ledger.balance(A).balanceNanos()).isEqualTo(-20);
        ledger.refund(TESTER, refund(second.id(), null, 20));
        assertThat(left(A)).containsExactly(30L);
        assertThat(refusal(() -> ledger.refund(TESTER, refund(second.id(), null, 31))))
                .isEqualTo(new Refusal.TooMuch("transaction", second.id(), 30));
    }

    @Test
    void what_belongs_to_another_account_is_not_refunded() {
        Transaction grant = granted(B, 100, IN_A_YEAR);
        settled(UsageSamples.event("e1", B, NOW, 10));
        assertThat(refusal(() -> ledger.refund(TESTER, refund(grant.id(), null, 1))))
                .isEqualTo(new Refusal.Absent("transaction", grant.id()));
        assertThat(refusal(() -> ledger.refund(TESTER, refund(null, "e1", 1))))
                .isEqualTo(new Refusal.Absent("event", "e1"));
        assertThat(ledger.transaction(A, grant.id())).isEmpty();
        assertThat(ledger.transaction(B, grant.id())).contains(grant);
    }

    @Test
    void a_refund_with_one_external_id_is_made_once() {
        Transaction grant = granted(A, 100, IN_A_YEAR);
        Ledger.Refund refund = new Ledger.Refund(A, grant.id(), null, 40, IN_A_YEAR, "", "re_1");
        assertThat(ledger.refund(TESTER, refund).isNew()).isTrue();
        assertThat(ledger.refund(TESTER, refund).isNew()).isFalse();
        assertThat(ledger.balance(A).balanceNanos()).isEqualTo(60);
    }

    @Test
    void a_node_leases_what_it_wants_or_a_quarter_of_what_is_free() {
        granted(A, 1_000, IN_A_YEAR);
        assertThat(lease("n1", 10)).isEqualTo(new Lease(A, 250, 1_000));
        assertThat(lease("n2", 300)).isEqualTo(new Lease(A, 300, 1_000));
        assertThat(lease("n1", 0)).isEqualTo(new Lease(A, 250, 1_000));
        assertThat(lease("n1", 200)).isEqualTo(new Lease(A, 450, 1_000));
        assertThat(ledger.wanted(NOW)).isEmpty();
        assertThat(lease("n2", 400)).isEqualTo(new Lease(A, 550, 1_000));
        assertThat(ledger.wanted(NOW)).containsExactly(A);
        assertThat(ledger.wanted(NOW.plusMillis(1))).isEmpty();
        assertThat(ledger.giveBack(A, "n1", 100)).isEqualTo(new Lease(A, 350, 1_000));
        assertThat(ledger.giveBack(A, "n1", 400)).isEqualTo(new Lease(A, 0, 1_000));
        assertThat(ledger.giveBack(A, "n9", 400)).isEqualTo(new Lease(A, 0, 1_000));
        assertThat(lease("n3", 400).leasedNanos()).isEqualTo(400);
        ledger.endLeases("n2");
        assertThat(ledger.balance(A).leasedNanos()).isEqualTo(400);
    }

    @Test
    void a_charge_is_taken_from_the_lease_of_its_node() {
        granted(A, 1_000, IN_A_YEAR);
        lease("n1", 300);
        lease("n2", 100);
        assertThat(settled(event("e1", 120)).accounts()).containsExactly(new Standing(A, 180, 880, 1_000, 1_000));
        assertThat(settled(event("e2", 200)).accounts()).containsExactly(new Standing(A, 0, 680, 880, 1_000));
        assertThat(ledger.balance(A).leasedNanos()).isEqualTo(175);
    }

    @Test
    void the_lease_of_a_node_that_renews_nothing_is_taken_back() {
        granted(A, 1_000, IN_A_YEAR);
        lease("dead", 900);
        assertThat(lease("n1", 500).leasedNanos()).isEqualTo(100);
        clock.pass(Duration.ofSeconds(30));
        assertThat(lease("n1", 400).leasedNanos()).isEqualTo(500);
        assertThat(settled(event("e1", 1)).accounts().get(0).leasedNanos()).isEqualTo(499);
    }

    @Test
    void nothing_is_leased_of_what_is_not_there() {
        assertThat(lease("n1", 10)).isEqualTo(new Lease(A, 0, 0));
        settled(event("e1", 10));
        assertThat(lease("n1", 10)).isEqualTo(new Lease(A, 0, -10));
        granted(A, 100, IN_A_DAY);
        assertThat(lease("n1", 90)).isEqualTo(new Lease(A, 90, 90));
        clock.pass(Duration.ofDays(1));
        assertThat(lease("n1", 0)).isEqualTo(new Lease(A, 0, 0));
        assertThat(told(A).get(0)).isEqualTo("EXPIRY -90");
    }

    @Test
    void pages_of_transactions_join_without_gap_or_repetition() {
        granted(A, 1_000, IN_A_YEAR);
        for (int i = 0; i < 25; i++) {
            settled(event("e" + i, i + 1));
            if (i % 3 == 0) {
                clock.pass(Duration.ofMillis(1));
            }
        }
        List<Long> amounts = new ArrayList<>();
        Cursor after = null;
        do {
            Page<Transaction> page = ledger.transactions(A, after == null ? null : Cursor.parse(after.text()), 4);
            page.items().forEach(one -> amounts.add(one.nanos()));
            after = page.next();
        } while (after != null);
        assertThat(amounts)
                .containsExactlyElementsOf(IntStream.rangeClosed(0, 25)
                        .mapToObj(i -> i == 25 ? 1_000L : i - 25L)
                        .toList());
    }

    @Test
    void amounts_that_make_no_sense_are_refused() {
        for (long nanos : new long[] {0, -1, Grant.MOST_NANOS + 1, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> granted(A, nanos, IN_A_YEAR)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> ledger.adjust(TESTER, A, 0, IN_A_YEAR, "", null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void settlements_grants_and_leases_at_once_leave_right_books() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try (Database second = kind == TestDatabase.POSTGRESQL ? Database.open(database.url()) : null) {
            Ledger other = second == null ? ledger : new Ledger(second, clock, Samples.RANDOM);
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int thread = 0; thread < 6; thread++) {
                int number = thread;
                Ledger mine = thread % 2 == 0 ? ledger : other;
                work.add(() -> work(mine, number));
            }
            for (Future<Boolean> one : threads.invokeAll(work)) {
                assertThat(one.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
        // Each event is settled by two of the threads.
        assertThat(ledger.balance(A).balanceNanos()).isEqualTo(6 * 30 * 50 - 3 * 30 * 7);
        assertThat(ledger.balance(B).balanceNanos()).isEqualTo(-3 * 30 * 5);
    }

    private boolean work(Ledger mine, int thread) {
        String node = "n" + thread;
        for (int i = 0; i < 30; i++) {
            String id = thread / 2 + "-" + i;
            mine.grant(TESTER, new Grant(A, Lot.Kind.PURCHASE, 50, IN_A_YEAR, "", null));
            mine.lease(B, node, 1, NOW, IN_A_DAY);
            mine.lease(A, node, 10, NOW, IN_A_DAY);
            // In another order by each thread.
            UsageEvent a = UsageSamples.event("a" + id, A, NOW, 7);
            UsageEvent b = UsageSamples.event("b" + id, B, NOW, 5);
            mine.settle(node, thread % 2 == 0 ? List.of(a, b) : List.of(b, a));
            mine.endLeases(node);
        }
        return true;
    }
}
