package dev.serai.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serai.config.ConfigFile;
import dev.serai.config.ConfigFolder;
import dev.serai.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code failover.yaml}: the shipped one, and what is wrong with others. */
class FailoverLoaderTest {
    private static ConfigFolder folder(String text) {
        return new ConfigFolder.Held(List.of(new ConfigFile("failover.yaml", "failover.yaml", text)));
    }

    private static String shipped() throws IOException {
        return Files.readString(Path.of("config/failover.yaml"));
    }

    @Test
    void the_shipped_rules_are_these() {
        assertThat(Trip.SHIPPED.actions())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry(Fault.UNREACHABLE, Action.NEXT),
                        Map.entry(Fault.RESET, Action.RETRY),
                        Map.entry(Fault.SERVER_ERROR, Action.RETRY),
                        Map.entry(Fault.UNAVAILABLE, Action.NEXT),
                        Map.entry(Fault.TIMED_OUT, Action.NEXT),
                        Map.entry(Fault.UNUSABLE, Action.NEXT),
                        Map.entry(Fault.RATE_LIMITED, Action.NEXT),
                        Map.entry(Fault.QUOTA_EXHAUSTED, Action.NEXT_KEY),
                        Map.entry(Fault.CREDENTIAL_REFUSED, Action.NEXT_KEY),
                        Map.entry(Fault.MODEL_NOT_FOUND, Action.NEXT_MODEL),
                        Map.entry(Fault.INVALID_REQUEST, Action.NEXT_MODEL),
                        Map.entry(Fault.CONTEXT_TOO_LONG, Action.NEXT_MODEL),
                        Map.entry(Fault.CONTENT_FILTERED, Action.STOP),
                        Map.entry(Fault.UNTRANSLATABLE, Action.NEXT_MODEL),
                        Map.entry(Fault.BROKEN, Action.NEXT),
                        Map.entry(Fault.LEFT_ALONE, Action.NEXT)));
        assertThat(Trip.SHIPPED.retry())
                .isEqualTo(new FailoverPolicy.Retry(Duration.ofMillis(100), Duration.ofSeconds(2), 0.2));
    }

    @ParameterizedTest
    @EnumSource
    void a_fault_has_a_choice_or_stops_or_goes_on_in_any_case(Fault fault) {
        Action action = Trip.SHIPPED.action(fault);
        if (!FailoverLoader.CHOICES.contains(fault)) {
            assertThat(action).isEqualTo(fault == Fault.LEFT_ALONE ? Action.NEXT : Action.STOP);
        }
    }

    @Test
    void a_wait_for_a_place_can_be_switched_off() throws Exception {
        assertThat(FailoverLoader.load(List.of(FailoverLoader.SHIPPED))
                        .breaker()
                        .longestWait())
                .isEqualTo(Duration.ofSeconds(1));
        ConfigFolder own = folder(shipped().replace("longest-wait-for-place: 1s", "longest-wait-for-place: off"));
        assertThat(FailoverLoader.load(List.of(own)).breaker().longestWait()).isZero();
    }

    @Test
    void the_last_folder_that_has_the_file_decides() throws Exception {
        ConfigFolder own = folder(shipped().replace("content-filtered: stop", "content-filtered: next"));
        ConfigFolder empty = new ConfigFolder.Held(List.of());
        FailoverPolicy policy = FailoverLoader.load(List.of(FailoverLoader.SHIPPED, own, empty));
        assertThat(policy.action(Fault.CONTENT_FILTERED)).isEqualTo(Action.NEXT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reset: retry             | reset: again            | after.reset: does not have a value in the enumeration",
                "share: 0.2               | share: 2                | retry.share: must have a maximum value of 1",
                "delay: 100ms             | delay: 100              | retry.delay: integer found, string expected",
                "pause: 10s               | pause: soon             | breaker.pause: does not match the regex",
                "calls: 20                | calls: 0                | breaker.calls: must have a minimum value of 1",
                "failures: 0.5            | failures: 0             | breaker.failures: must have an exclusive minimum value of 0",
                "enabled: true            | enabled: perhaps        | breaker.enabled: string found, boolean expected",
                "requests-at-once: 10000  | requests-at-once: none  | breaker.requests-at-once: string found, integer expected",
                "longest-wait-for-place: 1s | longest-wait-for-place: 0s | breaker.longest-wait-for-place: does not match the regex"
            })
    void what_is_wrong_is_told_with_its_line(String right, String wrong, String reason) throws Exception {
        String changed = shipped().replace(right, wrong);
        ConfigurationException told =
                catchThrowableOfType(ConfigurationException.class, () -> FailoverLoader.load(List.of(folder(changed))));
        assertThat(told.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("failover.yaml");
            assertThat(problem.line()).isEqualTo(lineOf(changed, wrong));
            assertThat(problem.reason()).startsWith(reason);
        });
    }

    @Test
    void a_fault_that_there_is_not_is_told() throws Exception {
        String changed = shipped().replace("  reset: retry", "  reset: retry\n  weather: stop");
        ConfigurationException told =
                catchThrowableOfType(ConfigurationException.class, () -> FailoverLoader.load(List.of(folder(changed))));
        assertThat(told.problems()).singleElement().satisfies(problem -> assertThat(problem.reason())
                .contains("weather"));
    }

    private static int lineOf(String text, String part) {
        return text.substring(0, text.indexOf(part)).split("\n", -1).length;
    }

    @Test
    void a_file_is_complete_or_none() throws Exception {
        String changed = shipped().replace("  timed-out: next\n", "");
        ConfigurationException told =
                catchThrowableOfType(ConfigurationException.class, () -> FailoverLoader.load(List.of(folder(changed))));
        assertThat(told.problems()).singleElement().satisfies(problem -> assertThat(problem.reason())
                .contains("timed-out"));
    }

    @Test
    void without_any_file_nothing_is_guessed() {
        ConfigurationException told =
                catchThrowableOfType(ConfigurationException.class, () -> FailoverLoader.load(List.of()));
        assertThat(told).hasMessageContaining("failover.yaml: is missing");
    }
}
