package dev.serai.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A limit that is fed with answers, a period after the other; no time passes. */
class AdaptiveLimitTest {
    private static final int MAX = 1_000;
    private static final int FLOOR = 20;

    private final AdaptiveLimit limit = new AdaptiveLimit(MAX, FLOOR);

    /** Periods in which every answer took so long, and so many were served at once. */
    private void periods(int count, long millis, int served) {
        for (int i = 0; i < count; i++) {
            Latency latency = new Latency();
            for (int answer = 0; answer < 50; answer++) {
                latency.add(TimeUnit.MILLISECONDS.toNanos(millis), served);
            }
            limit.add(latency);
            limit.adjust();
        }
    }

    @Test
    void it_begins_at_the_top_and_stays_there_while_answers_take_as_long_as_ever() {
        assertThat(limit.limit()).isEqualTo(MAX);
        periods(100, 200, 300);
        assertThat(limit.limit()).isEqualTo(MAX);
    }

    @Test
    void half_as_slow_again_is_no_reason() {
        periods(100, 200, 300);
        periods(50, 300, 400);
        assertThat(limit.limit()).isEqualTo(MAX);
    }

    @Test
    void it_falls_below_what_is_served_at_once_when_answers_take_much_longer() {
        periods(100, 200, 300);
        periods(1, 2_000, 300);
        assertThat(limit.limit()).isEqualTo(270); // a tenth is the most in a period
        periods(5, 2_000, 270);
        assertThat(limit.limit()).isBetween(100, 200);
    }

    @Test
    void it_never_falls_below_the_floor() {
        periods(100, 200, 300);
        periods(60, 20_000, 300);
        assertThat(limit.limit()).isEqualTo(FLOOR);
    }

    @Test
    void it_recovers_to_the_top_when_answers_are_quick_again() {
        periods(100, 200, 300);
        periods(60, 20_000, 300);
        periods(20, 200, FLOOR);
        assertThat(limit.limit()).isBetween(FLOOR + 1, MAX - 1);
        periods(40, 200, 200);
        assertThat(limit.limit()).isEqualTo(MAX);
    }

    @Test
    void what_stays_slow_is_the_usual_after_some_ten_minutes() {
        periods(100, 200, 300);
        periods(700, 2_000, 300);
        assertThat(limit.limit()).isEqualTo(MAX);
    }

    @Test
    void a_few_answers_are_no_reason_until_they_are_enough() {
        periods(100, 200, 300);
        for (int i = 0; i < 9; i++) {
            answer(2_000);
            limit.adjust();
        }
        assertThat(limit.limit()).isEqualTo(MAX);
        answer(2_000);
        limit.adjust();
        assertThat(limit.limit()).isLessThan(300);
    }

    @Test
    void one_very_long_answer_among_many_is_no_reason() {
        periods(100, 200, 300);
        Latency latency = new Latency();
        for (int i = 0; i < 49; i++) {
            latency.add(TimeUnit.MILLISECONDS.toNanos(200), 300);
        }
        latency.add(TimeUnit.SECONDS.toNanos(60), 300);
        limit.add(latency);
        limit.adjust();
        assertThat(limit.limit()).isEqualTo(MAX);
    }

    private void answer(long millis) {
        Latency latency = new Latency();
        latency.add(TimeUnit.MILLISECONDS.toNanos(millis), 300);
        limit.add(latency);
    }
}
