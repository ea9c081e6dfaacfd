package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({"PT0.25S, 250ms", "PT1.5S, 1500ms", "PT90S, 90s", "PT2M, 2m", "PT1H, 1h", "PT36H, 36h"})
    void a_time_is_written_with_the_largest_unit_that_fits_and_read_again(Duration duration, String text) {
        assertThat(DurationText.of(duration)).isEqualTo(text);
        assertThat(DurationText.parse(text)).isEqualTo(duration);
    }
}
