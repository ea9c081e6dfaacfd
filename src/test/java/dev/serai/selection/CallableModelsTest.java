package dev.serai.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.access.Scope;
import dev.serai.access.Secrets;
import dev.serai.selection.CallableModels.Listing;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallableModelsTest {
    private static final Directory DIRECTORY = new Directory(
            Shelf.CATALOG,
            new Aliases(List.of(alias("smart", "gpt-5.4", "ollama:any"), alias("eyes", "openai:gpt-5.4"))));

    private static Alias alias(String name, String... models) {
        return new Alias(
                name,
                Strategy.ORDERED,
                Stream.of(models)
                        .map(model -> new Alias.Member(model, 1, When.ALWAYS))
                        .toList());
    }

    private static CallableModels callable(Map<String, String> environment) {
        return new CallableModels(new ProviderCredentials(environment, new Secrets(10)));
    }

    @Test
    void aliases_come_first_then_the_models_in_the_catalogs_order() {
        assertThat(callable(Map.of("OPENAI_API_KEY", "k", "ANTHROPIC_API_KEY", "k"))
                        .list(DIRECTORY, Scope.ALL))
                .extracting(Listing::id)
                .containsExactly(
                        "smart",
                        "eyes",
                        "openai:gpt-5.4",
                        "openai:gpt-5.4-mini",
                        "anthropic:claude-sonnet-4-6",
                        "openrouter:GPT-5.4",
                        "openrouter:anthropic/claude-3.5-sonnet:free",
                        "ollama:llama3.2:1b");
    }

    @Test
    void what_has_no_credential_is_not_listed() {
        assertThat(callable(Map.of()).list(DIRECTORY, Scope.ALL))
                .extracting(Listing::id)
                .containsExactly(
                        "smart",
                        "openrouter:GPT-5.4",
                        "openrouter:anthropic/claude-3.5-sonnet:free",
                        "ollama:llama3.2:1b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            openai  | -              | smart eyes openai:gpt-5.4 openai:gpt-5.4-mini
            openai  | *-mini         | -
            openai  | gpt-5.4-mini   | openai:gpt-5.4-mini
            -       | gpt-5.4        | smart eyes openai:gpt-5.4 openrouter:GPT-5.4
            -       | ollama:*       | smart ollama:llama3.2:1b
            nobody  | -              | -
            """)
    void what_the_scope_does_not_allow_is_not_listed(
            @Nullable String provider, @Nullable String model, @Nullable String listed) {
        Scope scope = Scope.of(provider == null ? null : List.of(provider), model == null ? null : List.of(model));
        assertThat(callable(Map.of("OPENAI_API_KEY", "k", "ANTHROPIC_API_KEY", "k"))
                        .list(DIRECTORY, scope))
                .extracting(Listing::id)
                .isEqualTo(listed == null ? List.of() : Arrays.asList(listed.split(" ", -1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            openai:gpt-5.4                  | openai:gpt-5.4
            openai:GPT-5.4                  | openai:gpt-5.4
            gpt-5.4                         | openai:gpt-5.4
            llama3.2:1b                     | ollama:llama3.2:1b
            ollama:llama3.2:1b              | ollama:llama3.2:1b
            anthropic/claude-3.5-sonnet:free | openrouter:anthropic/claude-3.5-sonnet:free
            smart                           | smart
            SMART                           | smart
            # it could be called, but nobody listed it
            openai:of-tomorrow              | -
            # no credential, no scope
            claude-sonnet-4-6               | -
            anthropic:claude-sonnet-4-6     | -
            openrouter:gpt-5.4              | openrouter:GPT-5.4
            of-tomorrow                     | -
            """)
    void one_entry_is_found_by_the_rules_of_naming(String name, @Nullable String id) {
        Listing found = callable(Map.of("OPENAI_API_KEY", "k")).find(name, DIRECTORY, Scope.ALL);
        assertThat(found == null ? null : found.id()).isEqualTo(id);
    }

    @Test
    void a_bare_name_finds_the_first_provider_that_may_be_called() {
        Listing found = callable(Map.of()).find("gpt-5.4", DIRECTORY, Scope.ALL);
        assertThat(found).isNotNull().extracting(Listing::id).isEqualTo("openrouter:GPT-5.4");
    }
}
