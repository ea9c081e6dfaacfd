package dev.serai.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serai.access.Credential;
import dev.serai.access.Scope;
import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import dev.serai.catalog.Auth;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.Model;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.selection.Shelf.Ask;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the model names of a request to its plan, by the rules in the order of the shipped route. */
class SelectionTest {
    private static final String CHAT = "openai-chat";
    private static final Alias SMART = alias("smart", "anthropic:claude-sonnet-4-6", "gpt-5.4", "ollama:any");

    private static Alias alias(String name, String... models) {
        return new Alias(
                name,
                Strategy.ORDERED,
                Stream.of(models)
                        .map(model -> new Alias.Member(model, 1, When.ALWAYS))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # explicit: the provider named, whatever the catalog says
            openai:gpt-5.4                              | openai/gpt-5.4
            openai:GPT-5.4                              | openai/gpt-5.4
            openrouter:gpt-5.4                          | openrouter/GPT-5.4
            openai:of-tomorrow                          | openai/of-tomorrow
            openai:Of-Tomorrow                          | openai/Of-Tomorrow
            openrouter:anthropic/claude-3.5-sonnet:free | openrouter/anthropic/claude-3.5-sonnet:free
            openrouter:of/tomorrow:nitro                | openrouter/of/tomorrow:nitro
            ollama:llama3.2:1b                          | ollama/llama3.2:1b
            ollama:openai:x                             | ollama/openai:x
            openrouter:openai:gpt-5.4                   | openrouter/openai:gpt-5.4
            # bare: the catalog's default provider, in the catalog's spelling
            gpt-5.4                                     | openai/gpt-5.4
            Gpt-5.4                                     | openai/gpt-5.4
            llama3.2:1b                                 | ollama/llama3.2:1b
            LLAMA3.2:1B                                 | ollama/llama3.2:1b
            anthropic/claude-3.5-sonnet:free            | openrouter/anthropic/claude-3.5-sonnet:free
            # alias: whatever it lists, as far as it is possible
            smart                                       | openai/gpt-5.4 ollama/any
            SMART                                       | openai/gpt-5.4 ollama/any
            """)
    void a_name_means_a_model_at_a_provider(String name, String meant) {
        assertThat(Ask.of(CHAT, name).in(Shelf.CATALOG, SMART).planned()).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"of-tomorrow", "OpenAI:gpt-5.4", "azure:gpt-5.4", "openai:", ":gpt-5.4", ":", "", "openai"})
    void any_other_name_is_not_found(String name) {
        assertThat(refused(Ask.of(CHAT, name).in(Shelf.CATALOG, SMART)).code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"of-tomorrow", "smart"})
    void a_route_may_apply_a_rule_without_asking_whether_it_holds(String name) {
        Naming naming = new Naming(false);
        Selection selection = Ask.of(CHAT, name).begin();
        assertThatThrownBy(() -> naming.takeNamed(selection)).hasMessageContaining("is not in the catalog");
        assertThatThrownBy(() -> naming.takeListed(selection)).hasMessageContaining("is not in the catalog");
        assertThatThrownBy(() -> naming.takeAlias(selection)).hasMessageContaining("is not in the catalog");
    }

    @Test
    void a_name_that_is_not_found_brings_near_names_and_the_way_around_the_catalog() {
        GatewayException refused = refused(Ask.of(CHAT, "gpt-5.3"));
        assertThat(refused)
                .hasMessage("The model 'gpt-5.3' is not in the catalog. Did you mean gpt-5.4? A model that the catalog"
                        + " does not list can be called as provider:model, where the provider is one of openai,"
                        + " anthropic, openrouter, ollama.");
        assertThat(refused.param()).isEqualTo("model");
    }

    @Test
    void aliases_are_among_the_near_names() {
        assertThat(refused(Ask.of(CHAT, "smarty").in(Shelf.CATALOG, SMART)))
                .hasMessageContaining("Did you mean smart?");
    }

    @Test
    void a_name_of_any_length_makes_a_short_message() {
        assertThat(String.valueOf(refused(Ask.of(CHAT, "x".repeat(1_000_000))).getMessage()))
                .hasSizeLessThan(500);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            openai-chat        | gpt-5.4                                  | openai/gpt-5.4
            openai-chat        | gpt-5.4 llama3.2:1b                      | openai/gpt-5.4 ollama/llama3.2:1b
            openai-chat        | llama3.2:1b gpt-5.4                      | ollama/llama3.2:1b openai/gpt-5.4
            openai-chat        | gpt-5.4 GPT-5.4 openai:gpt-5.4           | openai/gpt-5.4
            openai-chat        | gpt-5.4 openrouter:gpt-5.4               | openai/gpt-5.4 openrouter/GPT-5.4
            openai-chat        | ollama:any smart                         | ollama/any openai/gpt-5.4
            # who does not speak the dialect is left out
            openai-chat        | claude-sonnet-4-6 gpt-5.4                | openai/gpt-5.4
            anthropic-messages | gpt-5.4 claude-sonnet-4-6 llama3.2:1b    | anthropic/claude-sonnet-4-6 ollama/llama3.2:1b
            openai-responses   | llama3.2:1b gpt-5.4                      | openai/gpt-5.4
            """)
    void a_plan_has_each_usable_model_once_in_the_order_given(String dialect, String names, String planned) {
        Ask ask = Ask.of(dialect, names.split(" ")).in(Shelf.CATALOG, SMART);
        assertThat(ask.planned()).isEqualTo(planned);
        assertThat(ask.plan().candidates()).extracting(Candidate::dialect).containsOnly(dialect);
    }

    @Test
    void the_other_providers_of_a_bare_model_are_candidates_only_if_the_settings_say_so() {
        assertThat(Ask.of(CHAT, "gpt-5.4").planned()).isEqualTo("openai/gpt-5.4");
        assertThat(Ask.of(CHAT, "gpt-5.4").withCatalogFallback().planned())
                .isEqualTo("openai/gpt-5.4 openrouter/GPT-5.4");
        assertThat(Ask.of(CHAT, "openai:gpt-5.4").withCatalogFallback().planned())
                .isEqualTo("openai/gpt-5.4");
        assertThat(Ask.of(CHAT, "gpt-5.4").withCatalogFallback().with(Map.of()).planned())
                .isEqualTo("openrouter/GPT-5.4");
    }

    @Test
    void a_candidate_carries_the_credential_its_provider_asks_for() {
        assertThat(Ask.of(CHAT, "gpt-5.4", "ollama:x").plan().candidates())
                .extracting(Candidate::credential)
                .containsExactly(
                        new Credential.Header("Authorization", "Bearer ", new Secret("sk-openai")),
                        new Credential.None());
    }

    @Test
    void a_model_without_a_credential_is_left_out_and_named() {
        Ask ask = Ask.of(CHAT, "gpt-5.4", "llama3.2:1b").with(Map.of());
        Selection selection = ask.begin();
        assertThat(ask.plan(selection).candidates())
                .extracting(Candidate::model)
                .containsExactly("llama3.2:1b");
        assertThat(header(selection)).isEqualTo("openai:gpt-5.4;no_credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "two\nlines", "\u00fcmlaut"})
    void a_plan_without_any_credential_names_the_provider_and_the_variable(String value) {
        GatewayException refused =
                refused(Ask.of(CHAT, "gpt-5.4", "gpt-5.4-mini").with(Map.of("OPENAI_API_KEY", value)));
        assertThat(refused.code()).isEqualTo(ErrorCode.NO_CREDENTIALS);
        assertThat(refused)
                .hasMessage(
                        "There is no key for the provider openai. Add a provider key, or set the environment variable OPENAI_API_KEY to one"
                                + " and start Serai again.");
    }

    @Test
    void a_plan_in_which_nobody_speaks_the_dialect_says_what_the_first_speaks() {
        GatewayException refused = refused(Ask.of("anthropic-messages", "gpt-5.4"));
        assertThat(refused.code()).isEqualTo(ErrorCode.UNSUPPORTED_DIALECT);
        assertThat(refused)
                .hasMessage(
                        "The provider openai does not speak anthropic-messages, the format of this request. It speaks"
                                + " openai-chat, openai-responses.");
    }

    @Test
    void a_model_that_is_served_in_some_dialects_of_its_provider_only_says_which() {
        Catalog catalog = new Catalog(List.of(Shelf.provider(
                "openai",
                new Auth.None(),
                "openai-chat openai-responses",
                Model.builder("deep").dialects(List.of("openai-responses")).build())));
        assertThat(refused(Ask.of(CHAT, "deep").in(catalog)))
                .hasMessage("openai:deep does not speak openai-chat, the format of this request. It speaks"
                        + " openai-responses.");
        assertThat(Ask.of(CHAT, "deep")
                        .in(catalog)
                        .translating((asked, spoken) -> true)
                        .plan()
                        .candidates())
                .extracting(Candidate::dialect)
                .containsExactly("openai-responses");
    }

    @Test
    void the_reason_of_the_first_model_is_given_when_reasons_differ() {
        assertThat(refused(Ask.of(CHAT, "claude-sonnet-4-6", "gpt-5.4").with(Map.of())))
                .hasMessageContaining("anthropic does not speak");
        assertThat(refused(Ask.of(CHAT, "gpt-5.4", "claude-sonnet-4-6").with(Map.of())))
                .hasMessageContaining("no key for the provider openai");
    }

    @Test
    void one_unknown_name_fails_the_whole_request() {
        assertThat(refused(Ask.of(CHAT, "gpt-5.4", "of-tomorrow"))).hasMessageContaining("'of-tomorrow'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # a disallowed primary fails the request, a disallowed fallback is dropped
            gpt-5.4                       | openai | -                          | openai/gpt-5.4            | -
            gpt-5.4                       | ollama | -                          | model_not_allowed         | openai:gpt-5.4;model_not_allowed
            gpt-5.4 ollama:x              | openai | -                          | openai/gpt-5.4            | ollama:x;model_not_allowed
            ollama:x gpt-5.4              | openai | -                          | model_not_allowed         | ollama:x;model_not_allowed
            gpt-5.4                       | -      | gpt-5.4                    | openai/gpt-5.4            | -
            gpt-5.4-mini                  | -      | gpt-5.4                    | model_not_allowed         | openai:gpt-5.4-mini;model_not_allowed
            gpt-5.4 ollama:x openrouter:y | openai | gpt-5.4 openrouter:*       | openai/gpt-5.4            | ollama:x;model_not_allowed, openrouter:y;model_not_allowed
            # the members of an alias are checked, not its name
            smart                         | openai ollama | -                   | openai/gpt-5.4 ollama/any | anthropic:claude-sonnet-4-6;model_not_allowed
            smart                         | -      | smart                      | model_not_allowed         | anthropic:claude-sonnet-4-6;model_not_allowed, openai:gpt-5.4;model_not_allowed, ollama:any;model_not_allowed
            smart gpt-5.4                 | openrouter | -                      | model_not_allowed         | anthropic:claude-sonnet-4-6;model_not_allowed, openai:gpt-5.4;model_not_allowed, ollama:any;model_not_allowed, openai:gpt-5.4;model_not_allowed
            """)
    void scope_is_checked_for_every_model(
            String names,
            @Nullable String providers,
            @Nullable String models,
            String outcome,
            @Nullable String dropped) {
        Ask ask = Ask.of(CHAT, names.split(" "))
                .in(Shelf.CATALOG, SMART)
                .within(Scope.of(
                        providers == null ? null : List.of(providers.split(" ")),
                        models == null ? null : List.of(models.split(" "))));
        Selection selection = ask.begin();
        String planned;
        try {
            planned = ask.plan(selection).candidates().stream()
                    .map(candidate -> candidate.provider().id() + "/" + candidate.model())
                    .reduce((a, b) -> a + " " + b)
                    .orElseThrow();
        } catch (GatewayException e) {
            planned = e.code().code();
        }
        assertThat(planned).isEqualTo(outcome);
        assertThat(header(selection)).isEqualTo(dropped);
    }

    @Test
    void a_model_is_allowed_under_its_id_by_whatever_name_it_is_asked_for() {
        Catalog catalog = new Catalog(List.of(Shelf.provider(
                "openai",
                new Auth.None(),
                CHAT,
                Model.builder("gpt-5.4").aliases(List.of("gpt-5.4-2026-03-05")).build())));
        Scope scope = Scope.of(null, List.of("gpt-5.4"));
        assertThat(Ask.of(CHAT, "gpt-5.4-2026-03-05").in(catalog).within(scope).planned())
                .isEqualTo("openai/gpt-5.4-2026-03-05");
    }

    @Test
    void a_refusal_for_scope_says_what_is_not_allowed_and_where_to_look() {
        assertThat(refused(Ask.of(CHAT, "gpt-5.4").within(Scope.of(List.of(), null))))
                .hasMessage(
                        "This access key may not call openai:gpt-5.4. GET /v1/models lists what it may call; whoever"
                                + " runs Serai can allow more.");
    }

    @Test
    void a_route_that_forgets_the_scope_plans_nothing() {
        Ask ask = Ask.of(CHAT, "gpt-5.4");
        Selection selection = ask.begin();
        new Naming(false).takeListed(selection);
        assertThatThrownBy(() -> ask.planner().plan(selection))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("scope");
    }

    @Test
    void a_route_that_neither_takes_nor_refuses_a_name_does_not_go_round_forever() {
        Selection selection = Ask.of(CHAT, "gpt-5.4").begin();
        assertThatThrownBy(() -> {
                    while (selection.hasName()) {
                        assertThat(selection.name()).isEqualTo("gpt-5.4");
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no rule of the route takes or refuses the name gpt-5.4");
    }

    @Test
    void a_list_of_dropped_models_is_short_and_can_stand_in_a_header() {
        Ask ask = Ask.of(
                        CHAT,
                        Stream.concat(
                                        Stream.of("gpt-5.4", "ollama:a, b;c\r\n\u00fc" + "x".repeat(500)),
                                        IntStream.range(0, 30).mapToObj(i -> "ollama:" + i))
                                .toArray(String[]::new))
                .within(Scope.of(List.of("openai"), null));
        Selection selection = ask.begin();
        ask.plan(selection);
        assertThat(header(selection))
                .startsWith("ollama:a??b?c???xxx")
                .endsWith("ollama:18;model_not_allowed, +11")
                .hasSizeLessThan(1_000)
                .matches("[ -~]*");
    }

    @Test
    void whoever_is_ill_is_tried_last_of_what_a_name_stands_for() {
        Alias pool = alias("pool", "openai:gpt-5.4", "ollama:a", "ollama:b");
        Health health = target -> !target.name().equals("openai:gpt-5.4");
        assertThat(Ask.of(CHAT, "pool", "openrouter:c")
                        .in(Shelf.CATALOG, pool)
                        .with(health)
                        .planned())
                .isEqualTo("ollama/a ollama/b openai/gpt-5.4 openrouter/c");
    }

    @Test
    void a_member_that_has_left_the_catalog_is_no_candidate() {
        Alias pool = alias("pool", "retired-model", "ollama:a");
        assertThat(Ask.of(CHAT, "pool").in(Shelf.CATALOG, pool).planned()).isEqualTo("ollama/a");
    }

    @Test
    void credentials_are_trimmed_and_masked_in_logs() {
        Secrets masked = new Secrets(10);
        var credentials = new ProviderCredentials(Map.of("OPENAI_API_KEY", " from-a-file\n"), masked);
        assertThat(credentials.of(Shelf.provider("openai", Shelf.OPENAI_KEY, CHAT, "m")))
                .contains(new Credential.Header("Authorization", "Bearer ", new Secret("from-a-file")));
        assertThat(masked.redact("got from-a-file")).isEqualTo("got ***");
    }

    @Test
    void two_providers_may_take_one_variable_in_different_headers() {
        var credentials = new ProviderCredentials(Map.of("KEY", "shared-key"), new Secrets(10));
        assertThat(Stream.of(new Auth.Header("a", "", "KEY"), new Auth.Header("b", "x ", "KEY"))
                        .map(auth -> credentials
                                .of(Shelf.provider("p", auth, CHAT, "m"))
                                .orElseThrow()))
                .containsExactly(
                        new Credential.Header("a", "", new Secret("shared-key")),
                        new Credential.Header("b", "x ", new Secret("shared-key")));
    }

    @Test
    void a_model_discovered_later_is_found_in_the_next_directory() {
        assertThat(refused(Ask.of(CHAT, "qwen3")).code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        assertThat(Ask.of(CHAT, "qwen3")
                        .in(Shelf.CATALOG.withModels("ollama", List.of(new Model("qwen3"))))
                        .planned())
                .isEqualTo("ollama/qwen3");
    }

    private static @Nullable String header(Selection selection) {
        DroppedModels dropped = selection.dropped();
        return dropped == null ? null : dropped.header();
    }

    private static GatewayException refused(Ask ask) {
        return catchThrowableOfType(GatewayException.class, ask::plan);
    }
}
