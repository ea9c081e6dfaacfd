package dev.serai.store;

import static dev.serai.store.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.conversation.Usage;
import dev.serai.credits.Bill;
import dev.serai.selection.KeySource;
import dev.serai.testing.MovableClock;
import dev.serai.usage.EventFilter;
import dev.serai.usage.Grouping;
import dev.serai.usage.UsageEvent;
import dev.serai.usage.UsageSum;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
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

/** Events and their sums, on each database. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class UsageRecordsTest {
    private static final String A = "acct_a";
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @Parameter
    TestDatabase kind;

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock(NOW);
    private Database database;
    private Ledger ledger;
    private UsageRecords records;
    private UsageSinks sinks;

    @BeforeEach
    void open() throws Exception {
        database = kind.open(folder);
        ledger = new Ledger(database, clock, Samples.RANDOM);
        records = new UsageRecords(database);
        sinks = new UsageSinks(database, clock);
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

    private static UsageEvent event(
            String id, Instant at, String key, String provider, int attempt, @Nullable String error) {
        boolean isFinal = error == null || attempt == 2;
        return new UsageEvent(
                id,
                at,
                new UsageEvent.Call("req_" + id, A, key, "openai-chat", false),
                new UsageEvent.Asked(
                        provider,
                        provider,
                        "model-of-" + provider,
                        "Model",
                        "openai-chat",
                        KeySource.user("pk_1", "sk-***")),
                attempt,
                isFinal,
                new UsageEvent.Result(error == null ? "answered" : error, error == null ? 200 : 503, error, null),
                error == null ? new Usage(100, 1, 2, 3, 4, 50, 5, 6) : Usage.NONE,
                attempt == 2,
                error == null ? new Bill(Bill.State.KNOWN, "v1", 7_000_999, false, 150_001) : Bill.NOTHING,
                error == null ? 151 : 0,
                Duration.ofMillis(300),
                null);
    }

    /** One that fails and is tried again elsewhere, one on the next day, one of another key that fails for good. */
    private List<UsageEvent> givenSome() {
        List<UsageEvent> events = List.of(
                event("e1", NOW, "ak1", "openai", 1, "overloaded"),
                event("e2", NOW.plusSeconds(1), "ak1", "anthropic", 2, null),
                event("e3", NOW.plusSeconds(2), "ak2", "openai", 2, "overloaded"),
                event("e4", NOW.plus(Duration.ofDays(1)), "ak1", "openai", 1, null),
                event("e5", NOW.plus(Duration.ofDays(1)), "ak1", "openai", 1, null));
        ledger.settle("n1", events.subList(0, 2));
        ledger.settle("n1", events.subList(2, 5));
        ledger.settle("n1", List.of(UsageSamples.event("of-another", "acct_b", NOW, 5)));
        return events;
    }

    private List<String> ids(EventFilter filter) {
        return records.events(filter, null, 100).items().stream()
                .map(UsageEvent::id)
                .toList();
    }

    @Test
    void events_come_back_as_they_were_and_newest_first() {
        List<UsageEvent> kept = new ArrayList<>(givenSome());
        java.util.Collections.reverse(kept);
        assertThat(records.events(EventFilter.of(A), null, 100).items()).isEqualTo(kept);
        assertThat(records.event(A, "e2")).contains(kept.get(3));
        assertThat(records.event("acct_b", "e2")).isEmpty();
        assertThat(ids(EventFilter.of("nobody"))).isEmpty();
    }

    @Test
    void an_event_whose_names_nothing_can_keep_is_kept_with_others() {
        assertThat(ledger.settle(
                                "n1",
                                List.of(
                                        UsageSamples.named("e1", A, NOW, "gpt\ud800\u0000"),
                                        UsageSamples.named("e2", A, NOW, "'\"\\🐪")))
                        .kept())
                .isEqualTo(2);
        assertThat(records.overview(A, TODAY, TODAY, Grouping.MODEL))
                .extracting(UsageSum::group)
                .containsExactlyInAnyOrder("anthropic:gpt\ufffd\ufffd", "anthropic:'\"\\🐪");
    }

    @Test
    void a_filter_keeps_what_it_says() {
        givenSome();
        Instant second = NOW.plusSeconds(1);
        assertThat(ids(new EventFilter(A, second, null, null, null, null, false, false)))
                .containsExactly("e5", "e4", "e3", "e2");
        assertThat(ids(new EventFilter(A, null, second, null, null, null, false, false)))
                .containsExactly("e1");
        assertThat(ids(new EventFilter(A, null, null, "ak2", null, null, false, false)))
                .containsExactly("e3");
        assertThat(ids(new EventFilter(A, null, null, null, "anthropic", null, false, false)))
                .containsExactly("e2");
        assertThat(ids(new EventFilter(A, null, null, null, null, "model-of-openai", false, false)))
                .containsExactly("e5", "e4", "e3", "e1");
        assertThat(ids(new EventFilter(A, null, null, null, null, null, true, false)))
                .containsExactly("e3", "e2");
        assertThat(ids(new EventFilter(A, null, null, null, null, null, false, true)))
                .containsExactly("e5", "e4", "e3", "e2");
        assertThat(ids(new EventFilter(A, second, null, "ak1", "openai", "model-of-openai", false, true)))
                .containsExactly("e5", "e4");
        assertThat(ids(new EventFilter("' OR '1'='1", null, null, "%", null, null, false, false)))
                .isEmpty();
    }

    @Test
    void pages_join_without_gap_or_repetition() {
        List<UsageEvent> events = IntStream.range(0, 25)
                .mapToObj(i -> UsageSamples.event("e" + (10 + i), A, NOW.plusMillis(i / 3), 1))
                .toList();
        ledger.settle("n1", events);
        List<UsageEvent> listed = new ArrayList<>();
        Cursor after = null;
        do {
            Page<UsageEvent> page =
                    records.events(EventFilter.of(A), after == null ? null : Cursor.parse(after.text()), 4);
            listed.addAll(page.items());
            after = page.next();
        } while (after != null);
        java.util.Collections.reverse(listed);
        assertThat(listed).isEqualTo(events);
    }

    @Test
    void an_overview_sums_by_day() {
        givenSome();
        Usage one = new Usage(100, 1, 2, 3, 4, 50, 5, 6);
        assertThat(records.overview(A, TODAY, TODAY.plusDays(1), Grouping.PROVIDER))
                .containsExactly(
                        new UsageSum(TODAY, "anthropic", 1, 1, 0, 1, one, 151, 7_000, 151),
                        new UsageSum(TODAY, "openai", 1, 2, 1, 1, Usage.NONE, 0, 0, 0),
                        new UsageSum(TODAY.plusDays(1), "openai", 2, 2, 0, 0, one.plus(one), 302, 14_000, 302));
        assertThat(records.overview(A, TODAY, TODAY, Grouping.KEY))
                .extracting(UsageSum::group, UsageSum::attempts)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("ak1", 2L), org.assertj.core.groups.Tuple.tuple("ak2", 1L));
        assertThat(records.overview(A, TODAY.plusDays(1), TODAY.plusDays(1), Grouping.MODEL))
                .extracting(UsageSum::group)
                .containsExactly("openai:model-of-openai");
        assertThatThrownBy(() -> records.overview(A, TODAY, TODAY.minusDays(1), Grouping.KEY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> records.overview(A, TODAY, TODAY.plusDays(367), Grouping.KEY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_reader_goes_through_whole_settlements_in_their_order() {
        for (int settlement = 0; settlement < 6; settlement++) {
            int of = settlement;
            ledger.settle(
                    "n1",
                    IntStream.rangeClosed(0, settlement)
                            .mapToObj(i -> UsageSamples.event("e" + of + "-" + i, A, NOW, 1))
                            .toList());
        }
        List<List<String>> told = new ArrayList<>();
        long position = 0;
        while (true) {
            UsageSinks.Delivery delivery = sinks.next(position, 4);
            if (delivery.events().isEmpty()) {
                assertThat(delivery.position()).isEqualTo(position);
                break;
            }
            told.add(delivery.events().stream().map(UsageEvent::id).toList());
            position = delivery.position();
        }
        assertThat(told)
                .containsExactly(
                        List.of("e0-0", "e1-0", "e1-1"),
                        List.of("e2-0", "e2-1", "e2-2"),
                        List.of("e3-0", "e3-1", "e3-2", "e3-3"),
                        List.of("e4-0", "e4-1", "e4-2", "e4-3", "e4-4"),
                        List.of("e5-0", "e5-1", "e5-2", "e5-3", "e5-4", "e5-5"));
        assertThat(sinks.last()).isEqualTo(position);
    }

    @Test
    void one_node_at_a_time_delivers_to_a_reader() {
        Instant soon = NOW.plus(Duration.ofMinutes(5));
        assertThat(sinks.claim("kafka", "n1", soon)).isTrue();
        assertThat(sinks.claim("kafka", "n1", soon)).isTrue();
        assertThat(sinks.claim("kafka", "n2", soon)).isFalse();
        assertThat(sinks.claim("s3", "n2", soon)).isTrue();
        sinks.release("kafka", "n2");
        assertThat(sinks.claim("kafka", "n2", soon)).isFalse();
        sinks.release("kafka", "n1");
        assertThat(sinks.claim("kafka", "n2", NOW)).isTrue();
        // Its time has come.
        assertThat(sinks.claim("kafka", "n1", soon)).isTrue();
    }

    @Test
    void what_a_reader_has_noted_is_never_taken_back() {
        assertThat(sinks.position("kafka")).isEqualTo(OptionalLong.empty());
        sinks.note("kafka", 5);
        sinks.note("kafka", 3);
        sinks.note("s3", 1);
        assertThat(sinks.position("kafka")).isEqualTo(OptionalLong.of(5));
        assertThat(sinks.position("s3")).isEqualTo(OptionalLong.of(1));
    }

    @Test
    void events_of_long_ago_are_forgotten_and_their_sums_stay() {
        givenSome();
        ledger.settle(
                "n1",
                IntStream.range(0, 1_005)
                        .mapToObj(i -> UsageSamples.event("old" + i, A, NOW.minus(Duration.ofDays(3)), 1))
                        .toList());
        UsageRetention retention = new UsageRetention(database, clock);
        List<UsageSum> before = records.overview(A, TODAY.minusDays(3), TODAY.plusDays(1), Grouping.KEY);
        assertThat(retention.forget(TODAY)).isEqualTo(1_005);
        assertThat(retention.forget(TODAY.minusDays(9))).isZero();
        assertThat(ids(EventFilter.of(A))).hasSize(5);
        assertThat(records.overview(A, TODAY.minusDays(3), TODAY.plusDays(1), Grouping.KEY))
                .isEqualTo(before);
        assertThat(retention.forget(TODAY.plusDays(1))).isEqualTo(4);
        // Told late, of a day that was forgotten.
        ledger.settle(
                "n1", List.of(UsageSamples.event("late", A, NOW, 1), UsageSamples.event("new", A, clock.instant(), 1)));
    }
}
