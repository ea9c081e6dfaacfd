package dev.serai.store;

import static dev.serai.store.Samples.NOW;
import static dev.serai.store.Samples.TESTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.credits.Balance;
import dev.serai.credits.Grant;
import dev.serai.credits.Lot;
import dev.serai.testing.MovableClock;
import dev.serai.usage.EventFilter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Books that somebody has bent. */
@Timeout(60)
class LedgerCheckTest {
    private static final String A = "acct_a";

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock(NOW);

    /** What is done to the books, and what is said of it then. */
    private record Bent(String sql, String subject, String text) {}

    private static final List<Bent> TABLE = List.of(
            new Bent(
                    "UPDATE ledger_entry SET amount = amount - 1 WHERE book = 'fees'",
                    "credits: transactions",
                    "the entries of txn_000000000002_0001 sum to -0.000000001 USD"),
            new Bent(
                    "UPDATE ledger_entry SET amount = amount - 1 WHERE book = 'fees'",
                    "credits: books",
                    "all entries sum to -0.000000001 USD"),
            new Bent(
                    "DELETE FROM ledger_entry WHERE transaction_id LIKE '%2_0001'",
                    "credits: transactions", "the entries of txn_000000000002_0001 sum to 0 USD"),
            new Bent(
                    "UPDATE ledger_transaction SET amount = -1 WHERE kind = 'charge'",
                    "credits: amounts",
                    "txn_000000000002_0001 differs from its entries by 0.000000119 USD"),
            new Bent(
                    "UPDATE credit_lot SET remaining = 7",
                    "credits: lots",
                    "lot_000000000001_0001 of acct_a differs from its entries by 0.000000007 USD"),
            new Bent(
                    "UPDATE credit_account SET overdraft = 0, balance = balance + overdraft",
                    "credits: overdrafts",
                    "acct_a owes other than its entries by -0.00000002 USD"),
            new Bent(
                    "UPDATE credit_account SET balance = balance + 5",
                    "credits: balances",
                    "acct_a differs from its lots by 0.000000005 USD"),
            new Bent(
                    "UPDATE credit_account SET granted = 1",
                    "credits: balances",
                    "acct_a differs from its lots by 0 USD"),
            new Bent(
                    "DELETE FROM usage_event WHERE id = 'e1'",
                    "credits: charges",
                    "txn_000000000002_0001 differs from its events by 0.00000008 USD"),
            new Bent(
                    "UPDATE usage_event SET charge = 41, document = replace(document, '\"0.00000004\"', '\"0.000000041\"')"
                            + " WHERE id = 'e2'",
                    "credits: charges",
                    "txn_000000000002_0001 differs from its events by -0.000000001 USD"),
            new Bent(
                    "UPDATE usage_event SET settlement = 99 WHERE id = 'e1'",
                    "credits: events",
                    "e1 was not charged 0.00000008 USD"),
            new Bent(
                    "UPDATE usage_day SET output = output + 1",
                    "credits: days",
                    "the sums of Key[account=acct_a, day=20779, accessKey=ak1, provider=anthropic,"
                            + " model=claude-sonnet-4-6, keySource=managed] differ from its events"),
            new Bent(
                    "DELETE FROM usage_day",
                    "credits: days",
                    "the sums of Key[account=acct_a, day=20779, accessKey=ak1, provider=anthropic,"
                            + " model=claude-sonnet-4-6, keySource=managed] differ from its events"),
            new Bent(
                    "UPDATE usage_day SET model = 'gpt-5.4'",
                    "credits: days",
                    "there are sums and no events of Key[account=acct_a, day=20779, accessKey=ak1,"
                            + " provider=anthropic, model=gpt-5.4, keySource=managed]"),
            new Bent(
                    "UPDATE usage_event SET document = replace(document, '\"0.00000004\"', '\"0.00000003\"')",
                    "credits: days",
                    "e2 is not what its document says"));

    @ParameterizedTest
    @EnumSource
    void whatever_is_bent_is_found(TestDatabase kind) throws Exception {
        try (Database database = kind.open(folder)) {
            Ledger ledger = books(database);
            assertThat(ledger.verify()).allMatch(StoreCheck.Finding::isGood).hasSize(9);
            for (Bent bent : TABLE) {
                database.writer().useHandle(handle -> {
                    handle.begin();
                    assertThat(handle.execute(bent.sql)).as(bent.sql).isPositive();
                    List<StoreCheck.Finding> findings = LedgerCheck.of(handle);
                    assertThat(findings).as(bent.sql).anySatisfy(finding -> {
                        assertThat(finding.subject()).isEqualTo(bent.subject);
                        assertThat(finding.isGood()).isFalse();
                        assertThat(finding.text()).contains(bent.text);
                    });
                    handle.rollback();
                });
            }
            assertThat(ledger.verify()).allMatch(StoreCheck.Finding::isGood);
        }
    }

    /** A lot of 100, charged with 80 and 40: 20 are owed. */
    private Ledger books(Database database) {
        Ledger ledger = new Ledger(database, clock, Samples.RANDOM);
        ledger.grant(TESTER, new Grant(A, Lot.Kind.PURCHASE, 100, NOW.plusSeconds(9), "", "evt_1"));
        ledger.settle("n1", List.of(UsageSamples.event("e1", A, NOW, 80), UsageSamples.event("e2", A, NOW, 40)));
        return ledger;
    }

    @ParameterizedTest
    @EnumSource
    void books_that_were_restored_go_on_where_they_ended(TestDatabase kind) throws Exception {
        Path file = folder.resolve("backup");
        Balance balance;
        try (Database database = TestDatabase.SQLITE.open(folder)) {
            Ledger ledger = books(database);
            ledger.lease(A, "n1", 5, NOW, NOW.plusSeconds(30));
            new UsageRetention(database, clock).forget(java.time.LocalDate.of(2026, 1, 1));
            new UsageSinks(database, clock).note("kafka", 1);
            balance = ledger.balance(A);
            new Backup(database).write(file, clock);
        }
        try (Database database = Database.open(kind.url(folder))) {
            new Backup(database).restore(file);
            Ledger ledger = new Ledger(database, clock, Samples.RANDOM);
            assertThat(ledger.balance(A)).isEqualTo(balance);
            assertThat(new UsageSinks(database, clock).position("kafka")).hasValue(1);
            assertThat(books(database).balance(A).overdraftNanos()).isEqualTo(20);
            ledger.grant(TESTER, new Grant(A, Lot.Kind.PURCHASE, 100, NOW.plusSeconds(9), "", null));
            ledger.settle("n1", List.of(UsageSamples.event("e3", A, NOW, 30)));
            assertThat(ledger.balance(A).balanceNanos()).isEqualTo(50);
            assertThat(ledger.verify()).allMatch(StoreCheck.Finding::isGood);
            assertThat(new UsageRecords(database)
                            .events(EventFilter.of(A), null, 9)
                            .items())
                    .hasSize(3);
        }
    }
}
