package dev.serai.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "gpt-5,        gpt-5,              true",
        "gpt-5,        GPT-5,              true",
        "GPT-5*,       gpt-5.4-mini,       true",
        "gpt-5,        gpt-5.4,            false",
        "gpt-5*,       gpt-5,              true",
        "gpt-5*,       xgpt-5,             false",
        "*,            '',                 true",
        "'',           '',                 true",
        "'',           a,                  false",
        "a*b*c,        aXbXbXc,            true",
        "a*b*c,        aXbXc-,             false",
        "*search*,     gpt-5-search-api,   true",
        "**,           x,                  true",
        "gpt-5.1,      gpt-5x1,            false",
        "a?c,          abc,                false",
    })
    void a_star_stands_for_anything_and_the_rest_for_itself(String pattern, String name, boolean matches) {
        assertThat(new Glob(pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void many_stars_take_no_exponential_time() {
        Glob glob = new Glob("*a".repeat(60) + "*b");
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThat(glob.matches("a".repeat(10_000)))
                .isFalse());
    }

    @ParameterizedTest
    @CsvSource({
        "o3-mini,      openai-chat,      true",
        "gpt-5.4,      openai-chat,      true",
        "gpt-5.4,      openai-responses, false",
        "gpt-5-chat-x, openai-chat,      false",
        "gpt-4o,       openai-chat,      false",
    })
    void a_rule_concerns_the_models_and_dialects_it_names(String model, String dialect, boolean concerns) {
        assertThat(rule(List.of("o3*", "gpt-5*"), List.of("gpt-5-chat*"), Set.of("openai-chat"))
                        .concerns(model, dialect))
                .isEqualTo(concerns);
    }

    @Test
    void a_rule_that_names_none_concerns_all() {
        assertThat(rule(List.of(), List.of(), Set.of()).concerns("any", "openai-chat"))
                .isTrue();
    }

    private static ParameterRule rule(List<String> models, List<String> except, Set<String> dialects) {
        return new ParameterRule(
                globs(models),
                globs(except),
                dialects,
                List.of(),
                Map.of(),
                List.of("n"),
                Map.of(),
                Map.of(),
                List.of());
    }

    private static List<Glob> globs(List<String> patterns) {
        return Stream.of(patterns.toArray(String[]::new)).map(Glob::new).toList();
    }
}
