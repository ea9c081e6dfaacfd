package dev.serai.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeTest {
    private static final Set<String> PROVIDERS = Set.of("openai", "anthropic", "ollama");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", emptyValue = "", textBlock = """
            # no list allows all, an empty one nothing
            -                | -                         | openai | gpt-5.4        | true
            ''               | -                         | openai | gpt-5.4        | false
            -                | ''                        | openai | gpt-5.4        | false
            ''               | ''                        | openai | gpt-5.4        | false
            # providers are compared exactly
            openai           | -                         | openai | gpt-5.4        | true
            OpenAI           | -                         | openai | gpt-5.4        | false
            open             | -                         | openai | gpt-5.4        | false
            ollama anthropic | -                         | openai | gpt-5.4        | false
            # models without regard to case
            -                | gpt-5.4                   | openai | gpt-5.4        | true
            -                | GPT-5.4                   | openai | gpt-5.4        | true
            -                | gpt-5.4                   | openai | GPT-5.4        | true
            -                | gpt-5.4                   | openai | gpt-5.4-mini   | false
            -                | gpt-5.4                   | openai | gpt-5          | false
            -                | gpt-5.4                   | ollama | gpt-5.4        | true
            # an entry may name the provider
            -                | openai:gpt-5.4            | openai | gpt-5.4        | true
            -                | openai:GPT-5.4            | openai | gpt-5.4        | true
            -                | OpenAI:gpt-5.4            | openai | gpt-5.4        | false
            -                | openai:gpt-5.4            | ollama | gpt-5.4        | false
            # a colon behind what is no provider is part of the model
            -                | llama3.2:1b               | ollama | llama3.2:1b    | true
            -                | ollama:llama3.2:1b        | ollama | llama3.2:1b    | true
            -                | llama3.2:1b               | ollama | llama3.2       | false
            # and behind a provider never is: nobody gets at gpt-5.4 by asking somebody else for a model of that name
            -                | openai:gpt-5.4            | ollama | openai:gpt-5.4 | false
            -                | openai:*                  | ollama | openai:gpt-5.4 | false
            # a star at the end
            -                | *                         | openai | anything       | true
            -                | gpt-5*                    | openai | gpt-5.4        | true
            -                | gpt-5*                    | openai | GPT-5          | true
            -                | gpt-5*                    | openai | gpt-4          | false
            -                | openai:*                  | openai | gpt-4          | true
            -                | openai:*                  | ollama | gpt-4          | false
            -                | openai:gpt-5* ollama:*    | ollama | gpt-4          | true
            -                | openai:gpt-5* ollama:*    | openai | gpt-4          | false
            # both must allow
            openai           | gpt-5*                    | openai | gpt-5.4        | true
            openai           | gpt-5*                    | ollama | gpt-5.4        | false
            openai           | claude-*                  | openai | gpt-5.4        | false
            """)
    void a_model_must_pass_both_lists(
            @Nullable String providers, @Nullable String models, String provider, String model, boolean allowed) {
        assertThat(Scope.of(list(providers), list(models)).allows(provider, model, PROVIDERS::contains))
                .isEqualTo(allowed);
    }

    private static @Nullable List<String> list(@Nullable String words) {
        if (words == null) {
            return null;
        }
        return words.isEmpty() ? List.of() : List.of(words.split(" "));
    }

    @Test
    void scopes_with_the_same_lists_are_equal() {
        assertThat(Scope.of(List.of("a"), List.of("b"))).isEqualTo(Scope.of(List.of("a"), List.of("b")));
        assertThat(Scope.of(null, null)).isEqualTo(Scope.ALL);
        assertThat(Scope.of(null, List.of())).isNotEqualTo(Scope.ALL);
    }
}
