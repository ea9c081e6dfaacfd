package dev.serai.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {
    private static final Prices STEPPED = new Prices.Known(
            List.of(price(LocalDate.of(2026, 9, 1), 3), price(LocalDate.of(2026, 7, 1), 2), price(null, 1)));

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z,     1",
        "2026-06-30T23:59:59.999Z, 1",
        "2026-07-01T00:00:00Z,     2",
        "2026-08-31T23:59:59Z,     2",
        "2026-09-01T00:00:00Z,     3",
        "2030-01-01T00:00:00Z,     3",
    })
    void the_price_in_force_is_that_of_the_last_period_that_has_begun_in_utc(Instant moment, long usd) {
        assertThat(input(STEPPED, moment)).isEqualTo(usd * 1_000_000);
    }

    @Test
    void before_the_first_dated_price_nothing_is_known() {
        Prices prices = new Prices.Known(List.of(price(LocalDate.of(2026, 7, 1), 2)));
        assertThat(prices.at(Instant.parse("2026-06-30T00:00:00Z"))).isNull();
    }

    @Test
    void unknown_is_no_price_and_free_is_a_price_of_zero() {
        assertThat(Prices.UNKNOWN.at(Instant.EPOCH)).isNull();
        assertThat(input(Prices.FREE, Instant.EPOCH)).isZero();
        assertThatThrownBy(() -> new Prices.Known(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "200000, 1", "200001, 2", "272000, 2", "272001, 3", "9000000, 3"})
    void a_request_beyond_a_limit_is_billed_at_the_rates_of_that_tier(long inputTokens, long usd) {
        Price price = new Price(
                null, rates(1), List.of(new Price.Tier(272_000, rates(3)), new Price.Tier(200_000, rates(2))));
        assertThat(price.rates(inputTokens)).isEqualTo(rates(usd));
    }

    @ParameterizedTest
    @CsvSource({
        "CACHE_READ,     INPUT",
        "CACHE_WRITE_5M, INPUT",
        "INPUT_AUDIO,    INPUT",
        "INPUT_IMAGE,    INPUT",
        "REASONING,      OUTPUT",
        "OUTPUT_AUDIO,   OUTPUT",
        "OUTPUT_IMAGE,   OUTPUT",
        "CACHE_WRITE_1H, CACHE_WRITE_5M",
    })
    void a_kind_without_a_price_of_its_own_costs_what_the_kind_costs_that_it_is_part_of(
            TokenKind kind, TokenKind like) {
        Rates rates = new Rates(Map.of(TokenKind.INPUT, 5L, TokenKind.OUTPUT, 7L));
        assertThat(rates.picosPerToken(kind))
                .isEqualTo(rates.picosPerToken(like))
                .isPositive();
        assertThat(new Rates(Map.of(like, 9L)).picosPerToken(kind)).isEqualTo(9);
        assertThat(new Rates(Map.of(like, 9L, kind, 4L)).picosPerToken(kind)).isEqualTo(4);
        assertThat(rates.states(kind)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2.5, 2500000", "0.000001, 1", "0, 0", "150, 150000000", "0.083334, 83334"})
    void a_list_price_is_a_whole_number_of_picodollars_per_token(BigDecimal usd, long picos) {
        assertThat(Rates.picosPerToken(usd)).isEqualTo(picos);
        assertThat(new Rates(Map.of(TokenKind.INPUT, picos)).usdPerMillion(TokenKind.INPUT))
                .isEqualByComparingTo(usd);
    }

    @Test
    void an_amount_that_would_be_rounded_is_refused() {
        assertThatThrownBy(() -> Rates.picosPerToken(new BigDecimal("0.08333333")))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Rates(Map.of(TokenKind.INPUT, -1L))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_service_tier_that_a_list_does_not_name_costs_what_an_ordinary_request_costs() {
        Price.Special special = new Price.Special(0, 0, Map.of("flex", 500_000L));
        assertThat(special.factor("flex")).isEqualTo(500_000);
        assertThat(special.factor("Flex")).isEqualTo(500_000);
        assertThat(special.factor("priority")).isEqualTo(Price.Special.ONE);
        assertThat(special.factor(null)).isEqualTo(Price.Special.ONE);
        assertThat(special.factors()).containsOnly(Map.entry("flex", new BigDecimal("0.5")));
    }

    @Test
    void a_fingerprint_tells_any_two_lists_apart_and_is_always_the_same() {
        List<Price> lists = List.of(
                new Price(null, rates(1)),
                new Price(null, rates(2)),
                new Price(null, new Rates(Map.of(TokenKind.OUTPUT, 1_000_000L))),
                new Price(null, rates(1), List.of(new Price.Tier(200, rates(1)))),
                new Price(null, rates(1), List.of(new Price.Tier(300, rates(1)))),
                new Price(null, rates(1), List.of(new Price.Tier(200, rates(2)))),
                new Price(null, rates(1), List.of(), new Price.Special(1, 0, Map.of())),
                new Price(null, rates(1), List.of(), new Price.Special(0, 1, Map.of())),
                new Price(null, rates(1), List.of(), new Price.Special(0, 0, Map.of("flex", 1L))),
                new Price(null, rates(1), List.of(), new Price.Special(0, 0, Map.of("flex", 2L))),
                new Price(null, rates(1), List.of(), new Price.Special(0, 0, Map.of("batch", 1L))));
        assertThat(lists.stream().map(Price::fingerprint)).doesNotHaveDuplicates();
        assertThat(lists.get(0).fingerprint()).isEqualTo("2808611e");
    }

    private static long input(Prices prices, Instant moment) {
        return Objects.requireNonNull(prices.at(moment)).rates(0).picosPerToken(TokenKind.INPUT);
    }

    private static Price price(@org.jspecify.annotations.Nullable LocalDate from, long usd) {
        return new Price(from, rates(usd));
    }

    private static Rates rates(long usd) {
        return new Rates(Map.of(TokenKind.INPUT, usd * 1_000_000));
    }
}
