package dev.serai.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.catalog.Auth;
import dev.serai.catalog.Model;
import dev.serai.catalog.Price;
import dev.serai.catalog.Prices;
import dev.serai.catalog.Provider;
import dev.serai.catalog.Rates;
import dev.serai.catalog.TokenKind;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each strategy as a table: what it knows, and the order that it makes of the options a, b, c. */
class StrategiesTest {
    private static final InstantSource NOVEMBER = InstantSource.fixed(Instant.parse("2026-11-22T08:00:00Z"));

    private final AtomicLong nanos = new AtomicLong();
    private final Latencies latencies = new Latencies(nanos::get);
    private final InFlight inFlight = new InFlight();
    private final Random random = new Random(42);
    private final Strategies strategies = new Strategies(latencies, inFlight, () -> random, NOVEMBER);

    private static Target target(String name) {
        return new Target(provider(), name, null);
    }

    private static Provider provider() {
        return Provider.builder("p", URI.create("https://p.example"))
                .auth(new Auth.None())
                .build();
    }

    private static List<Option> options(String... names) {
        return Stream.of(names).map(name -> new Option(target(name))).toList();
    }

    private static RequestShape request(long inputTokens) {
        return new RequestShape(false, () -> inputTokens);
    }

    private String order(String strategy, List<Option> options, RequestShape request) {
        List<Option> ordered = strategies.get(strategy).order(options, request);
        assertThat(ordered).containsExactlyInAnyOrderElementsOf(options);
        return ordered.stream().map(option -> option.target().model()).collect(Collectors.joining(" "));
    }

    @Test
    void the_names_are_those_of_the_schema() throws Exception {
        JsonNode schema = new ObjectMapper()
                .readTree(Path.of("config/aliases.schema.json").toFile());
        List<String> names = new ArrayList<>();
        schema.at("/properties/aliases/additionalProperties/oneOf/1/properties/strategy/enum")
                .forEach(name -> names.add(name.asText()));
        assertThat(strategies.names()).containsExactlyInAnyOrderElementsOf(names);
        assertThatThrownBy(() -> strategies.get("best")).hasMessageContaining("lowest-cost, lowest-latency");
    }

    @Test
    void ordered_leaves_them_as_they_are_listed() {
        assertThat(order("ordered", options("c", "a", "b"), request(1))).isEqualTo("c a b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # weights | share of a first, share of b first, share of c first, in percent
            1 1 1     | 33 33 33
            3 1 0     | 75 25 0
            0 0 5     | 0 0 100
            98 1 1    | 98 1 1
            0 0 0     | 100 0 0
            """)
    void weighted_draws_each_as_often_first_as_its_weight_says(String weights, String shares) {
        String[] weight = weights.split(" ", -1);
        List<Option> options = IntStream.range(0, 3)
                .mapToObj(i -> new Option(target("abc".substring(i, i + 1)), Integer.parseInt(weight[i])))
                .toList();
        Map<String, Integer> first = firsts("weighted", options, 10_000);
        String[] share = shares.split(" ", -1);
        for (int i = 0; i < 3; i++) {
            assertThat(first.getOrDefault("abc".substring(i, i + 1), 0) / 100.0)
                    .isBetween(Integer.parseInt(share[i]) - 1.5, Integer.parseInt(share[i]) + 1.5);
        }
    }

    @Test
    void weighted_draws_the_second_like_the_first_and_leaves_those_without_weight_to_the_end() {
        List<Option> options =
                List.of(new Option(target("zero"), 0), new Option(target("a"), 9), new Option(target("b"), 1));
        assertThat(order("weighted", options, request(1))).endsWith(" zero");
    }

    @Test
    void random_makes_every_order_alike_likely() {
        Map<String, Integer> orders = new TreeMap<>();
        for (int i = 0; i < 6_000; i++) {
            orders.merge(order("random", options("a", "b", "c"), request(1)), 1, Integer::sum);
        }
        assertThat(orders).hasSize(6).allSatisfy((order, count) -> assertThat(count)
                .isBetween(850, 1_150));
    }

    private Map<String, Integer> firsts(String strategy, List<Option> options, int times) {
        Map<String, Integer> first = new TreeMap<>();
        for (int i = 0; i < times; i++) {
            first.merge(order(strategy, options, request(1)).split(" ", -1)[0], 1, Integer::sum);
        }
        return first;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # prices of a, b, c: input/output in dollars for a million tokens | input tokens | order
            1/1     2/2     3/3   | 1000   | a b c
            3/3     2/2     1/1   | 1000   | c b a
            1/1     1/1     1/1   | 1000   | a b c
            # a long answer makes the output dear, a long question the input
            1/9     2/2     3/1   | 10     | c b a
            1/9     2/2     3/1   | 100000 | a b c
            # free is cheapest, unknown comes last
            1/1     free    ?     | 1000   | b a c
            ?       1/1     free  | 1000   | c b a
            ?       ?       ?     | 1000   | a b c
            # a price that was, or will be, is none today
            1/1@2030-01-01  2/2 3/3 | 1000 | b c a
            1/1@2026-01-01  2/2 3/3 | 1000 | a b c
            # the whole request is dearer above a limit
            1/1>2000:9/9    2/2 3/3 | 2000 | a b c
            1/1>2000:9/9    2/2 3/3 | 2001 | b c a
            """)
    void lowest_cost_reckons_with_the_length_of_the_request(String prices, long inputTokens, String order) {
        String[] price = prices.split(" +", -1);
        List<Option> options = IntStream.range(0, 3)
                .mapToObj(i -> "abc".substring(i, i + 1))
                .map(name -> Model.builder(name)
                        .prices(prices(price["abc".indexOf(name)]))
                        .build())
                .map(model -> new Option(new Target(provider(), model.id(), model)))
                .toList();
        assertThat(order("lowest-cost", options, request(inputTokens))).isEqualTo(order);
    }

    private static Prices prices(String text) {
        if (text.equals("free")) {
            return Prices.FREE;
        }
        if (text.equals("?")) {
            return Prices.UNKNOWN;
        }
        String[] parts = text.split("[@>:]", -1);
        if (text.contains("@")) {
            return new Prices.Known(List.of(new Price(LocalDate.parse(parts[1]), rates(parts[0]))));
        }
        List<Price.Tier> tiers =
                text.contains(">") ? List.of(new Price.Tier(Long.parseLong(parts[1]), rates(parts[2]))) : List.of();
        return new Prices.Known(List.of(new Price(null, rates(parts[0]), tiers)));
    }

    private static Rates rates(String text) {
        List<Long> picos = Arrays.stream(text.split("/", -1))
                .map(usd -> Rates.picosPerToken(new BigDecimal(usd)))
                .toList();
        return new Rates(Map.of(TokenKind.INPUT, picos.get(0), TokenKind.OUTPUT, picos.get(1)));
    }

    @Test
    void a_price_for_something_else_than_tokens_is_no_price() {
        Model perImage = Model.builder("a")
                .prices(new Prices.Known(List.of(new Price(null, new Rates(Map.of())))))
                .build();
        List<Option> options = List.of(
                new Option(new Target(provider(), "a", perImage)),
                new Option(new Target(
                        provider(),
                        "b",
                        Model.builder("b").prices(prices("9/9")).build())));
        assertThat(order("lowest-cost", options, request(10))).isEqualTo("b a");
    }

    @Test
    void least_busy_counts_what_is_in_flight() {
        assertThat(order("least-busy", options("a", "b", "c"), request(1))).isEqualTo("a b c");
        inFlight.began(target("a").key());
        inFlight.began(target("a").key());
        inFlight.began(target("b").key());
        assertThat(order("least-busy", options("a", "b", "c"), request(1))).isEqualTo("c b a");
        inFlight.ended(target("a").key());
        inFlight.ended(target("a").key());
        assertThat(order("least-busy", options("a", "b", "c"), request(1))).isEqualTo("a c b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # milliseconds of a, b, c, one after the other | order
            100         200         300     | a b c
            300         100         200     | b c a
            # one slow answer does not turn everything over, several do
            100,1000    200         -       | c b a
            100,150     200         300     | a b c
            # what is not known is tried
            100         -           300     | b a c
            -           -           -       | a b c
            # a failure is worse than any answer
            x           20000       300     | c b a
            """)
    void lowest_latency_goes_by_what_was_measured(String measured, String order) {
        String[] of = measured.split(" +", -1);
        for (int i = 0; i < 3; i++) {
            Target.Key key = target("abc".substring(i, i + 1)).key();
            for (String millis : of[i].split(",", -1)) {
                if (millis.equals("x")) {
                    latencies.failed(key, false);
                } else if (!millis.equals("-")) {
                    latencies.answered(key, false, TimeUnit.MILLISECONDS.toNanos(Long.parseLong(millis)));
                }
            }
        }
        assertThat(order("lowest-latency", options("a", "b", "c"), request(1))).isEqualTo(order);
    }

    @Test
    void streams_and_whole_answers_are_measured_apart() {
        latencies.answered(target("a").key(), true, 100);
        latencies.answered(target("b").key(), true, 200);
        latencies.answered(target("a").key(), false, 2_000);
        latencies.answered(target("b").key(), false, 1_000);
        assertThat(order("lowest-latency", options("a", "b"), new RequestShape(true, () -> 1)))
                .isEqualTo("a b");
        assertThat(order("lowest-latency", options("a", "b"), new RequestShape(false, () -> 1)))
                .isEqualTo("b a");
    }

    @Test
    void a_slow_one_is_tried_again_in_time_and_believed_if_it_is_still_slow() {
        latencies.answered(target("slow").key(), false, 800);
        latencies.answered(target("quick").key(), false, 300);
        assertThat(order("lowest-latency", options("slow", "quick"), request(1)))
                .isEqualTo("quick slow");

        nanos.addAndGet(2 * Latencies.HALF_LIFE_NANOS);
        latencies.answered(target("quick").key(), false, 300);
        assertThat(order("lowest-latency", options("slow", "quick"), request(1)))
                .isEqualTo("slow quick");

        latencies.answered(target("slow").key(), false, 800);
        assertThat(order("lowest-latency", options("slow", "quick"), request(1)))
                .isEqualTo("quick slow");
    }

    @Test
    void however_many_targets_are_asked_those_asked_last_are_remembered() {
        Target.Key lasting = target("lasting").key();
        for (int i = 0; i < 10_000; i++) {
            latencies.answered(target("once-" + i).key(), false, 5);
            latencies.answered(lasting, false, 5);
        }
        assertThat(latencies.expectedNanos(target("once-0").key(), false)).isZero();
        assertThat(latencies.expectedNanos(target("once-9999").key(), false)).isPositive();
        assertThat(latencies.expectedNanos(lasting, false)).isPositive();
    }

    @Test
    void an_attempt_counts_until_it_ends_and_ends_once() {
        Experience experience = new Experience(latencies, inFlight);
        Experience.Running one = experience.begin(target("a"), false);
        Experience.Running two = experience.begin(target("a"), false);
        assertThat(inFlight.count(target("a").key())).isEqualTo(2);
        one.end();
        one.end();
        one.failed();
        assertThat(inFlight.count(target("a").key())).isEqualTo(1);
        two.end();
        assertThat(inFlight.count(target("a").key())).isZero();
        assertThat(latencies.expectedNanos(target("a").key(), false)).isZero();
    }
}
