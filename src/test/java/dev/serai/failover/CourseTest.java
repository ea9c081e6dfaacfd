package dev.serai.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.selection.Candidate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a request asks, one after the other. {@link Trip} explains the notation. */
class CourseTest {
    private static final String SPACES = "\\s+";

    private static String[] words(String text) {
        return text.isEmpty() ? new String[0] : text.split(SPACES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                // the plan        | what becomes of them                          | whom it asks
                "a b c             | ''                                            | a",
                "a b c             | unreachable                                   | a b",
                "a b c             | unreachable unavailable timed-out             | a b c !",
                "a b               | unusable                                      | a b",
                "a b               | left-alone                                    | a b",
                "a b               | left-alone left-alone                         | a b !",
                // once more, and once only
                "a b               | server-error                                  | a (100ms) a",
                "a b               | server-error server-error                     | a (100ms) a b",
                "a b               | reset reset                                   | a (100ms) a b",
                "a b               | reset server-error                            | a (100ms) a b",
                "a                 | server-error server-error                     | a (100ms) a !",
                "a b               | server-error server-error reset reset         | a (100ms) a b (100ms) b !",
                "a b               | server-error(2s)                              | a (2000ms) a",
                "a b               | server-error(3s)                              | a b",
                // not what takes long
                "a                 | timed-out@60s                                 | a !",
                "a                 | unavailable                                   | a !",
                "a                 | unreachable                                   | a !",
                // Retry-After
                "a b               | rate-limited                                  | a b",
                "a b               | rate-limited(1s)                              | a b",
                "a                 | rate-limited                                  | a !",
                "a                 | rate-limited(1s)                              | a (1000ms) a",
                "a                 | rate-limited(2s)                              | a (2000ms) a",
                "a                 | rate-limited(2001ms)                          | a !",
                "a                 | unavailable(1s)                               | a (1000ms) a",
                "a                 | rate-limited(1s) rate-limited(1s)             | a (1000ms) a !",
                "a b               | unreachable rate-limited(1s)                  | a b (1000ms) b",
                "a                 | quota-exhausted(1s)                           | a !",
                // keys
                "a#1 a#2 b         | credential-refused                            | a#1 a#2",
                "a#1 a#2 b         | quota-exhausted quota-exhausted               | a#1 a#2 b",
                "a#1 a#2 b         | rate-limited                                  | a#1 a#2",
                "a#1 a#2 b         | unavailable                                   | a#1 a#2",
                // models
                "a:x#1 a:x#2 a:y#1 | invalid-request                               | a:x#1 a:y#1",
                "a:x#1 a:x#2 b:x   | context-too-long                              | a:x#1 b:x",
                "a:x#1 a:x#2 b:x   | model-not-found                               | a:x#1 b:x",
                "a:x#1 a:x#2 b:x   | untranslatable                                | a:x#1 b:x",
                "a:x#1 a:x#2       | invalid-request                               | a:x#1 !",
                "a:x#1 a:y a:x#2   | credential-refused invalid-request            | a:x#1 a:y a:x#2",
                // a provider that fails again and again is left in peace, whatever keys and models there are
                "a#1 a#2 a#3 a#4 a#5 b     | unavailable unavailable unavailable unavailable | a#1 a#2 a#3 a#4 b",
                "a:w a:x a:y a:z a:v b     | unavailable unavailable unavailable unavailable | a:w a:x a:y a:z b",
                "a#1 a#2 a#3 b             | reset reset reset reset       | a#1 (100ms) a#1 a#2 (100ms) a#2 b",
                "a#1 a#2 a#3               | reset reset reset reset       | a#1 (100ms) a#1 a#2 (100ms) a#2 !",
                "a#1 a#2 a#3 a#4 a#5 b     | unavailable@1s unavailable@1s unavailable@1s unavailable@1s | a#1 a#2 a#3 a#4 a#5",
                "a#1 a#2 a#3 a#4 a#5 b     | rate-limited rate-limited rate-limited rate-limited | a#1 a#2 a#3 a#4 a#5",
                // where there is nothing to hope for
                "a b               | content-filtered                              | a !",
                "a b               | cancelled                                     | a !",
                "a b               | broken                                        | a b"
            })
    void candidates_are_asked_in_order(String plan, String became, String asked) {
        assertThat(new Trip().ask(plan, "", words(became))).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "a b               | off                     | unreachable            | a !",
                "a b               | off                     | server-error           | a !",
                "a b c             | attempts=2              | unreachable unreachable | a b !",
                "a b               | attempts=2              | server-error server-error | a (100ms) a !",
                "a b               | server-error=next       | server-error           | a b",
                "a b               | server-error=stop       | server-error           | a !",
                "a b               | content-filtered=next   | content-filtered       | a b",
                "a b               | rate-limited=retry      | rate-limited(1s)       | a (1000ms) a",
                "a b               | rate-limited=retry      | rate-limited(9s)       | a b",
                "a:x#1 a:x#2 b     | unavailable=next-model  | unavailable            | a:x#1 b",
                "a b               | total=30s               | unavailable@30s        | a !",
                "a b               | total=30s               | unavailable@29s        | a b",
                "a b               | total=1s                | server-error@950ms     | a b",
                "a b               | total=500s              | unavailable@119s       | a b",
                "a b               | total=500s              | unavailable@120s       | a !"
            })
    void a_request_has_a_say(String plan, String header, String became, String asked) {
        assertThat(new Trip().ask(plan, header, words(became))).isEqualTo(asked);
    }

    @Test
    void an_attempt_may_take_as_long_as_one_may_but_no_longer_than_is_left() {
        Trip trip = new Trip();
        Course course = trip.begin("a b c", Wishes.NONE);
        assertThat(course.attemptLimit()).isEqualTo(Duration.ofMinutes(1));
        trip.pass(Duration.ofSeconds(70));
        assertThat(course.attemptLimit()).isEqualTo(Duration.ofSeconds(50));
        trip.pass(Duration.ofSeconds(70));
        assertThat(course.timeLeft()).isZero();
    }

    @Test
    void a_request_shortens_clocks_and_never_lengthens_them() {
        Trip trip = new Trip();
        assertThat(trip.begin("a", Wishes.parse("attempt=5s")).attemptLimit()).isEqualTo(Duration.ofSeconds(5));
        assertThat(trip.begin("a", Wishes.parse("attempt=5m")).attemptLimit()).isEqualTo(Duration.ofMinutes(1));
        assertThat(trip.begin("a", Wishes.parse("total=7s")).timeLeft()).isEqualTo(Duration.ofSeconds(7));
        assertThat(trip.begin("a", Wishes.parse("total=7m")).timeLeft()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void a_wait_that_the_total_clock_does_not_allow_is_not_begun() {
        assertThat(new Trip().ask("a", "total=10s", "rate-limited(2s)@8s")).isEqualTo("a !");
        assertThat(new Trip().ask("a", "total=10s", "rate-limited(2s)@7999ms")).isEqualTo("a (2000ms) a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the first request's fault | time between | whom the second asks first
                "rate-limited                | 1ms          | a#2",
                "rate-limited                | 1001ms       | a#1",
                "rate-limited(30s)           | 29s          | a#2",
                "rate-limited(30s)           | 31s          | a#1",
                "quota-exhausted             | 9m           | a#2",
                "quota-exhausted             | 11m          | a#1",
                "credential-refused          | 4m           | a#2",
                "credential-refused          | 6m           | a#1",
                "unavailable                 | 1ms          | a#1",
                "invalid-request             | 1ms          | a#1"
            })
    void a_key_rests_for_everybody(String fault, String between, String first) {
        Trip trip = new Trip();
        trip.ask("a#1 b", "", fault);
        trip.pass(dev.serai.config.DurationText.parse(between));
        assertThat(trip.ask("a#1 a#2", "")).isEqualTo(first);
    }

    @Test
    void a_resting_key_is_tried_behind_all_others_and_not_left_out() {
        Trip trip = new Trip();
        trip.ask("a#1 b", "", "quota-exhausted");
        assertThat(trip.ask("a#1 a#2 b", "", "unavailable", "unavailable")).isEqualTo("a#2 b a#1");
        assertThat(trip.ask("a#1", "")).isEqualTo("a#1");
    }

    @Test
    void a_key_that_answers_is_awake_again() {
        Trip trip = new Trip();
        trip.ask("a#1 b", "", "quota-exhausted");
        trip.ask("a#1", "");
        assertThat(trip.ask("a#1 a#2", "")).isEqualTo("a#1");
    }

    @Test
    void a_key_rests_never_shorter_than_it_would_have() {
        Trip trip = new Trip();
        trip.ask("a#1 b", "", "quota-exhausted");
        trip.ask("a#1", "", "rate-limited");
        trip.pass(Duration.ofMinutes(9));
        assertThat(trip.ask("a#1 a#2", "")).isEqualTo("a#2");
    }

    @Test
    void keys_of_the_same_words_at_two_providers_are_two_keys() {
        Trip trip = new Trip();
        trip.ask("a#1 b", "", "quota-exhausted");
        assertThat(trip.ask("b#1 b#2", "")).isEqualTo("b#1");
    }

    /** Ten saved up, and a fifth for each attempt at the provider. */
    @Test
    void retries_do_not_multiply_an_outage() {
        Trip trip = new Trip();
        int asked = 0;
        for (int i = 0; i < 1_000; i++) {
            asked += trip.ask("a", "", "server-error", "server-error").split("a", -1).length - 1;
        }
        assertThat(asked).isBetween(1_190, 1_215);
    }

    @Test
    void an_outage_of_one_provider_costs_another_no_retries() {
        Trip trip = new Trip();
        for (int i = 0; i < 1_000; i++) {
            trip.ask("a", "", "server-error", "server-error");
        }
        assertThat(trip.ask("b", "", "server-error")).isEqualTo("b (100ms) b");
    }

    @Test
    void delays_differ_between_half_and_one_and_a_half() {
        for (double dice : new double[] {0, 0.25, 0.999}) {
            Failover failover = new Failover(
                    () -> Trip.SHIPPED, new Clocks(Duration.ofSeconds(9), Duration.ofSeconds(9)), () -> 0, () -> dice);
            Course course = failover.begin(Trip.plan("a"), Wishes.NONE);
            assertThat(course.failed(course.next(), Fault.RESET, null).delay().toMillis())
                    .isEqualTo((long) (100 * (0.5 + dice)));
        }
    }

    @Test
    void a_place_is_waited_for_when_nobody_else_can_be_asked() {
        assertThat(patience("a b", Wishes.NONE)).containsExactly("0ms", "1000ms");
        assertThat(patience("a", Wishes.NONE)).containsExactly("1000ms");
        assertThat(patience("a b", Wishes.parse("off")))
                .as("there is no second attempt")
                .containsExactly("1000ms");
        assertThat(patience("a b", Wishes.parse("total=300ms"))).containsExactly("0ms", "300ms");
    }

    /** How long each candidate's place is waited for, if none has one. */
    private static List<String> patience(String plan, Wishes wishes) {
        Clocks clocks = new Clocks(Duration.ofMinutes(2), Duration.ofMinutes(1));
        Course course = new Failover(() -> Trip.SHIPPED, clocks, () -> 0, () -> 0.5).begin(Trip.plan(plan), wishes);
        List<String> waits = new ArrayList<>();
        boolean goesOn = true;
        while (goesOn) {
            Candidate candidate = course.next();
            waits.add(course.patience().toMillis() + "ms");
            goesOn = course.failed(candidate, Fault.LEFT_ALONE, null).goesOn();
        }
        return waits;
    }

    @Test
    void the_operators_rules_decide() {
        Map<Fault, Action> actions = new EnumMap<>(Trip.SHIPPED.actions());
        actions.put(Fault.CONTENT_FILTERED, Action.NEXT);
        actions.put(Fault.SERVER_ERROR, Action.STOP);
        FailoverPolicy policy = new FailoverPolicy(
                actions, Trip.SHIPPED.retry(), Trip.SHIPPED.rests(), Rescue.OFF, null, Trip.SHIPPED.breaker());
        Clocks clocks = new Clocks(Duration.ofMinutes(2), Duration.ofMinutes(1));
        assertThat(new Trip(policy, clocks).ask("a b", "", "content-filtered")).isEqualTo("a b");
        assertThat(new Trip(policy, clocks).ask("a b", "", "server-error")).isEqualTo("a !");
    }
}
