package dev.serai.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serai.access.Credential;
import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import dev.serai.catalog.Auth;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.Model;
import dev.serai.catalog.Provider;
import dev.serai.catalog.ProviderBuilder;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {
    private static final Auth.Header OPENAI_KEY = new Auth.Header("Authorization", "Bearer ", "OPENAI_API_KEY");
    private static final Auth.Header ANTHROPIC_KEY = new Auth.Header("x-api-key", "", "ANTHROPIC_API_KEY");

    private final Catalog catalog = new Catalog(List.of(
            provider("openai", OPENAI_KEY, "openai-chat openai-responses", "gpt-5.4", "gpt-5.4-mini"),
            provider("anthropic", ANTHROPIC_KEY, "anthropic-messages", "claude-sonnet-4-6"),
            provider("openrouter", new Auth.None(), "openai-chat", "GPT-5.4", "anthropic/claude-3.5-sonnet:free"),
            provider("ollama", new Auth.None(), "openai-chat anthropic-messages", "llama3.2:1b")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # explicit: the provider named, whatever the catalog says
            openai:gpt-5.4                              | openai gpt-5.4
            openai:GPT-5.4                              | openai gpt-5.4
            openrouter:gpt-5.4                          | openrouter GPT-5.4
            openai:of-tomorrow                          | openai of-tomorrow
            openai:Of-Tomorrow                          | openai Of-Tomorrow
            openrouter:anthropic/claude-3.5-sonnet:free | openrouter anthropic/claude-3.5-sonnet:free
            ollama:llama3.2:1b                          | ollama llama3.2:1b
            ollama:openai:x                             | ollama openai:x
            anthropic:gpt-5.4                           | anthropic gpt-5.4
            # bare: the catalog's default provider, in the catalog's spelling
            gpt-5.4                                     | openai gpt-5.4
            Gpt-5.4                                     | openai gpt-5.4
            llama3.2:1b                                 | ollama llama3.2:1b
            LLAMA3.2:1B                                 | ollama llama3.2:1b
            anthropic/claude-3.5-sonnet:free            | openrouter anthropic/claude-3.5-sonnet:free
            """)
    void a_name_means_one_model_at_one_provider(String name, String meant) {
        Target target = planner().resolve(name);
        assertThat(target.provider().id() + " " + target.model()).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"of-tomorrow", "OpenAI:gpt-5.4", "azure:gpt-5.4", "openai:", ":gpt-5.4", ":", "", "openai"})
    void any_other_name_is_not_found(String name) {
        assertThat(planner().explicit(name)).isEmpty();
        assertThat(planner().inCatalog(name)).isEmpty();
        assertThat(refused("openai-chat", name).code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
    }

    @Test
    void the_rules_can_be_asked_one_by_one() {
        assertThat(planner().explicit("openai:gpt-5.4")).isPresent();
        assertThat(planner().inCatalog("openai:gpt-5.4")).isEmpty();
        assertThat(planner().explicit("gpt-5.4")).isEmpty();
        assertThat(planner().inCatalog("gpt-5.4")).isPresent();
    }

    @Test
    void a_name_that_is_not_found_brings_near_names_and_the_way_around_the_catalog() {
        GatewayException refused = refused("openai-chat", "gpt-5.3");
        assertThat(refused)
                .hasMessage("The model 'gpt-5.3' is not in the catalog. Did you mean gpt-5.4? A model that the catalog"
                        + " does not list can be called as provider:model, where the provider is one of openai,"
                        + " anthropic, openrouter, ollama.");
        assertThat(refused.param()).isEqualTo("model");
    }

    @Test
    void a_name_of_any_length_makes_a_short_message() {
        assertThat(String.valueOf(refused("openai-chat", "x".repeat(1_000_000)).getMessage()))
                .hasSizeLessThan(500);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            openai-chat        | gpt-5.4                                  | openai/gpt-5.4
            openai-chat        | gpt-5.4 llama3.2:1b                      | openai/gpt-5.4 ollama/llama3.2:1b
            openai-chat        | llama3.2:1b gpt-5.4                      | ollama/llama3.2:1b openai/gpt-5.4
            openai-chat        | gpt-5.4 GPT-5.4 openai:gpt-5.4           | openai/gpt-5.4
            openai-chat        | gpt-5.4 openrouter:gpt-5.4               | openai/gpt-5.4 openrouter/GPT-5.4
            # who does not speak the dialect is left out
            openai-chat        | claude-sonnet-4-6 gpt-5.4                | openai/gpt-5.4
            anthropic-messages | gpt-5.4 claude-sonnet-4-6 llama3.2:1b    | anthropic/claude-sonnet-4-6 ollama/llama3.2:1b
            openai-responses   | llama3.2:1b gpt-5.4                      | openai/gpt-5.4
            """)
    void a_plan_has_each_usable_model_once_in_the_order_given(String dialect, String names, String planned) {
        Plan plan = planner().planNames(dialect, List.of(names.split(" ")));
        assertThat(plan.candidates().stream()
                        .map(candidate -> candidate.provider().id() + "/" + candidate.model())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(planned);
        assertThat(plan.candidates()).extracting(Candidate::dialect).containsOnly(dialect);
    }

    @Test
    void a_candidate_carries_the_credential_its_provider_asks_for() {
        assertThat(planner()
                        .planNames("openai-chat", List.of("gpt-5.4", "ollama:x"))
                        .candidates())
                .extracting(Candidate::credential)
                .containsExactly(
                        new Credential.Header("Authorization", "Bearer ", new Secret("sk-openai")),
                        new Credential.None());
    }

    @Test
    void a_model_without_a_credential_is_left_out() {
        Planner planner = planner(Map.of());
        assertThat(planner.planNames("openai-chat", List.of("gpt-5.4", "llama3.2:1b"))
                        .candidates())
                .extracting(Candidate::model)
                .containsExactly("llama3.2:1b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "two\nlines", "\u00fcmlaut"})
    void a_plan_without_any_credential_names_the_provider_and_the_variable(String value) {
        Planner planner = planner(Map.of("OPENAI_API_KEY", value));
        GatewayException refused = catchThrowableOfType(
                GatewayException.class, () -> planner.planNames("openai-chat", List.of("gpt-5.4", "gpt-5.4-mini")));
        assertThat(refused.code()).isEqualTo(ErrorCode.NO_CREDENTIALS);
        assertThat(refused)
                .hasMessage(
                        "There is no key for the provider openai. Set the environment variable OPENAI_API_KEY to one"
                                + " and start Serai again.");
    }

    @Test
    void a_plan_in_which_nobody_speaks_the_dialect_says_what_the_first_speaks() {
        GatewayException refused = refused("anthropic-messages", "gpt-5.4");
        assertThat(refused.code()).isEqualTo(ErrorCode.UNSUPPORTED_DIALECT);
        assertThat(refused)
                .hasMessage(
                        "The provider openai does not speak anthropic-messages, the format of this request. It speaks"
                                + " openai-chat, openai-responses.");
    }

    @Test
    void the_reason_of_the_first_model_is_given_when_reasons_differ() {
        Planner planner = planner(Map.of());
        assertThatThrownBy(() -> planner.planNames("openai-chat", List.of("claude-sonnet-4-6", "gpt-5.4")))
                .hasMessageContaining("anthropic does not speak");
        assertThatThrownBy(() -> planner.planNames("openai-chat", List.of("gpt-5.4", "claude-sonnet-4-6")))
                .hasMessageContaining("no key for the provider openai");
    }

    @Test
    void one_unknown_name_fails_the_whole_request() {
        assertThatThrownBy(() -> planner().planNames("openai-chat", List.of("gpt-5.4", "of-tomorrow")))
                .hasMessageContaining("'of-tomorrow'");
    }

    @Test
    void credentials_are_trimmed_and_masked_in_logs() {
        Secrets masked = new Secrets(10);
        var credentials = new ProviderCredentials(Map.of("OPENAI_API_KEY", " from-a-file\n"), masked);
        assertThat(credentials.of(provider("openai", OPENAI_KEY, "openai-chat")))
                .contains(new Credential.Header("Authorization", "Bearer ", new Secret("from-a-file")));
        assertThat(masked.redact("got from-a-file")).isEqualTo("got ***");
    }

    @Test
    void two_providers_may_take_one_variable_in_different_headers() {
        var credentials = new ProviderCredentials(Map.of("KEY", "shared-key"), new Secrets(10));
        assertThat(Stream.of(new Auth.Header("a", "", "KEY"), new Auth.Header("b", "x ", "KEY"))
                        .map(auth -> credentials
                                .of(provider("p", auth, "openai-chat"))
                                .orElseThrow()))
                .containsExactly(
                        new Credential.Header("a", "", new Secret("shared-key")),
                        new Credential.Header("b", "x ", new Secret("shared-key")));
    }

    @Test
    void a_model_discovered_later_is_found_by_the_same_planner() {
        AtomicReference<Catalog> current = new AtomicReference<>(catalog);
        Planner planner = new Planner(() -> current.get(), new ProviderCredentials(Map.of(), new Secrets(10)));
        assertThat(planner.inCatalog("qwen3")).isEmpty();

        current.set(catalog.withModels("ollama", List.of(new Model("qwen3"))));
        assertThat(planner.inCatalog("qwen3").map(Target::model)).contains("qwen3");
    }

    private GatewayException refused(String dialect, String name) {
        return catchThrowableOfType(GatewayException.class, () -> planner().planNames(dialect, List.of(name)));
    }

    private Planner planner() {
        return planner(Map.of("OPENAI_API_KEY", "sk-openai", "ANTHROPIC_API_KEY", "sk-ant"));
    }

    private Planner planner(Map<String, String> environment) {
        return new Planner(() -> catalog, new ProviderCredentials(environment, new Secrets(10)));
    }

    private static Provider provider(String id, Auth auth, String dialects, String... models) {
        ProviderBuilder provider = Provider.builder(id, URI.create("https://" + id + ".example/v1"))
                .auth(auth)
                .models(Stream.of(models).map(Model::new).toList());
        Arrays.stream(dialects.split(" ")).forEach(dialect -> provider.dialect(dialect, "/" + dialect));
        return provider.build();
    }
}
