package dev.serai.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EffortTest {
    @ParameterizedTest
    @CsvSource({
        "-1, NONE",
        "0, NONE",
        "1, MINIMAL",
        "767, MINIMAL",
        "768, LOW",
        "1024, LOW",
        "3071, LOW",
        "3072, MEDIUM",
        "10000, MEDIUM",
        "14336, HIGH",
        "16000, HIGH",
        "28672, XHIGH",
        "31999, XHIGH",
        "49152, MAX",
        "200000, MAX"
    })
    void a_budget_stands_for_an_effort(long tokens, Effort effort) {
        assertThat(Effort.ofBudget(tokens)).isEqualTo(effort);
    }

    @ParameterizedTest
    @EnumSource
    void an_effort_survives_the_way_through_its_budget(Effort effort) {
        assertThat(Effort.ofBudget(effort.budgetTokens())).isEqualTo(effort);
    }

    @Property
    void more_tokens_are_never_less_effort(
            @ForAll @LongRange(min = -10, max = 100_000) long some, @ForAll @LongRange(max = 50_000) long more) {
        assertThat(Effort.ofBudget(some + more)).isGreaterThanOrEqualTo(Effort.ofBudget(some));
    }

    @Test
    void an_effort_is_cut_to_what_a_model_takes() {
        assertThat(Effort.MAX.within(Effort.LOW, Effort.HIGH)).isEqualTo(Effort.HIGH);
        assertThat(Effort.MINIMAL.within(Effort.LOW, Effort.HIGH)).isEqualTo(Effort.LOW);
        assertThat(Effort.MEDIUM.within(Effort.LOW, Effort.HIGH)).isEqualTo(Effort.MEDIUM);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, -, -, -",
                "OFF, -, -, NONE, 0",
                "-, NONE, -, NONE, 0",
                "-, -, 0, NONE, 0",
                "ON, -, 10000, MEDIUM, 10000",
                "ON, HIGH, 2000, HIGH, 2000",
                "-, HIGH, -, HIGH, 24576",
                "ADAPTIVE, -, -, -, -",
                "ADAPTIVE, MAX, -, MAX, 65536"
            })
    void reasoning_is_an_effort_and_a_budget(
            Reasoning.Mode mode, Effort effort, Long tokens, Effort asEffort, Long asBudget) {
        Reasoning reasoning = new Reasoning(mode, effort, tokens, null, null);
        assertThat(reasoning.effortOrEquivalent()).isEqualTo(asEffort);
        assertThat(reasoning.budgetOrEquivalent()).isEqualTo(asBudget);
    }
}
