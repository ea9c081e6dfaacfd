package dev.serai.credits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.catalog.Model;
import dev.serai.catalog.Prices;
import dev.serai.catalog.TokenKind;
import dev.serai.conversation.Usage;
import dev.serai.dialect.ReplyFacts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricingTest {
    private static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");
    private static final ReplyFacts SOME = ReplyFacts.of(new Usage(100, 0, 0, 0, 0, 10, 0, 0));
    private static final List<String> LISTS = List.of(
            "{input: 3, output: 15, cacheRead: 0.3, cacheWrite5m: 3.75, cacheWrite1h: 6}",
            "[{input: 3, output: 15}, {from: 2026-09-01, input: 2, output: 10}]",
            "free",
            "unknown",
            "{input: 2.5, output: 10, inputAudio: 40, outputAudio: 80, reasoning: 12, perRequest: 0.001, above: {1000: {input: 5, output: 20}}}",
            "{input: 1, output: 2, serviceTiers: {priority: 2, flex: 0.5}}",
            "{input: 3, output: 16}");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // before each
    private PriceLists lists;

    @BeforeEach
    void read() throws Exception {
        lists = new PriceLists(folder, LISTS);
    }

    @Test
    void a_price_is_known_or_free_or_unknown_and_unknown_is_not_free() {
        Stream.of(false, true).forEach(ownKey -> {
            assertThat(bill(0, ownKey).state()).isEqualTo(Bill.State.KNOWN);
            assertThat(bill(2, ownKey).state()).isEqualTo(Bill.State.FREE);
            assertThat(bill(3, ownKey).state()).isEqualTo(Bill.State.UNKNOWN);
            assertThat(Pricing.state(lists.candidate(3, ownKey), NOW, Tariff.STANDARD))
                    .isEqualTo(Bill.State.UNKNOWN);
        });
        assertThat(bill(3, false).priceVersion()).isNull();
        assertThat(bill(3, false).chargeNanos()).isEqualTo(110 * 50);
    }

    @Test
    void a_bill_for_a_key_of_the_account_says_what_the_list_price_comes_to() {
        Bill own = Pricing.bill(lists.candidate(0, true), SOME, NOW, new Tariff(50_000, 500_000, Map.of()));
        assertThat(own.paysModel()).isFalse();
        assertThat(own.modelPicos()).isEqualTo(450_000_000L);
        assertThat(own.modelNanos()).isZero();
        assertThat(own.chargeNanos()).isEqualTo(110 * 50);
    }

    @Test
    void a_price_has_a_version_that_says_which_one_it_was() {
        assertThat(bill(0, false).priceVersion()).matches("list:m0#[0-9a-f]{8}");
        assertThat(bill(1, false).priceVersion()).matches("list:m1@2026-09-01#[0-9a-f]{8}");
        assertThat(bill(2, false).priceVersion()).isEqualTo("list:m2#free");
        Tariff marked = new Tariff(50_000, 150_000, Map.of());
        assertThat(Pricing.bill(lists.candidate(0, false), SOME, NOW, marked).priceVersion())
                .isEqualTo(bill(0, false).priceVersion() + "+0.15");
        assertThat(Pricing.bill(lists.candidate(0, true), SOME, NOW, marked).priceVersion())
                .isEqualTo(bill(0, false).priceVersion());
        Tariff agreed = new Tariff(50_000, 150_000, Map.of("list:M0", lists.prices(6)));
        assertThat(Pricing.bill(lists.candidate(0, false), SOME, NOW, agreed).priceVersion())
                .matches("list:m0#[0-9a-f]{8}~account")
                .doesNotStartWith(String.valueOf(bill(0, false).priceVersion()));
        assertThat(Pricing.bill(lists.candidate(0, false), SOME, NOW, new Tariff(0, 0, Map.of("list:m0", Prices.FREE)))
                        .priceVersion())
                .isEqualTo("list:m0#free~account");
    }

    @ParameterizedTest(name = "list {0}, {1} in, {2} out: {3}")
    @CsvSource({
        // the dearest input is the cache for an hour
        "0, 1000, 100, 1000 * 6000 + 100 * 15000 + 1100 * 50",
        "1, 1000, 100, 1000 * 2000 + 100 * 10000 + 1100 * 50",
        "2, 1000, 100, 1100 * 50",
        "3, 1000, 100, 1100 * 50",
        // reasoning is dearer than output; sound is not expected
        "4, 1000, 100, 1000 * 2500 + 100 * 12000 + 1000000 + 1100 * 50",
        // but not dearer than output of the tier
        "4, 1001, 100, 1001 * 5000 + 100 * 20000 + 1000000 + 1101 * 50",
        "5, 1000, 100, 1000 * 1000 + 100 * 2000 + 1100 * 50",
        "0, 0, 0, 0",
    })
    void a_hold_is_the_dearest_that_may_come(int list, long input, long output, String nanos) {
        assertThat(Pricing.expected(lists.candidate(list, false), Expected.of(input, output), NOW, Tariff.STANDARD)
                        .chargeNanos())
                .isEqualTo(sum(nanos));
    }

    private static long sum(String text) {
        return Stream.of(text.replace(" ", "").split("\\+"))
                .mapToLong(product -> Stream.of(product.split("\\*"))
                        .mapToLong(Long::parseLong)
                        .reduce(1, (one, other) -> one * other))
                .sum();
    }

    @Test
    void a_hold_counts_sound_if_there_may_be_any_and_the_tier_that_is_asked_for() {
        Expected sound = new Expected(100, 10, Set.of(TokenKind.INPUT_AUDIO, TokenKind.OUTPUT_AUDIO), null);
        assertThat(hold(4, sound)).isEqualTo(100 * 40_000 + 10 * 80_000 + 1_000_000 + 110 * 50);
        assertThat(hold(5, new Expected(100, 10, Set.of(), "priority"))).isEqualTo(2 * (100_000 + 20_000) + 110 * 50);
        // one that is asked for when there is time may be answered at the usual price
        assertThat(hold(5, new Expected(100, 10, Set.of(), "flex"))).isEqualTo(100_000 + 20_000 + 110 * 50);
    }

    @Test
    void a_hold_for_a_key_of_the_account_is_the_fee() {
        assertThat(Pricing.expected(lists.candidate(0, true), Expected.of(1_000, 100), NOW, Tariff.STANDARD)
                        .chargeNanos())
                .isEqualTo(1_100 * 50);
    }

    @Test
    void what_would_cost_millions_does_not_overflow() {
        Usage all = new Usage(
                Usage.MOST_TOKENS,
                Usage.MOST_TOKENS,
                Usage.MOST_TOKENS,
                Usage.MOST_TOKENS,
                Usage.MOST_TOKENS,
                Usage.MOST_TOKENS,
                Usage.MOST_TOKENS,
                Usage.MOST_TOKENS);
        Tariff dear = new Tariff(1_000_000_000_000L, Long.MAX_VALUE / 2, Map.of());
        assertThat(Pricing.bill(lists.candidate(0, false), ReplyFacts.of(all), NOW, dear)
                        .chargeNanos())
                .isPositive();
        assertThat(Pricing.expected(lists.candidate(0, false), Expected.of(Long.MAX_VALUE, Long.MAX_VALUE), NOW, dear)
                        .chargeNanos())
                .isPositive();
    }

    @Test
    void an_answer_becomes_no_longer_than_its_model_can_make_it() {
        Model model = Model.builder("m").limits(null, 64L).build();
        assertThat(Expected.outputTokens(100, null)).isEqualTo(100);
        assertThat(Expected.outputTokens(100, model)).isEqualTo(64);
        assertThat(Expected.outputTokens(10, model)).isEqualTo(10);
    }

    private long hold(int list, Expected expected) {
        return Pricing.expected(lists.candidate(list, false), expected, NOW, Tariff.STANDARD)
                .chargeNanos();
    }

    private Bill bill(int list, boolean ownKey) {
        return Pricing.bill(lists.candidate(list, ownKey), SOME, NOW, Tariff.STANDARD);
    }
}
