package dev.serai.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The header {@code x-serai-failover}. */
class WishesTest {
    @Test
    void everything_may_be_wished_at_once() {
        assertThat(
                        Wishes.parse(
                                " attempts=2,total = 30s, attempt=500ms ,idle=5s, stream=3m, rate-limited=stop,reset=next, rescue=buffered,hedge=3s "))
                .isEqualTo(new Wishes(
                        Map.of(Fault.RATE_LIMITED, Action.STOP, Fault.RESET, Action.NEXT),
                        2,
                        Duration.ofSeconds(30),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(3),
                        null,
                        Rescue.BUFFERED,
                        Duration.ofSeconds(3)));
    }

    @Test
    void off_is_one_attempt() {
        assertThat(Wishes.parse(" off "))
                .isEqualTo(new Wishes(Map.of(), 1, null, null, null, null, null, Rescue.OFF, Duration.ZERO));
    }

    @ParameterizedTest
    @EnumSource
    void every_action_has_a_name(Action action) {
        assertThat(Wishes.parse("timed-out=" + action.label()).actions()).isEqualTo(Map.of(Fault.TIMED_OUT, action));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                      | has '', which is no name=value",
                "on                      | has 'on', which is no name=value",
                "off, attempts=2         | has 'off', which is no name=value",
                "attempts=2,             | has '', which is no name=value",
                "attempts=0              | has attempts=0, which is no number from 1 to 999",
                "attempts=1000           | has attempts=1000, which is no number from 1 to 999",
                "attempts=many           | has attempts=many, which is no number from 1 to 999",
                "total=30                | has '30', which is no time like 250ms, 2s, 5m or 1h",
                "attempt=0s              | has '0s', which is no time at all",
                "weather=stop            | has 'weather', which is no fault with a choice",
                "left-alone=next         | has 'left-alone', which is no fault with a choice",
                "cancelled=retry         | has 'cancelled', which is no fault with a choice",
                "left-alone=stop         | has 'left-alone', which is no fault with a choice",
                "reset=perhaps           | has 'perhaps', which is no action",
                "RESET=next              | has 'RESET', which is no fault with a choice"
            })
    void what_cannot_be_understood_is_named(String header, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wishes.parse(header))
                .withMessage(message);
    }

    @Test
    void a_long_header_is_not_read() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wishes.parse("reset=next,".repeat(100)))
                .withMessage("is longer than 1000 characters");
    }
}
