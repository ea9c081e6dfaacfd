package dev.serai.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private static final Stage STAGE = new Stage.FirstByte(1);

    @Test
    void the_median_of_an_even_number_lies_in_the_middle() {
        assertThat(Results.median(new double[] {4, 1, 3, 2})).isEqualTo(2.5);
        assertThat(Results.median(new double[] {9, 1, 2})).isEqualTo(2);
        assertThat(Results.median(new double[0])).isNaN();
    }

    @Test
    void a_ratio_compares_within_its_round() {
        Results results = new Results();
        results.add(cpu("proxy", 10));
        results.add(cpu("gateway", 20));
        results.add(cpu("proxy", 100));
        results.add(cpu("gateway", 150));
        assertThat(results.ratios(STAGE, "gateway", "proxy", Measurement::cpuMicros))
                .containsExactly(2.0, 1.5);
    }

    private static Measurement cpu(String peer, long micros) {
        Observed observed = new Observed();
        observed.complete();
        return new Measurement(STAGE, peer, observed, Duration.ofSeconds(1), Duration.ofNanos(micros * 1_000), 0, 0);
    }
}
