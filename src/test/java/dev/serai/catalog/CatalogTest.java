package dev.serai.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTest {
    private final Catalog catalog = new Catalog(List.of(
            provider("openai", "gpt-5.4", "gpt-5.4-mini", "o3"),
            provider("anthropic", "claude-sonnet-4-6", "claude-opus-4-8"),
            provider("local", "GPT-5.4", "llama3.2:1b")));

    @ParameterizedTest
    @CsvSource({
        "gpt-5.4, openai/gpt-5.4 local/GPT-5.4",
        "Gpt-5.4, openai/gpt-5.4 local/GPT-5.4",
        "LLAMA3.2:1B, local/llama3.2:1b",
        "gpt-5, ''",
        "'', ''",
    })
    void a_model_is_found_at_all_its_providers_in_order_without_regard_to_case(String name, String found) {
        assertThat(catalog.find(name).stream()
                        .map(entry ->
                                entry.provider().id() + "/" + entry.model().id()))
                .containsExactly(
                        Stream.of(found.split(" ")).filter(s -> !s.isEmpty()).toArray(String[]::new));
    }

    @Test
    void provider_ids_are_compared_exactly() {
        assertThat(catalog.provider("openai")).isNotNull();
        assertThat(catalog.provider("OpenAI")).isNull();
    }

    @Test
    void a_model_is_spelled_as_its_provider_spells_it() {
        assertThat(catalog.model("openai", "GPT-5.4-Mini")).isEqualTo(new Model("gpt-5.4-mini"));
        assertThat(catalog.model("local", "gpt-5.4")).isEqualTo(new Model("GPT-5.4"));
        assertThat(catalog.model("anthropic", "gpt-5.4")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-5.4, gpt-5.4, gpt-5.4",
        "GPT-5.4-2026-03-05, gpt-5.4, gpt-5.4-2026-03-05",
        "openai/GPT-5.4, gpt-5.4, gpt-5.4",
        "other, other, other",
        "second, second, second",
    })
    void an_alias_is_sent_as_it_is_and_a_nickname_as_the_id(String name, String id, String sentAs) {
        Model gpt = Model.builder("gpt-5.4")
                .aliases(List.of("gpt-5.4-2026-03-05", "other"))
                .nicknames(List.of("openai/gpt-5.4", "second"))
                .build();
        Catalog aliased = new Catalog(List.of(Provider.builder("openai", URI.create("https://openai.example"))
                .models(List.of(
                        gpt,
                        new Model("other"),
                        Model.builder("x").aliases(List.of("second")).build()))
                .build()));
        Catalog.Entry found = aliased.find("openai", name);
        assertThat(found).isNotNull();
        assertThat(found.sentAs()).isEqualTo(sentAs);
        assertThat(found.model().id()).isEqualTo(id.equals("second") ? "x" : id);
        assertThat(aliased.find(name)).containsExactly(found);
        assertThat(aliased.models()).hasSize(3);
        assertThat(aliased.withModels("openai", List.of(new Model(name))).models())
                .hasSize(3);
    }

    @Test
    void all_models_are_listed_by_provider_in_order() {
        assertThat(catalog.models())
                .extracting(entry -> entry.provider().id() + "/" + entry.model().id())
                .containsExactly(
                        "openai/gpt-5.4",
                        "openai/gpt-5.4-mini",
                        "openai/o3",
                        "anthropic/claude-sonnet-4-6",
                        "anthropic/claude-opus-4-8",
                        "local/GPT-5.4",
                        "local/llama3.2:1b");
    }

    @Test
    void discovered_models_come_after_the_known_ones_and_leave_the_old_catalog_alone() {
        Catalog discovered =
                catalog.withModels("local", List.of(new Model("gpt-5.4"), new Model("qwen3"), new Model("Qwen3")));

        assertThat(discovered.provider("local")).isEqualTo(provider("local", "GPT-5.4", "llama3.2:1b", "qwen3"));
        assertThat(discovered.find("qwen3")).hasSize(1);
        assertThat(discovered.providers()).extracting(Provider::id).containsExactly("openai", "anthropic", "local");
        assertThat(catalog.find("qwen3")).isEmpty();
    }

    @Test
    void models_of_an_unknown_provider_and_two_providers_of_one_name_are_refused() {
        assertThatThrownBy(() -> catalog.withModels("nobody", List.of())).hasMessage("no provider is called nobody");
        assertThatThrownBy(() -> new Catalog(List.of(provider("a"), provider("a"))))
                .hasMessage("two providers are called a");
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-5.3, gpt-5.4",
        "GPT5.4, gpt-5.4",
        "gpt-5.4-mimi, gpt-5.4-mini",
        "anthropic/claude-sonnet-4.6, claude-sonnet-4-6",
        "claude-opus-4-6, claude-opus-4-8 claude-sonnet-4-6",
        "o1, o3",
        "azure:gpt-5.4, gpt-5.4",
        "llama3.2:2b, llama3.2:1b",
        "something-else-entirely, ''",
        "x/, ''",
        "'', ''",
    })
    void near_names_are_few_edits_away_the_nearest_first(String name, String near) {
        assertThat(String.join(" ", catalog.nearNames(name, 2))).isEqualTo(near);
    }

    @Test
    void near_names_are_not_sought_for_a_name_of_any_length() {
        assertThat(new Catalog(List.of(provider("p", "a".repeat(100)))).nearNames("a".repeat(99), 1))
                .isEmpty();
    }

    @Test
    void there_are_no_more_near_names_than_asked_for() {
        String[] models = IntStream.range(0, 9).mapToObj(i -> "model-" + i).toArray(String[]::new);
        assertThat(new Catalog(List.of(provider("p", models))).nearNames("model-x", 3))
                .containsExactly("model-0", "model-1", "model-2");
    }

    private static Provider provider(String id, String... models) {
        return Provider.builder(id, URI.create("https://" + id + ".example/v1"))
                .dialect("openai-chat", "/chat/completions")
                .models(Stream.of(models).map(Model::new).toList())
                .build();
    }
}
