package dev.serai.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The three spellings of a wait, and what is none. */
class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // retry-after                   | retry-after-ms | is
                "                                |                |",
                "2                               |                | PT2S",
                "' 2 '                           |                | PT2S",
                "0                               |                | PT0S",
                "1.5                             |                | PT1.5S",
                "2                               | 250            | PT0.25S",
                "                                | 250.9          | PT0.25S",
                "2                               | soon           | PT2S",
                "Sun, 22 Nov 2026 08:00:07 GMT   |                | PT7S",
                "Sun, 22 Nov 2026 07:59:00 GMT   |                | PT0S",
                "Mon, 22 Nov 2027 08:00:00 GMT   |                | PT1H",
                "86400                           |                | PT1H",
                "999999999999                    | 999999999999   | PT1H",
                "-2                              |                |",
                "soon                            |                |",
                "2s                              |                |",
                "1e3                             |                |",
                "Sun, 32 Nov 2026 08:00:07 GMT   |                |",
                "9999999999999999999999          |                |"
            })
    void a_wait_is_read(String seconds, String millis, Duration expected) {
        Map<String, String> headers = new HashMap<>();
        headers.put("retry-after", seconds);
        headers.put("retry-after-ms", millis);
        headers.values().removeIf(value -> value == null);
        assertThat(RetryAfter.of(headers, NOW)).isEqualTo(expected);
    }
}
