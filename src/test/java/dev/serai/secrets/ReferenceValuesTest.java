package dev.serai.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import dev.serai.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceValuesTest {
    private static final String NEAR = "{{file:/run/secrets/a}}";
    private static final String FAR = "{{aws:a}}";

    private final Map<String, String> places = new HashMap<>();
    private int asked;
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T08:00:00Z"));
    private final Secrets masked = new Secrets(10);
    private final ReferenceValues values = new ReferenceValues(
            new References() {
                @Override
                public void check(String expression) {}

                @Override
                public Secret value(String expression) {
                    asked++;
                    String value = places.get(expression);
                    if (value == null) {
                        throw ReferenceException.now("it is not there");
                    }
                    return new Secret(value);
                }

                @Override
                public boolean isNear(String expression) {
                    return expression.equals(NEAR);
                }
            },
            masked,
            clock,
            Duration.ofMinutes(5));

    private String value(String expression) {
        return values.value(expression).map(Secret::reveal).orElse("none");
    }

    @Test
    void a_value_is_asked_for_once_and_masked() {
        places.put(FAR, "sk-0123456789");
        assertThat(List.of(value(FAR), value(FAR))).containsExactly("sk-0123456789", "sk-0123456789");
        assertThat(asked).isEqualTo(1);
        assertThat(masked.redact("it is sk-0123456789")).doesNotContain("sk-0123456789");
    }

    @Test
    void what_is_near_is_looked_at_every_time_and_the_rest_now_and_then() {
        places.put(NEAR, "near-0123456789");
        places.put(FAR, "far-0123456789");
        value(NEAR);
        value(FAR);
        assertThat(values.refresh()).isFalse();
        assertThat(asked).isEqualTo(3);
        places.put(NEAR, "near-again-0123456789");
        places.put(FAR, "far-again-0123456789");
        assertThat(values.refresh()).isTrue();
        assertThat(List.of(value(NEAR), value(FAR))).containsExactly("near-again-0123456789", "far-0123456789");
        clock.pass(Duration.ofMinutes(5));
        assertThat(values.refresh()).isTrue();
        assertThat(value(FAR)).isEqualTo("far-again-0123456789");
    }

    @Test
    void one_that_was_had_stays_while_nobody_can_be_asked() {
        places.put(FAR, "far-0123456789");
        value(FAR);
        places.clear();
        clock.pass(Duration.ofMinutes(5));
        assertThat(values.refresh()).isFalse();
        assertThat(value(FAR)).isEqualTo("far-0123456789");
        assertThat(values.problem(FAR)).contains("it is not there");
    }

    @Test
    void one_that_was_not_had_is_asked_for_again_soon() {
        assertThat(value(FAR)).isEqualTo("none");
        places.put(FAR, "far-0123456789");
        assertThat(values.refresh()).isFalse();
        clock.pass(Duration.ofSeconds(30));
        assertThat(values.refresh()).isTrue();
        assertThat(value(FAR)).isEqualTo("far-0123456789");
        assertThat(values.problem(FAR)).isEmpty();
    }

    @Test
    void what_nobody_names_any_more_is_forgotten() {
        places.put(FAR, "far-0123456789");
        value(FAR);
        values.keepOnly(List.of(NEAR));
        clock.pass(Duration.ofMinutes(5));
        values.refresh();
        assertThat(asked).isEqualTo(1);
    }
}
