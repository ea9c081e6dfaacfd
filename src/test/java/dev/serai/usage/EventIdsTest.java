package dev.serai.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.MovableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventIdsTest {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T12:00:00Z"));
    private final EventIds ids = new EventIds(clock, new SecureRandom());

    @Test
    void each_id_is_greater_than_the_one_before_also_if_the_clock_is_set_back() {
        String before = "";
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String id = ids.next();
            assertThat(id).hasSize(26).isGreaterThan(before);
            assertThat(seen.add(id)).isTrue();
            before = id;
            if (i % 100 == 0) {
                clock.pass(Duration.ofMillis(i % 300 == 0 ? -50 : 3));
            }
        }
    }

    @Test
    void an_id_begins_with_its_time_as_ulids_do() {
        // 2026-11-22T12:00:00Z is 1795348800000 ms since 1970.
        assertThat(ids.next()).startsWith("01M81J18G0");
    }
}
